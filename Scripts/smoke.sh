#!/usr/bin/env bash
# Tries a kb from init to serve, on this machine or in the file system of another one.
#
#   Scripts/smoke.sh KB                   # here
#   Scripts/smoke.sh KB ROOT              # below ROOT, by chroot, as root; it needs neither a shell nor git there
#   Scripts/smoke.sh KB ROOT --as UID     # as this user, while the files belong to another one
set -euo pipefail

kb=$(realpath "${1:?Usage: smoke.sh KB [ROOT [--as UID]]}")
root=${2:-/}
user=
[ "${3:-}" != --as ] || user=$4
root=$(realpath "$root")
inside=/tmp/kb-smoke-$$
work=${root%/}$inside
mkdir -p "$work/home"
cp "$kb" "$work/kb"
server=
mounted=
finish() {
  [ -z "$server" ] || { kill "$server" && wait "$server"; } 2>/dev/null || true
  [ -z "$mounted" ] || umount "$mounted"
  rm -rf "$work"
}
trap finish EXIT
# Swift reads a program's arguments there; every container has it.
if [ ! -e "${root%/}/proc/self" ]; then
  mkdir -p "$root/proc"
  mount -t proc proc "$root/proc"
  mounted=$root/proc
fi
if [ -n "$user" ]; then
  # libgit2 reads no repository of somebody else that no setting names.
  [ -e "${root%/}/etc/gitconfig" ] || printf '[safe]\n\tdirectory = *\n' >"$work/home/.gitconfig"
  chown -R "$user" "$work/home"
fi

# The command line of a kb that sees ROOT and an environment of four variables.
run=(env -i "HOME=$inside/home" PATH=/usr/bin:/bin LC_ALL=C.UTF-8 NO_COLOR=1)
if [ "$root" != / ] || [ -n "$user" ]; then run+=("$(command -v chroot)" ${user:+"--userspec=$user:$user"} "$root"); fi
run+=("$inside/kb")
kb() { "${run[@]}" "$@"; }
git() { command git -C "$work/base" -c user.name=Smoke -c user.email=smoke@company.example -c commit.gpgsign=false -c safe.directory='*' "$@"; }

step() {
  current=$1
  shift
  "$@" >"$work/output" 2>&1 || { echo "FAILED in $root: $current" >&2; tail -n 20 "$work/output" >&2; exit 1; }
}
# says WORDS: the step before wrote them.
says() { grep --quiet -e "$1" "$work/output" || { echo "FAILED in $root: $current does not say '$1'" >&2; tail -n 20 "$work/output" >&2; exit 1; }; }

there=$inside/base
mkdir "$work/base"
# Who may only read gets a knowledge base from somebody else.
writer=kb
if [ -n "$user" ]; then writer="env HOME=$work/home $kb"; place=$work/base; else place=$there; fi

step version kb --version
says '^[0-9]*\.[0-9]*\.[0-9]*$'
step 'version --verbose' kb --version --verbose
says '^libraries: libgit2 '
step init $writer init "$place" --language en --title 'Smoke test'
git init --quiet
git add . && git commit --quiet -m 'Knowledge base'
step new $writer new -C "$place" provider Moinfunk --set type=telecom --set owner=example-it \
  --set 'support.phone=040 66969 300' --set 'scope.responsible_for=Phones and line' --set 'summary=Supplies the phones.'
echo 'Have the customer number ready.' >>"$work/base/providers/moinfunk.md"
step 'doctor' kb doctor -C "$there"
step check kb check -C "$there"
if [ -z "$user" ]; then
  step build kb build -C "$there"
  site=$work/base/_site
else
  mkdir "$work/site" && chown "$user" "$work/site"
  step build kb build -C "$there" -o "$inside/site"
  site=$work/site
fi
step 'the site' grep --quiet 'Moinfunk' "$site/providers/moinfunk.html" "$site/search.js"
step search kb search -C "$there" 'phone'
says Moinfunk
git add . && git commit --quiet -m 'A provider'
step review kb review -C "$there" HEAD~1..HEAD
says Moinfunk
step log kb log -C "$there"
says 'A provider\|Moinfunk'
step 'an earlier state' kb list provider -C "$there" --at HEAD
says Moinfunk
step export kb export xlsx provider -C "$there" -o "$inside/home/providers.xlsx"

"${run[@]}" serve -C "$there" --port 0 >"$work/serve" 2>&1 &
server=$!
address=
for _ in $(seq 100); do
  address=$(grep -oE 'http://[^ ]+' "$work/serve" | head -n 1) || true
  [ -z "$address" ] || break
  sleep 0.1
done
step serve curl --fail --silent --noproxy '*' --max-time 10 "${address:-nothing}"
says 'Smoke test'

echo "ok: $root${user:+ as $user} ($(kb --version))"
