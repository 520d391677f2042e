#!/usr/bin/env bash
# Loads exports into osmem-server, an in-memory engine with OpenSearch's API, with the debug build.
set -euo pipefail
cd "$(dirname "$0")/../.."
venv=.build/opensearch
python=python3
if ! "$python" -c 'import osmem_server' >/dev/null 2>&1; then
  python=$venv/bin/python
  if [ ! -x "$python" ]; then
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet 'osmem-server==0.1.6'
  fi
fi
exec "$python" -m unittest discover --start-directory Tests/OpenSearch --pattern 'check.py' "$@"
