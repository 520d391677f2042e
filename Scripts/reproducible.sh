#!/usr/bin/env bash
# Builds the last commit twice, in two folders, and compares the bytes. Takes twice as long as `make release`.
set -euo pipefail
cd "$(dirname "$0")/.."

first=$(mktemp -d) second=$(mktemp -d --suffix=-with-another-name)
trap 'rm -rf "$first" "$second"' EXIT
for folder in "$first" "$second"; do
  git clone --quiet --no-hardlinks . "$folder/kb"
  git -C "$folder/kb" checkout --quiet "$(git rev-parse HEAD)"
  (cd "$folder/kb" && Scripts/release.sh >/dev/null)
  sha256sum "$folder/kb/dist/kb"
done
cmp "$first/kb/dist/kb" "$second/kb/dist/kb"
echo "The same bytes."
