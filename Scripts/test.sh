#!/usr/bin/env bash
# Swift's tests, already built. When they fail, what failed is said once more at the end, where it is looked for.
set -euo pipefail
cd "$(dirname "$0")/.."

log=$(mktemp)
trap 'rm -f "$log"' EXIT

# Of a crash: the thread that crashed, and neither registers nor libraries.
export SWIFT_BACKTRACE="${SWIFT_BACKTRACE:-threads=crashed,registers=none,images=none,color=no,interactive=no}"

status=0
swift test --skip-build --disable-xctest 2>&1 | tee "$log" || status=$?
if [ "$status" -ne 0 ]; then
  echo
  echo "What failed:"
  grep -E '^(✘|􀢄)' "$log" | grep -v 'Test run with' | tail -n 40 || true
  awk '/crashed|Crash|Fatal error|Segmentation|signal code/ { left = 30 } left-- > 0' "$log" | tail -n 60
  grep -E 'Test run with' "$log" | tail -n 1 || true
fi
exit "$status"
