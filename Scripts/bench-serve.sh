#!/usr/bin/env bash
# From a saved file to the changed page, kb beside Hugo: bench-serve.sh KB [RUNS]
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
Scripts/bench.sh "$1" --peers --prepare --sizes 1000,10000 --work "$work"
hugo=$(ls -d Benchmarks/.build/hugo/lib/python*/site-packages/hugo/binaries/hugo)
python3 Benchmarks/serve.py "$1" "$hugo" "$work" "${2:-9}"
