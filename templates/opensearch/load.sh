#!/bin/sh
# Loads the documents of this folder into OpenSearch: creates a new index, fills it, compares the number of documents,
# and only then moves the alias to it. Until then every search goes on in the old index, and if anything fails the new
# one is removed. Records that are gone from the knowledge base are gone from the search with the alias.
#
#   sh load.sh [NAME]                                       # http://127.0.0.1:9200, alias "kb"
#   OPENSEARCH_URL=https://search.example:9200 sh load.sh handbook
#
# NAME: the alias that is searched; its indices are called NAME-TIME-NUMBER.
# OPENSEARCH_CURL_CONFIG: a file with options for curl, such as user and password (`user = "name:password"`) or `cacert`.
#   Without it curl takes the password from ~/.netrc. Neither belongs into this folder, nor into the address.
#
# Needs a POSIX shell and curl. Exit status 0: the alias is moved. 1: nothing has changed.
set -eu
LC_ALL=C
export LC_ALL

say() { printf 'load.sh: %s\n' "$*"; }
fail() {
  say "$*" >&2
  exit 1
}

url=${OPENSEARCH_URL:-http://127.0.0.1:9200}
name=${1:-kb}
case $name in
  [!a-z]* | *[!a-z0-9_-]*) fail "NAME has small letters, digits, - and _, and begins with a letter" ;;
esac
case $url in
  *@*) fail "no user and no password in OPENSEARCH_URL: put them into ~/.netrc, or into the file OPENSEARCH_CURL_CONFIG" ;;
  http://?* | https://?*) ;;
  *) fail "OPENSEARCH_URL begins with http:// or https://" ;;
esac
while [ "${url%/}" != "$url" ]; do url=${url%/}; done

config=${OPENSEARCH_CURL_CONFIG:-}
case $config in
  '' | /*) ;;
  *) config=$(pwd)/$config ;;
esac

# The folder of this script, whatever it is called.
here=$(CDPATH='' cd -P -- "$(dirname -- "$0")" && printf '%s/.' "$(pwd)") || fail "the folder of this script can't be entered"
cd -- "$here"
wanted=$(sed -n 's/^ *"documents": *\([0-9][0-9]*\),*$/\1/p' export.json)
[ -n "$wanted" ] || fail "export.json does not say how many documents there are"

work=$(mktemp -d)
new=
finish() {
  code=$?
  trap - EXIT
  # Anything but success: the alias still leads to the old index, and the new one is in nobody's way.
  if [ -n "$new" ]; then
    if ask DELETE "$new" && [ "$status" = 200 ]; then say "$new is removed again" >&2; else say "remove $new by hand" >&2; fi
  fi
  rm -rf -- "$work"
  exit "$code"
}
trap finish EXIT
trap 'exit 1' HUP INT TERM

# ask METHOD PATH [FILE [TYPE]]: leaves the engine's answer in $work/answer and its status in $status.
ask() {
  method=$1 path=$2 body=${3:-} type=${4:-application/json}
  set -- --silent --show-error --globoff --netrc-optional --max-time 600 --request "$method"
  if [ -n "$config" ]; then set -- --config "$config" "$@"; fi
  if [ -n "$body" ]; then set -- "$@" --header "Content-Type: $type" --data-binary "@$body"; fi
  : > "$work/answer"
  status=$(curl "$@" --output "$work/answer" --write-out '%{http_code}' "$url/$path")
}

# want WHAT: stops unless the last answer is a success. What the engine said is shown on one line without control characters.
want() {
  case $status in
    2??) return 0 ;;
  esac
  said=$(tr -d '\000-\037\177' < "$work/answer" | cut -c 1-400)
  fail "$1: status $status: $said"
}

# number NAME: a number in the last answer.
number() { tr ',{}' '\n\n\n' < "$work/answer" | sed -n "s/^ *\"$1\" *: *\([0-9][0-9]*\) *\$/\1/p" | sed -n 1p; }

# 1. A new index.
index=$name-$(date -u +%Y%m%d%H%M%S)-$$
ask PUT "$index" index.json || fail "no answer from $url"
want "the index $index could not be created"
new=$index

# 2. The documents.
for file in bulk-*.ndjson; do
  [ -f "$file" ] || continue
  tries=0
  while :; do
    ask POST "$index/_bulk?filter_path=errors,items.*.error" "$file" application/x-ndjson || fail "no answer from $url"
    tries=$((tries + 1))
    case $status in
      429 | 502 | 503 | 504) ;;
      *)
        want "$file was not accepted"
        if grep -q '"errors" *: *false' "$work/answer"; then break; fi
        # A queue that is full is worth another try, a document that does not fit is not.
        grep -q rejected_execution "$work/answer" || {
          status=400
          want "$file has documents that were not accepted"
        }
        ;;
    esac
    [ "$tries" -lt 5 ] || want "$file was not accepted after $tries tries"
    [ "$tries" -lt 5 ] || fail "$file was not accepted after $tries tries"
    sleep $((tries * 3))
  done
done
ask POST "$index/_refresh" || fail "no answer from $url"
want "$index could not be refreshed"

# 3. Are they all there?
ask GET "$index/_count" || fail "no answer from $url"
want "the documents of $index could not be counted"
found=$(number count)
[ "$found" = "$wanted" ] || fail "$index has ${found:-no} documents, and this folder has $wanted"

# 4. The alias. Only indices that this script created are taken from it.
ask GET "_alias/$name" || fail "no answer from $url"
old=
case $status in
  404) ;;
  *)
    want "it could not be found out where $name leads"
    old=$(tr '{},' '\n\n\n' < "$work/answer" | sed -n "s/^ *\"\($name-[0-9]\{14\}-[0-9][0-9]*\)\" *: *\$/\1/p")
    all=$(tr '{},' '\n\n\n' < "$work/answer" | grep -c '^ *"aliases" *: *$' || :)
    known=$(printf '%s\n' "$old" | grep -c . || :)
    [ "$all" = "$known" ] || fail "$name also leads to an index that was not created here; choose another NAME"
    ;;
esac
{
  printf '{"actions":['
  for one in $old; do printf '{"remove":{"index":"%s","alias":"%s"}},' "$one" "$name"; done
  printf '{"add":{"index":"%s","alias":"%s"}}]}' "$index" "$name"
} > "$work/actions"
ask POST _aliases "$work/actions" || fail "no answer from $url"
want "the alias $name could not be moved"
new=
say "$name leads to $index: $found documents"

# 5. What nobody searches any more, and the query.
for one in $old; do
  if ask DELETE "$one" && [ "$status" = 200 ]; then say "$one is removed"; else say "remove $one by hand" >&2; fi
done
{
  printf '{"script":{"lang":"mustache","source":'
  cat query.json
  printf '}}'
} > "$work/script"
if ask PUT "_scripts/$name" "$work/script" && [ "$status" = 200 ]; then
  say "search with:  POST $url/$name/_search/template  {\"id\": \"$name\", \"params\": {\"query\": \"...\"}}"
else
  say "this engine keeps no search templates: send query.json with each search, and the words instead of {{query}}"
fi
