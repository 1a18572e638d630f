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
pid=$(running_pid) || { say "not running in $dir"; rm -f "$dir/pid" "$dir/endpoint"; exit; }

kill "$pid"
for _ in $(seq 150); do
  running_pid >/dev/null || break
  sleep 0.1
done
# What it left: its functions are in its session, DynamoDB Local has one of its own.
left=$({ pgrep --session "$pid" || true; pgrep -f -- "-javaagent:$dir/fs/" || true; })
# shellcheck disable=SC2086  # one word per process
[ -z "$left" ] || kill -9 $left 2>/dev/null || true
rm -f "$dir/pid" "$dir/endpoint"
say "stopped"
