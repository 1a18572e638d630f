#!/bin/sh
# Start-up of the functions' jar, as JSON lines: cold start, warm call and memory of a process that a stand-in for
# Lambda's runtime API drives, over an empty bucket and table on the same loopback port. Modes: plain; with the
# AOT cache of lambdas/aot.sh; primed, whose first call is that of a process restored from a SnapStart snapshot.
#   bench/lambda-start.sh [RUNS]   by default 5 of each
#
# JAVA_HOME names the JDK 25; build first: mvn -pl lambdas -am package
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
target=$root/lambdas/target
"$root/lambdas/aot.sh" >&2
"${JAVA_HOME:?}/bin/java" -cp "$target/test-classes:$target/rengo-lambdas.jar:$target/runtime-client/*" io.rengo.lambdas.LambdaStart measure "$target" "${1:-5}" "$target/rengo-lambdas.aot"
