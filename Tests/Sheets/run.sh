#!/usr/bin/env bash
# Lets the programs of others read what kb writes for them, with the debug build: openpyxl and LibreOffice the sheets, icalendar
# the calendar; and lets kb read what they write. `bootstrap.sh test` installs them.
set -euo pipefail
cd "$(dirname "$0")/../.."
venv=.build/sheets
find_python() {
  local candidate
  for candidate in python3 /usr/bin/python3 "$venv/bin/python"; do
    if "$candidate" -c 'import icalendar, openpyxl' >/dev/null 2>&1; then
      echo "$candidate"
      return
    fi
  done
}
python=$(find_python)
if [ -z "$python" ]; then
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet 'icalendar==6.3.1' 'openpyxl==3.1.5'
  python=$(find_python)
fi
exec "$python" -m unittest discover --start-directory Tests/Sheets --pattern 'check.py' "$@"
