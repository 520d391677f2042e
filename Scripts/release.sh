#!/usr/bin/env bash
# Builds dist/kb from the last commit: one file that runs on any Linux with a C library as new as Debian 12's.
#
#   Scripts/release.sh [FOLDER]     FOLDER is where it builds and what it keeps for the next time: .build-release
#
# What is built are the files of the commit and nothing else, so `kb --version --verbose` can name it, and two builds of one
# commit give the same bytes. It fails where the result is too large, needs more than the C library, or starts slowly.
set -euo pipefail
cd "$(dirname "$0")/.."

build=${1:-.build-release}
largest=$((25 * 1000 * 1000))
commit=$(git rev-parse HEAD)
mkdir -p "$build/commit" dist
build=$(cd "$build" && pwd)
source=$build/commit

[ "$(uname -s)" = Linux ] || { echo "Releases are built on Linux." >&2; exit 1; }
if [ -n "$(git status --porcelain)" ]; then
  echo "Building $commit; changes that are not committed are left out." >&2
fi

# The files of the commit. What is the same keeps its time, so that only what changed is compiled again.
fresh=$(mktemp -d)
trap 'rm -rf "$fresh"' EXIT
git archive HEAD | tar --extract --directory "$fresh"
(cd "$source" && find . -type f -not -name Package.resolved -not -path './.*/*') | while IFS= read -r file; do
  [ -e "$fresh/$file" ] || rm -f "$source/$file"
done
(cd "$fresh" && find . -type f) | while IFS= read -r file; do
  if ! cmp --silent "$fresh/$file" "$source/$file"; then
    mkdir -p "$(dirname "$source/$file")"
    cp --preserve=mode "$fresh/$file" "$source/$file"
  fi
done

Scripts/static-libraries.sh "$build/static"

# No path of this machine may be in the binary, and no two builds may differ by one.
anywhere=(-Xswiftc -file-prefix-map -Xswiftc "$source=." -Xswiftc -file-prefix-map -Xswiftc "$build=." -Xcc "-ffile-prefix-map=$build=.")
# Functions of the same machine code are one (`--icf=all`): nothing here compares the addresses of functions.
swift build -c release --package-path "$source" --scratch-path "$build/swift" --product kb \
  --pkg-config-path "$build/static/pkgconfig" --static-swift-stdlib --disable-local-rpath \
  -Xcc "-I$build/static/include" -Xswiftc -cross-module-optimization -Xswiftc -gnone "${anywhere[@]}" \
  -Xswiftc -Xfrontend -Xswiftc -function-sections -Xswiftc -use-ld=lld \
  -Xlinker --gc-sections -Xlinker --icf=all -Xlinker --no-export-dynamic -Xlinker -O2 -Xlinker --build-id=none \
  -Xlinker -z -Xlinker pack-relative-relocs -Xlinker -z -Xlinker relro -Xlinker -z -Xlinker now -Xlinker --strip-all \
  -Xlinker --no-eh-frame-hdr -Xlinker -T -Xlinker "$PWD/Packaging/no-unwinding.ld"

Scripts/dependencies.py --built "$build/swift"

# Into place only when it is all that a release promises.
kb=$build/kb
strip --strip-all --remove-section=.comment -o "$kb" "$build/swift/release/kb"
wrong() { echo "Not a release: $*" >&2; exit 1; }

size=$(stat --format %s "$kb")
[ "$size" -le "$largest" ] || wrong "$size bytes, at most $largest"
needed=$(readelf --dynamic --wide "$kb" | sed -nE 's/.*\(NEEDED\).*\[(.*)\]/\1/p')
for library in $needed; do
  case $library in
    libc.so.6 | libm.so.6 | libgcc_s.so.1 | libstdc++.so.6 | ld-linux-*.so.*) ;;
    *) wrong "it needs $library" ;;
  esac
done
# strings would be of binutils, as strip is.
if strings --all "$kb" | grep --fixed-strings --quiet "$build"; then wrong "it holds the path $build"; fi
"$kb" --version --verbose | grep --quiet "^commit: $commit\$" || wrong "it does not name the commit $commit"

mv "$kb" dist/kb
echo "dist/kb: $size bytes, needs $(echo $needed)"
