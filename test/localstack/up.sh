#!/usr/bin/env bash
# Starts LocalStack on this machine, without Docker, on loopback only.
#
#   up.sh [--port N] [DIR]
#
# DIR keeps the installation, the log and the state (default: .rengo/localstack of the project).
# Prints the endpoint on standard output, all else on standard error. Does nothing where it runs
# already. Without --port it takes 4566, or a free port where another program has that one.
set -euo pipefail
# shellcheck source=lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

port=
while [ $# -gt 0 ]; do
  case $1 in
    --port) port=${2:?--port wants a number}; shift 2 ;;
    --help | -h) sed -n '2,8s/^# \{0,1\}//p' "$0"; exit ;;
    -*) die "unknown option $1 (see up.sh --help)" ;;
    *) break ;;
  esac
done
dir=${1:-$root/.rengo/localstack}
mkdir -p "$dir"
dir=$(cd "$dir" && pwd)

check_prerequisites
exec 9>"$dir/lock"
flock -n 9 || { say "another up.sh is at work on $dir, waiting for it"; flock 9; }

if running_pid >/dev/null; then
  endpoint=$(cat "$dir/endpoint")
  [ -z "$port" ] || [ "$endpoint" = "http://127.0.0.1:$port" ] \
    || die "runs at $endpoint already: test/localstack/down.sh $dir stops it"
  if healthy "$endpoint"; then
    say "already up at $endpoint"
    echo "$endpoint"
    exit
  fi
  die "process $(running_pid) runs but does not answer at $endpoint: see $dir/log, stop it with down.sh"
fi

is_free() { "$python" -c 'import socket, sys; s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(("127.0.0.1", int(sys.argv[1])))' "$1" 2>/dev/null; }
if [ -n "$port" ]; then
  is_free "$port" || die "port $port is taken by another program; choose another, or set RENGO_AWS_ENDPOINT to use what is there"
else
  port=4566
  is_free "$port" || port=$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
fi
endpoint=http://127.0.0.1:$port

# shellcheck source=install.sh
. "$here/install.sh"

# A clean start: what the caller's environment says of AWS, Java or Python is not LocalStack's.
kill_leftovers
rm -rf "$dir/tmp"
mkdir -p "$dir/tmp"
fs=$dir/fs
say "starting on $endpoint"
env -i PATH="$PATH" HOME="$HOME" LANG="${LANG:-C.UTF-8}" TMPDIR="$dir/tmp" JAVA_HOME="$jdk" \
  FILESYSTEM_ROOT="$fs" OVERRIDE_IN_DOCKER=0 DISABLE_EVENTS=1 SKIP_SSL_CERT_DOWNLOAD=1 \
  PYTHONPATH="$here/plugin" PYTHONPYCACHEPREFIX="$dir/pycache" \
  GATEWAY_SERVER=twisted-loopback GATEWAY_LISTEN="127.0.0.1:$port" LOCALSTACK_HOST="127.0.0.1:$port" \
  DNS_ADDRESS=0 SQS_ENDPOINT_STRATEGY=path DYNAMODB_IN_MEMORY=1 S3_SKIP_SIGNATURE_VALIDATION=0 \
  LAMBDA_RUNTIME_EXECUTOR=process LAMBDA_RUNTIME_ENVIRONMENT_TIMEOUT=60 \
  LAMBDA_PROCESS_JAVA25_HOME="$jdk" LAMBDA_PROCESS_RIC_DIR="$fs/var/lib/localstack/lib/lambda-ric" \
  AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test AWS_DEFAULT_REGION=us-east-1 \
  setsid "$dir/venv/bin/python" -m localstack.runtime.main >"$dir/log" 2>&1 </dev/null 9>&- &
pid=$!
echo "$pid" >"$dir/pid"
echo "$endpoint" >"$dir/endpoint"

for _ in $(seq 600); do
  if healthy "$endpoint"; then
    say "ready (process $pid, log $dir/log)"
    echo "$endpoint"
    exit
  fi
  kill -0 "$pid" 2>/dev/null || break
  sleep 0.1
done
tail -20 "$dir/log" >&2
kill "$pid" 2>/dev/null || true
die "did not start; the lines above end $dir/log"
