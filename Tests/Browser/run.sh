#!/usr/bin/env bash
# Builds the example's site with the debug build, opens every page of it in headless Chromium, and asks both readers of the
# search index the same; then edits a copy of it while its pages are open. `run.sh firefox` opens the pages in Firefox instead.
set -euo pipefail
cd "$(dirname "$0")/../.."
if ! command -v chromium >/dev/null 2>&1 || ! command -v chromedriver >/dev/null 2>&1 || ! command -v python3 >/dev/null 2>&1; then
  echo "Browser tests skipped: they need python3, chromium and chromedriver (Debian: chromium chromium-driver)."
  exit 0
fi
site=$(mktemp -d)
trap 'rm -rf "$site"' EXIT
# What kb keeps for the next time is gone afterwards.
export XDG_CACHE_HOME="$site/cache"
# No fixed day: the example must stay free of errors as time passes.
.build/debug/kb build -C kb-example -o "$site/site"
if [ "${1:-}" = firefox ]; then
  python3 Tests/Browser/run.py "$site/site" --firefox
  exit
fi
python3 Tests/Browser/run.py "$site/site"
python3 Tests/Browser/outages.py "$site/site"
python3 Tests/Browser/tasks.py "$site/site"
.build/debug/kb handbook -C kb-example -o "$site/handbook.html"
.build/debug/kb handbook -C kb-example --pocket -o "$site/pocket.html"
python3 Tests/Browser/carried.py "$site/handbook.html" "$site/pocket.html"
python3 Tests/Browser/twins.py .build/debug/kb kb-example "$site/site"
.build/debug/kb build -C Tests/Browser/small -o "$site/small"
python3 Tests/Browser/twins.py .build/debug/kb Tests/Browser/small "$site/small"
python3 Tests/Browser/live.py .build/debug/kb kb-example
