#!/usr/bin/env bash
# The C libraries as archives, for a binary that needs none of them on the machine it runs on.
#
#   static-libraries.sh DIR     leaves DIR/lib/lib*.a, DIR/include, DIR/pkgconfig, and the licences in DIR/notices
#
# libyaml, libstemmer, xxHash and zlib are Debian's own archives. md4c has none there, and Debian's libgit2 is made for HTTPS,
# SSH and GSSAPI, which kb never uses: both are built from the sources that Debian keeps. static-libraries.sha256 names them
# with their checksums, which decide alone whether a download counts.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
target=${1:?Usage: static-libraries.sh DIR}
checksums=$here/static-libraries.sha256
mkdir -p "$target/lib" "$target/include" "$target/pkgconfig" "$target/notices"
target=$(cd "$target" && pwd)

# What is there was made from the same sources, by the same script: nothing to do.
made=$(cat "$checksums" "$0" | sha256sum)
if [ -e "$target/made" ] && [ "$(cat "$target/made")" = "$made" ]; then exit 0; fi

[ -r /etc/debian_version ] || {
  echo "The static libraries are made from Debian's packages: please run this on Debian, or in its container." >&2
  exit 1
}

as_root=()
[ "$(id -u)" -eq 0 ] || as_root=(sudo)
needed=()
for package in cmake curl xz-utils libyaml-dev libstemmer-dev libxxhash-dev zlib1g-dev libhttp-parser-dev; do
  dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || needed+=("$package")
done
if [ "${#needed[@]}" -gt 0 ]; then
  echo "Installing ${needed[*]}"
  "${as_root[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${needed[@]}" >/dev/null
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The server that apt takes its packages from.
mirror=$(apt-get indextargets --format '$(SITE)' 'Created-By: Packages' | sed -n '/security/!{p;q}')

# fetch NAME: the source whose file begins with NAME, checked and unpacked, in $work/NAME.
fetch() {
  local sum file
  read -r sum file < <(grep "/$1_" "$checksums")
  curl --fail --silent --show-error --location --retry 3 --output "$work/$1.tar" "$mirror/pool/$file" ||
    { echo "$file is not at the server that apt uses" >&2; exit 1; }
  echo "$sum  $work/$1.tar" | sha256sum --check --quiet - || { echo "$file has changed: nothing is built from it" >&2; exit 1; }
  mkdir "$work/$1"
  tar --extract --file "$work/$1.tar" --directory "$work/$1" --strip-components 1
}

# The same bytes on every machine and in every folder: no path, no time.
export SOURCE_DATE_EPOCH=0
flags="-O2 -g0 -fPIC -ffunction-sections -fdata-sections -ffile-prefix-map=$work=."

echo "Building md4c and libgit2 as archives"
fetch md4c
(cd "$work/md4c/src" && cc $flags -DMD4C_USE_UTF8 -c md4c.c -o md4c.o && ar rcsD "$target/lib/libmd4c.a" md4c.o)
cp "$work/md4c/src/md4c.h" "$target/include/"
cp "$work/md4c/LICENSE.md" "$target/notices/md4c"

fetch libgit2
cmake -S "$work/libgit2" -B "$work/build" -DCMAKE_BUILD_TYPE=None -DCMAKE_C_FLAGS="$flags" -DBUILD_SHARED_LIBS=OFF -DBUILD_TESTS=OFF \
  -DBUILD_CLI=OFF -DUSE_HTTPS=OFF -DUSE_SSH=OFF -DUSE_GSSAPI=OFF -DUSE_NTLMCLIENT=OFF -DUSE_HTTP_PARSER=http-parser \
  -DREGEX_BACKEND=regcomp -DUSE_THREADS=ON >"$work/log" 2>&1 &&
  cmake --build "$work/build" --parallel "$(nproc)" >>"$work/log" 2>&1 || { tail -n 40 "$work/log" >&2; exit 1; }
# Its objects and those of the parser in one archive: whoever asks for -lgit2 gets both.
mkdir "$work/objects"
(
  cd "$work/objects"
  ar x "$(find "$work/build" -name libgit2.a | head -n 1)"
  ar x "$(cc -print-file-name=libhttp_parser.a)"
  rm -f "$target/lib/libgit2.a"
  ar rcsD "$target/lib/libgit2.a" ./*.o
)
cp -R "$work/libgit2/include/." "$target/include/"
cp "$work/libgit2/COPYING" "$target/notices/libgit2"

for library in yaml stemmer xxhash z; do
  archive=$(cc -print-file-name=lib$library.a)
  [ -e "$archive" ] || { echo "lib$library.a is not there: please install its -dev package" >&2; exit 1; }
  cp "$archive" "$target/lib/"
done

# For the package manager, which otherwise takes the machine's own libraries.
for library in libgit2:git2 md4c:md4c yaml-0.1:yaml libxxhash:xxhash zlib:z; do
  cat >"$target/pkgconfig/${library%%:*}.pc" <<PC
Name: ${library%%:*}
Description: Archive
Version: 1
Libs: -L$target/lib -l${library#*:}
Cflags: -I$target/include
PC
done
echo "$made" >"$target/made"
