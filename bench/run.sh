#!/usr/bin/env bash
# Rengo beside Flower on the same work, one after the other in one run. Usage: bench/run.sh [WORK ...]
# WORK: dummy-1000x10k dummy-100x1M dummy-10000x10k fashion-mnist (default: all these), and scale, by itself and on 60 GB of disk.
# Prints one JSON line per figure: name, value, unit, target, ratio (1 or more where the target is reached), and what was measured.
# Needs JDK 25, Maven, Python 3.11 and, for Fashion-MNIST, the Debian package dataset-fashion-mnist.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(dirname "$here")
work=$root/.rengo/bench
mkdir -p "$work"
java=${JAVA_HOME:?set JAVA_HOME to JDK 25}/bin/java
say() { printf '%s\n' "$*" >&2; }

if [ ! -x "$work/venv/bin/python" ]; then
  say "installing Flower"
  python3 -m venv "$work/venv"
  "$work/venv/bin/pip" install -q "flwr[simulation]==1.41.0" numpy
fi
say "building"
(cd "$root" && mvn -q -B -pl bench -am package -DskipTests)

flower() { # mode, members, rounds, parameters
  FLWR_TELEMETRY_ENABLED=0 FLWR_HOME=$work/home PYTHONPATH=$here/peers OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 \
    RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO=0 FL_CACHE=$work/fmnist.npz FL_MODE=$1 FL_N=$2 FL_NUM_SERVER_ROUNDS=$3 FL_NPARAMS=$4 \
    "$work/venv/bin/python" "$here/peers/rss.py" "$work/flower.json" "$work/venv/bin/python" "$here/peers/sim.py" 2>"$work/flower.log" |
    sed -n 's/^RESULT //p' | tail -n 1 >"$work/flower-result.json"
}
rengo() { # class, arguments ...
  local class=$1
  shift
  "$work/venv/bin/python" "$here/peers/rss.py" "$work/rengo.json" "$java" $RENGO_JAVA_OPTIONS \
    --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Dorg.slf4j.simpleLogger.defaultLogLevel=error \
    -Djdk.virtualThreadScheduler.parallelism=4 -cp "$root/bench/target/rengo-bench-0.1.0-SNAPSHOT.jar:$root/bench/target/lib/*" \
    "io.rengo.bench.$class" "$@" 2>"$work/rengo.log" | grep '^{' | tail -n 1 >"$work/rengo-result.json"
}
report() { "$work/venv/bin/python" "$here/peers/report.py" "$work" "$1"; }
export RENGO_JAVA_OPTIONS=${RENGO_JAVA_OPTIONS:--XX:+UseParallelGC}

for one in "${@:-dummy-1000x10k dummy-100x1M dummy-10000x10k fashion-mnist}"; do
  for name in $one; do
    say "$name"
    case $name in
      dummy-1000x10k) flower dummy 1000 3 10000; rengo DummyMembers 1000 10000 10 ;;
      dummy-100x1M) flower dummy 100 4 1000000; RENGO_JAVA_OPTIONS="-Xmx800m -XX:+UseParallelGC" rengo DummyMembers 100 1000000 40 ;;
      dummy-10000x10k) : >"$work/flower-result.json"; rm -rf "$work/folder"; RENGO_JAVA_OPTIONS="-Xmx700m -XX:+UseParallelGC" rengo DummyMembers 10000 10000 3 "$work/folder" ;;
      fashion-mnist)
        PYTHONPATH=$here/peers FL_CACHE=$work/fmnist.npz "$work/venv/bin/python" "$here/peers/export.py" "$work"
        flower np 10 5 0
        rengo FashionMnist "$work" 5 dl4j
        mv "$work/rengo-result.json" "$work/dl4j-result.json"
        rengo FashionMnist "$work" 5 dense ;;
      scale)
        for size in "20 671088640 32 1024" "200 26214400 32 4096" "10000 262144 32 256"; do
          rm -rf "$work/scale"
          RENGO_JAVA_OPTIONS="-Xmx512m -XX:+UseParallelGC" rengo Scale $size "$work/scale"
          "$work/venv/bin/python" -c 'import json, sys
line, used = (json.load(open(name)) for name in sys.argv[1:])
print(json.dumps(line | {"peakMegabytes": used["peak_pss_mb"]}))' "$work/rengo-result.json" "$work/rengo.json"
        done
        rm -rf "$work/scale"
        continue ;;
      *) say "no such work: $name"; exit 2 ;;
    esac
    report "$name"
  done
done
