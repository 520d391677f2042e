#!/usr/bin/env bash
# The manual: writes the pages that the program itself knows, checks both languages, and builds them.
#
#   Scripts/manual.sh KB            checks: no findings, the same pages in both languages, the tutorials print what they say
#   Scripts/manual.sh KB OUTPUT     the same, and builds the site in OUTPUT
#   Scripts/manual.sh KB --record   writes down what the tutorials print
set -euo pipefail
cd "$(dirname "$0")/.."
kb=$(realpath "$1")
output=${2:-}

if ! command -v python3 >/dev/null 2>&1; then
  echo "The manual is left out: it needs python3."
  exit 0
fi
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# What kb keeps for the next time is gone afterwards.
export XDG_CACHE_HOME="$scratch/cache"

if [ "$output" = --record ]; then
  # What is printed differs from what is written: that is the point.
  python3 Scripts/manual.py "$kb" --record >/dev/null || true
  git diff --stat -- docs
  exit
fi
python3 Scripts/manual.py "$kb" --run

pages() { (cd "docs/$1" && find . -name '*.md' -not -path '*/program/*' | sort); }
if ! diff <(pages en) <(pages de); then
  echo "The manual lacks a page in one of its languages (< English only, > German only)." >&2
  exit 1
fi

for language in en de; do "$kb" check -C "docs/$language" --fail-on hint; done
Scripts/manual-site.sh "$kb" "${output:-$scratch/site}"
if [ -n "$output" ]; then echo "Open in a browser:  file://$(realpath "$output")/index.html"; fi
