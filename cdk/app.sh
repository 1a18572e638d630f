#!/usr/bin/env bash
# Runs the stacks' program from what `mvn package` has left in target/: no Maven, no network.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# The first JDK 25 or later: JAVA_HOME, the usual places, the path.
find_java() {
  local home java
  java=$(command -v java || true)
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/*25* /opt/*jdk*25* "$HOME"/.sdkman/candidates/java/25* \
    "$HOME"/.jdks/*25* "$HOME"/.rengo/jdk* /Library/Java/JavaVirtualMachines/*25*/Contents/Home \
    "${java:+$(dirname "$(dirname "$(readlink -f "$java")")")}"; do
    [ -x "$home/bin/java" ] || continue
    [ "$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$home/release" 2>/dev/null)" -ge 25 ] 2>/dev/null \
      && { echo "$home/bin/java"; return; }
  done
  echo "rengo: no JDK 25 is found. Install one (https://adoptium.net) and set JAVA_HOME to it." >&2
  return 1
}

java=$(find_java)
jar=$here/target/rengo-cdk.jar
if [ ! -f "$jar" ] || [ ! -d "$here/target/lib" ]; then
  echo "rengo: the stacks are not built ($jar). Build them: mvn -pl cdk -am package" >&2
  exit 1
fi
# jsii says at length that it knows this Node from hearsay only; what it says otherwise stays.
exec "$java" -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -cp "$jar:$here/target/lib/*" io.rengo.cdk.Main \
  2> >(grep --line-buffered -vE '^(!!.*)?$' >&2)
