#!/usr/bin/env bash
# Runs MiniStack with IAM enforcement on loopback, in the foreground; installs it first, once.
#
#   run.sh PORT
#
# Everything it installs is in .rengo/ministack of the project; nothing is kept of what it runs.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
dir=$(cd "$here/../.." && pwd)/.rengo/ministack
port=${1:?run.sh wants a port}

say() { printf 'ministack: %s\n' "$*" >&2; }

find_python() {
  local python
  for python in "${PYTHON:-python3}" python3.13 python3.12 python3.11 /usr/bin/python3; do
    "$python" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2])' \
      >/dev/null 2>&1 && { echo "$python"; return; }
  done
  say "python3, 3.11 or later with venv, is needed (Debian, Ubuntu: apt-get install python3 python3-venv)"
  return 1
}

mkdir -p "$dir"
exec 9>"$dir/lock"
flock 9
stamp=$(sha256sum <"$here/constraints.txt")
if [ "$(cat "$dir/stamp" 2>/dev/null)" != "$stamp" ]; then
  python=$(find_python)
  say "installing into $dir/venv (once; some seconds, 90 MB)"
  rm -rf "$dir/venv"
  "$python" -m venv "$dir/venv"
  "$dir/venv/bin/python" -m pip install -q -c "$here/constraints.txt" ministack cryptography >&2
  echo "$stamp" >"$dir/stamp"
fi
mkdir -p "$dir/tmp"
exec env -i PATH="$PATH" HOME="$HOME" LANG="${LANG:-C.UTF-8}" TMPDIR="$dir/tmp" PYTHONPYCACHEPREFIX="$dir/pycache" \
  AUTH=true BIND_HOST=127.0.0.1 MINISTACK_HOST=127.0.0.1 GATEWAY_PORT="$port" \
  "$dir/venv/bin/python" "$here/enforcing.py" 9>&-
