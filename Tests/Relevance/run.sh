#!/usr/bin/env bash
# Judges the search: run.sh [--peers] [further options of run.py]. KB names another kb than the release build's.
set -euo pipefail
cd "$(dirname "$0")/../.."
kb=${KB:-.build-release/release/kb}
if [ ! -x "$kb" ]; then kb=.build/debug/kb; fi
if [ ! -x "$kb" ]; then
  echo "Relevance test: there is no kb yet; make build, or swift build" >&2
  exit 2
fi
venv=.build/pagefind
for option in "$@"; do
  if [ "$option" = --peers ] && [ ! -x "$venv/bin/python" ]; then
    python3 -m venv "$venv"
    "$venv/bin/pip" install --quiet "pagefind[extended]==1.5.2"
  fi
done
osmem=.build/opensearch
case " $* " in
  *" opensearch"*)
    if [ ! -x "$osmem/bin/python" ]; then
      python3 -m venv "$osmem"
      "$osmem/bin/pip" install --quiet 'osmem-server==0.1.6'
    fi
    ;;
esac
# A judge that counts wrong judges nothing.
if ! counted=$(python3 -m unittest discover -s Tests/Relevance -p check.py 2>&1); then
  echo "$counted" >&2
  exit 2
fi
exec python3 Tests/Relevance/run.py --kb "$kb" --pagefind "$venv/bin/python" --osmem "$osmem/bin/python" "$@"
