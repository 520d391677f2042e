#!/usr/bin/env bash
# Builds the manual, in English and German: docs/, and the pages that the program itself knows.
#
#   Scripts/manual-site.sh KB OUTPUT
set -euo pipefail
cd "$(dirname "$0")/.."
kb=$(realpath "$1")
output=$2

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
# What kb keeps for the next time is gone afterwards.
export XDG_CACHE_HOME="$scratch/cache"
# Outside of the repository: the manual has no history of its own.
cp -R docs/en docs/de "$scratch"
if command -v python3 >/dev/null 2>&1; then
  python3 Scripts/manual.py "$kb" --into "$scratch"
else
  echo "The manual comes without its reference of commands, kinds and rules: that needs python3." >&2
fi
for language in en de; do
  "$kb" build -C "$scratch/$language" -o "$output/$language"
done
cp docs/index.html "$output/index.html"
