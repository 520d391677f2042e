#!/usr/bin/env bash
# Makes the packages of a release in dist/, from dist/kb: a Debian package, a tar archive, a wheel, the list of what is in it
# (SPDX), the licences of others, and the checksums of all. The same kb makes the same bytes.
#
#   Scripts/dist.sh [FOLDER]     FOLDER is where Scripts/release.sh built: .build-release
set -euo pipefail
cd "$(dirname "$0")/.."

build=$(realpath "${1:-.build-release}")
dist=$(realpath dist)
version=$("$dist/kb" --version)
commit=$("$dist/kb" --version --verbose | sed -n 's/^commit: //p')
git rev-parse --quiet --verify "$commit^{commit}" >/dev/null || { echo "dist/kb is of no commit of this repository: make release" >&2; exit 1; }
SOURCE_DATE_EPOCH=$(git show --no-patch --format=%ct "$commit")
export SOURCE_DATE_EPOCH TZ=UTC LC_ALL=C.UTF-8
machine=$(uname -m)
maintainer=${KB_MAINTAINER:-The maintainers of kb <kb@example.org>}

needed=()
for program in dpkg-deb:dpkg dpkg-shlibdeps:dpkg-dev objdump:binutils python3:python3 xz:xz-utils; do
  command -v "${program%%:*}" >/dev/null || needed+=("${program#*:}")
done
[ "${#needed[@]}" -eq 0 ] || { echo "Please install as root:  apt-get install ${needed[*]}" >&2; exit 1; }

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
find "$dist" -mindepth 1 -maxdepth 1 -type f -not -name kb -delete

# The oldest C library that has every symbol in the version that the binary asks for, and reads packed relocations.
glibc=$(
  {
    objdump -T "$dist/kb" | grep -oE 'GLIBC_[0-9.]+' | sed 's/GLIBC_//'
    ! readelf --dynamic "$dist/kb" | grep --quiet '(RELR)' || echo 2.36
  } | sort -uV | tail -n 1
)

# What `make install` puts below a prefix, once for all packages.
make --no-print-directory --silent install KB="$dist/kb" PREFIX=/usr DESTDIR="$stage/root"
Scripts/notices.py "$build" >"$stage/THIRD-PARTY"
Scripts/sbom.py "$dist/kb" >"$dist/kb-$version.spdx.json"

archive() {
  local folder=$stage/kb-$version-linux-$machine
  cp -R "$stage/root/usr" "$folder"
  cp "$stage/THIRD-PARTY" CHANGELOG.md Packaging/Dockerfile "$folder/"
  tar --create --sort=name --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner --mode='u+rw,go=rX' \
    --directory "$stage" "$(basename "$folder")" | gzip --best --no-name >"$dist/$(basename "$folder").tar.gz"
}

wheel() {
  gzip --best --no-name --keep "$stage/root/usr/share/man/man1/kb.1"
  cp -R "$stage/root/usr" "$stage/wheel"
  rm "$stage/wheel/share/man/man1/kb.1"
  mkdir -p "$stage/wheel/share/doc/kb"
  cp "$stage/THIRD-PARTY" "$stage/wheel/share/doc/kb/"
  Scripts/wheel.py "$stage/wheel" "$version" "$glibc" "$dist" >/dev/null
}

debian() {
  local root=$stage/debian doc=$stage/debian/usr/share/doc/kb architecture depends
  cp -R "$stage/root" "$root"
  rm "$root/usr/share/man/man1/kb.1"
  mv "$root/usr/share/zsh/site-functions" "$root/usr/share/zsh/vendor-completions"
  # It is read by a shell, never run.
  sed -i '1{/^#!/d}' "$root/usr/share/bash-completion/completions/kb"
  mkdir -p "$doc" "$root/usr/share/lintian/overrides" "$root/DEBIAN"
  cp Packaging/lintian-overrides "$root/usr/share/lintian/overrides/kb"
  cp Packaging/copyright "$doc/copyright"
  gzip --best --no-name <"$stage/THIRD-PARTY" >"$doc/THIRD-PARTY.gz"
  {
    printf 'kb (%s) unstable; urgency=medium\n\n  * Release %s, of commit %s.\n\n' "$version" "$version" "$commit"
    printf ' -- %s  %s\n' "$maintainer" "$(date --rfc-email --date "@$SOURCE_DATE_EPOCH")"
  } | gzip --best --no-name >"$doc/changelog.gz"

  architecture=$(dpkg --print-architecture)
  mkdir -p "$stage/shlibs/debian"
  printf 'Source: kb\n\nPackage: kb\nArchitecture: any\n' >"$stage/shlibs/debian/control"
  depends=$(cd "$stage/shlibs" && dpkg-shlibdeps -O "$root/usr/bin/kb" | sed -nE "s/^shlibs:Depends=//; s/libc6 \\(>= [0-9.]+\\)/libc6 (>= $glibc)/p")
  cat >"$root/DEBIAN/control" <<CONTROL
Package: kb
Version: $version
Architecture: $architecture
Maintainer: $maintainer
Installed-Size: $(du --summarize --apparent-size --block-size=1024 --exclude=DEBIAN "$root" | cut -f 1)
Depends: $depends
Recommends: git
Section: text
Priority: optional
Description: IT knowledge base from Markdown files in git
 Systems, accesses, processes, providers, contracts and runbooks are Markdown
 files in a git repository. kb checks them, links them with each other, and
 builds a site that opens from disk and needs no network.
 .
 Pages and messages are in German or English.
CONTROL
  (cd "$root" && find usr -type f -print0 | sort -z | xargs -0 md5sum >DEBIAN/md5sums)
  find "$root" -type d -exec chmod 755 {} +
  find "$root" -type f -not -path '*/bin/kb' -exec chmod 644 {} +
  dpkg-deb --root-owner-group -Zxz -z9 --build "$root" "$dist/kb_${version}_$architecture.deb" >/dev/null
  local size
  size=$(stat --format %s "$dist/kb_${version}_$architecture.deb")
  [ "$size" -le 8000000 ] || { echo "The Debian package has $size bytes, at most 8,000,000" >&2; exit 1; }
}

archive
wheel
debian
cp "$stage/THIRD-PARTY" "$dist/"
(cd "$dist" && sha256sum -- * >"$stage/SHA256SUMS" && mv "$stage/SHA256SUMS" .)
ls -l "$dist"
