# Sourced by up.sh, down.sh and install.sh: the state folder, what must be installed, messages.
# shellcheck shell=bash
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)

say() { printf '%s\n' "localstack: $*" >&2; }
die() { say "$*"; exit 1; }

# The first interpreter that LocalStack 4.9 loads on.
find_python() {
  local python
  for python in "${PYTHON:-python3}" python3.13 python3.12 python3.11 /usr/bin/python3; do
    "$python" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
      >/dev/null 2>&1 && { echo "$python"; return; }
  done
  return 1
}

# The first JDK 25 or later: LAMBDA_PROCESS_JAVA25_HOME, JAVA_HOME, the usual places, the path.
find_jdk25() {
  local home java
  java=$(command -v java || true)
  for home in "${LAMBDA_PROCESS_JAVA25_HOME:-}" "${JAVA_HOME:-}" /usr/lib/jvm/*25* /opt/*jdk*25* \
    "$HOME"/.sdkman/candidates/java/25* "$HOME"/.jdks/*25* \
    "${java:+$(dirname "$(dirname "$(readlink -f "$java")")")}"; do
    [ -x "$home/bin/javac" ] || continue
    [ "$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release" 2>/dev/null)" -ge 25 ] 2>/dev/null \
      && { echo "$home"; return; }
  done
  return 1
}

find_maven() { command -v mvn || { [ -x "$root/mvnw" ] && echo "$root/mvnw"; }; }

# All that is missing at once, each with where to get it.
check_prerequisites() {
  local missing=()
  python=$(find_python) || missing+=("python3, 3.11 to 3.13 with venv (Debian, Ubuntu: apt-get install python3 python3-venv)")
  maven=$(find_maven) || missing+=("mvn, Apache Maven 3.8 or later (apt-get install maven)")
  jdk=$(find_jdk25) || missing+=("a JDK 25 (https://adoptium.net; set JAVA_HOME or LAMBDA_PROCESS_JAVA25_HOME to it)")
  command -v curl >/dev/null || missing+=("curl (apt-get install curl)")
  command -v flock >/dev/null || missing+=("flock of util-linux: LocalStack on the host runs on Linux only")
  [ ${#missing[@]} -eq 0 ] && return
  say "cannot start, this machine lacks:"
  printf '  - %s\n' "${missing[@]}" >&2
  say "or set RENGO_AWS_ENDPOINT to a LocalStack that runs elsewhere"
  exit 3
}

# The pid of the LocalStack that was started from $dir, where it still runs.
running_pid() {
  local pid
  pid=$(cat "$dir/pid" 2>/dev/null) && grep -qs localstack.runtime.main "/proc/$pid/cmdline" && echo "$pid"
}

# Ends what a LocalStack of $dir has left behind (functions, DynamoDB Local): whatever was started
# with its folder for temporary files.
kill_leftovers() {
  local left
  left=$(grep -lsF "TMPDIR=$dir/tmp" /proc/[0-9]*/environ | cut -d/ -f3) || true
  # shellcheck disable=SC2086  # one word per process
  [ -z "$left" ] || kill -9 $left 2>/dev/null || true
}

healthy() { curl -sf --noproxy '*' --max-time 5 -o /dev/null "$1/_localstack/health"; }
