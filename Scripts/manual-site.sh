#!/usr/bin/env bash
# Builds the manual, in English and German, as it is in docs/.
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
for language in en de; do
  cp -R "docs/$language" "$scratch/$language"
  "$kb" build -C "$scratch/$language" -o "$output/$language"
done
cp docs/index.html "$output/index.html"
