#!/bin/sh
# Makes the cache of loaded and linked classes (JDK 25, JEP 483/514) of the functions' jar from a training run:
#   lambdas/aot.sh [OUTPUT]      by default lambdas/target/rengo-lambdas.aot
#
# A process uses it with -XX:AOTCache=OUTPUT. The cache holds for the same build of the JVM, the same jar (path and
# time) first on the class path, the same garbage collector and no directory on the class path; otherwise the JVM
# ignores it and starts as without. So it is made in the image that runs the functions (a container image or an own
# runtime). AWS's managed Java runtime loads functions by a class loader of its own, which the cache does not
# serve: there SnapStart does this work.
#
# JAVA_HOME names the JDK 25; build first: mvn -pl lambdas -am package
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
target=$root/lambdas/target
output=${1:-$target/rengo-lambdas.aot}
java=${JAVA_HOME:?"JAVA_HOME does not name a JDK 25"}/bin/java
[ -f "$target/rengo-lambdas.jar" ] || { echo "aot.sh: no $target/rengo-lambdas.jar; run mvn -pl lambdas -am package" >&2; exit 1; }
"$java" -cp "$target/test-classes:$target/rengo-lambdas.jar:$target/runtime-client/*" io.rengo.lambdas.LambdaStart train "$target" "$output"
echo "$output: $(($(wc -c < "$output") / 1048576)) MiB"
