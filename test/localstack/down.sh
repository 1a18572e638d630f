#!/usr/bin/env bash
# Stops the LocalStack that up.sh started from DIR, with all the processes that it started.
#
#   down.sh [DIR]
#
# DIR is the folder that was given to up.sh (default: .rengo/localstack of the project).
set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

dir=$(readlink -f "${1:-$root/.rengo/localstack}")
if pid=$(running_pid); then
  kill "$pid"
  for _ in $(seq 150); do
    running_pid >/dev/null || break
    sleep 0.1
  done
  say "stopped"
else
  say "not running in $dir"
fi
kill_leftovers
rm -f "$dir/pid" "$dir/endpoint"
