#!/usr/bin/env bash
# Swift's tests, already built. When they fail, what failed is printed again at the end, where people look for it.
# No test has a time limit of its own: one watchdog ends a run that hangs, and says which tests had not ended.
set -euo pipefail
cd "$(dirname "$0")/.."

log=$(mktemp)
trap 'rm -f "$log"' EXIT

# Of a crash: the thread that crashed, and neither registers nor libraries.
export SWIFT_BACKTRACE="${SWIFT_BACKTRACE:-threads=crashed,registers=none,images=none,color=no,interactive=no}"

limit=${KB_TEST_LIMIT:-60m}
watchdog=()
if command -v timeout >/dev/null 2>&1; then watchdog=(timeout --kill-after=30s "$limit"); fi

status=0
${watchdog[@]+"${watchdog[@]}"} swift test --skip-build --disable-xctest "$@" 2>&1 | tee "$log" || status=$?
if [ "$status" -eq 124 ] || [ "$status" -eq 137 ]; then
  echo
  echo "Ended after $limit; these tests had not ended:"
  sed -nE 's/^◇ (Test .*) started\.$/\1/p' "$log" | grep -v '^Test case' | sort >"$log.started"
  sed -nE 's/^[✔✘] (Test .*) (passed|failed) after .*/\1/p' "$log" | sed -E 's/ with [0-9]+ test cases?$//' | sort >"$log.ended"
  comm -23 "$log.started" "$log.ended" | head -n 40
  rm -f "$log.started" "$log.ended"
elif [ "$status" -ne 0 ]; then
  echo
  echo "What failed:"
  grep -E '^(✘|􀢄)' "$log" | grep -v 'Test run with' | tail -n 40 || true
  awk '/crashed|Crash|Fatal error|Segmentation|signal code/ { left = 30 } left-- > 0' "$log" | tail -n 60
  grep -E 'Test run with' "$log" | tail -n 1 || true
fi
exit "$status"
