#!/usr/bin/env bash
# Installs what building needs beside Swift, git and make: the C libraries, where they are missing.
# `bootstrap.sh test` also installs what the tests need: a browser, GitHub's Markdown parser to compare with, and the programs
# that read sheets and calendars.
set -euo pipefail

libraries=(libgit2 md4c yaml-0.1 libxxhash zlib)
debian=(pkg-config libgit2-dev libmd4c-dev libyaml-dev libxxhash-dev libstemmer-dev zlib1g-dev)
brew=(pkg-config libgit2 md4c libyaml xxhash snowball zlib)
want_test=${1:-}

# The libraries that are missing, one a line.
missing() {
  local library
  for library in "${libraries[@]}"; do
    { command -v pkg-config >/dev/null 2>&1 && pkg-config --exists "$library"; } || echo "$library"
  done
  have_stemmer || echo libstemmer
}

# libstemmer tells pkg-config nothing: its header is looked for.
have_stemmer() {
  local folder
  for folder in /usr/include /usr/local/include "${HOMEBREW_PREFIX:-/opt/homebrew}/include"; do
    if [ -e "$folder/libstemmer.h" ]; then return 0; fi
  done
  return 1
}

complete() {
  [ -z "$(missing)" ] || return 1
  [ "$want_test" != test ] || have_test_programs
}

have_test_programs() {
  command -v python3 >/dev/null 2>&1 && command -v chromium >/dev/null 2>&1 && command -v chromedriver >/dev/null 2>&1 &&
    command -v cmark-gfm >/dev/null 2>&1 && command -v soffice >/dev/null 2>&1 && have_sheet_libraries
}

# The libraries for sheets and calendars, of whichever python3 has them; Tests/Sheets/run.sh looks in the same places.
have_sheet_libraries() {
  local python
  for python in python3 /usr/bin/python3; do
    if "$python" -c 'import icalendar, openpyxl' >/dev/null 2>&1; then return 0; fi
  done
  return 1
}

if complete; then exit 0; fi

if command -v apt-get >/dev/null 2>&1; then
  packages=("${debian[@]}")
  [ "$want_test" != test ] || packages+=(
    python3 chromium chromium-driver cmark-gfm libreoffice-calc-nogui python3-icalendar python3-openpyxl)
  as_root=()
  if [ "$(id -u)" -ne 0 ]; then
    command -v sudo >/dev/null 2>&1 || {
      echo "Please install as root:  apt-get install ${packages[*]}" >&2
      exit 1
    }
    as_root=(sudo)
  fi
  echo "Installing ${packages[*]}"
  "${as_root[@]}" apt-get update -qq
  DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
elif command -v brew >/dev/null 2>&1; then
  echo "Installing ${brew[*]}"
  brew install --quiet "${brew[@]}"
else
  echo "Please install with your package manager: pkg-config and the development files of libgit2, md4c, libyaml, xxHash, libstemmer and zlib" >&2
  echo "(on Debian and Ubuntu: ${debian[*]})" >&2
  exit 1
fi

still=$(missing)
if [ -n "$still" ]; then
  echo "Still missing after installing: ${still//$'\n'/ }" >&2
  exit 1
fi
