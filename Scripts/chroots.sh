#!/usr/bin/env bash
# The smoke test of a released kb in the file systems of other machines: Debian 12, 13 and sid, and one that holds the C
# library, libm, libgcc, libstdc++ and nothing else. Needs root, mmdebstrap and Debian's packages; the file systems are kept.
#
#   Scripts/chroots.sh [KB]     dist/kb
set -euo pipefail
cd "$(dirname "$0")/.."

kb=$(realpath "${1:-dist/kb}")
roots=$(realpath "${KB_ROOTS:-.build-release}")/roots
[ "$(id -u)" -eq 0 ] || { echo "chroots.sh needs root." >&2; exit 1; }
if ! command -v mmdebstrap >/dev/null; then
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends mmdebstrap >/dev/null
fi
mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | sed -n '/security/!{p;q}')

mkdir -p "$roots"
for suite in bookworm trixie sid; do
  if [ ! -e "$roots/$suite" ]; then
    # A copy of sid may be some weeks old; for a test it will do.
    mmdebstrap --quiet --variant=essential --include=libstdc++6 --aptopt='Acquire::Check-Valid-Until "false"' "$suite" "$roots/$suite.new" "$mirror"
    mv "$roots/$suite.new" "$roots/$suite"
  fi
done

# Nothing but what `ldd` names, from this machine.
rm -rf "$roots/bare"
mkdir -p "$roots/bare/tmp"
ldd "$kb" | grep -oE '/[^ ]+' | while IFS= read -r library; do
  mkdir -p "$roots/bare$(dirname "$library")"
  cp --dereference "$library" "$roots/bare$library"
done

for root in bare bookworm trixie sid; do Scripts/smoke.sh "$kb" "$roots/$root"; done
Scripts/smoke.sh "$kb" "$roots/bare" --as 65534
