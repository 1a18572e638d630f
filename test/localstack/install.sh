# Sourced by up.sh: installs the pinned LocalStack into $dir, once, and again when a pin changes.
# shellcheck shell=bash
# shellcheck disable=SC2154  # dir, here, python, maven, jdk: from lib.sh and up.sh
lib=$dir/fs/var/lib/localstack/lib

install_packages() {
  say "installing LocalStack into $dir/venv (once; about a minute, 500 MB)"
  rm -rf "$dir/venv"
  "$python" -m venv "$dir/venv"
  "$dir/venv/bin/python" -m pip install -q -c "$here/constraints.txt" "localstack-core[runtime]" >&2
}

# What LocalStack would download at its first use of DynamoDB, Step Functions and Lambda.
install_libraries() {
  local ddb=$lib/dynamodb-local/2 work so
  say "fetching DynamoDB Local, JSONata and the Lambda runtime client by Maven (once)"
  rm -rf "$ddb" "$lib/jsonata" "$lib/lambda-ric"
  mkdir -p "$ddb"
  command -v java >/dev/null || export JAVA_HOME="$jdk"
  "$maven" -q -B -f "$here/libs/pom.xml" -Dlib="$lib" \
    org.apache.maven.plugins:maven-dependency-plugin:copy-dependencies >"$dir/maven.log" 2>&1 \
    || { cat "$dir/maven.log" >&2; die "Maven could not fetch the libraries"; }
  so=$(find "$ddb/DynamoDBLocal_lib" -name 'libsqlite4java-linux-amd64-*.so' -printf '%f\n' | head -1)
  [ -z "$so" ] || ln -sf "$so" "$ddb/DynamoDBLocal_lib/libsqlite4java-linux-amd64.so"
  rm -f "$ddb"/DynamoDBLocal_lib/libsqlite4java-osx*

  # LocalStack starts `-javaagent:ddb-local-loader-0.1.jar -jar DynamoDBLocal.jar`: both are this
  # project's one class, with the libraries named in the manifest (whose lines have 72 bytes at most).
  work=$(mktemp -d)
  "$jdk/bin/javac" -cp "$ddb/DynamoDBLocal_lib/*" -d "$work/classes" "$here/libs/LoopbackDynamoDb.java"
  { printf 'Main-Class: LoopbackDynamoDb\nPremain-Class: LoopbackDynamoDb\nClass-Path:'
    (cd "$ddb" && printf ' %s' DynamoDBLocal_lib/*.jar)
    echo; } | awk '{ while (length($0) > 70) { print substr($0, 1, 70); $0 = " " substr($0, 71) } print }' >"$work/manifest"
  "$jdk/bin/jar" --create --file "$ddb/DynamoDBLocal.jar" --manifest "$work/manifest" -C "$work/classes" .
  cp "$ddb/DynamoDBLocal.jar" "$ddb/ddb-local-loader-0.1.jar"
  rm -rf "$work"
}

# install_once NAME FILE...: runs install_NAME unless it ran to its end with these very files.
install_once() {
  local name=$1 stamp
  stamp=$(cat "${@:2}" | sha256sum)
  if [ "$(cat "$dir/$name.stamp" 2>/dev/null)" != "$stamp" ]; then
    "install_$name"
    echo "$stamp" >"$dir/$name.stamp"
  fi
}

install_once packages "$here/constraints.txt"
install_once libraries "$here"/{install.sh,libs/pom.xml,libs/*/pom.xml,libs/LoopbackDynamoDb.java}
mkdir -p "$lib/java"
ln -sfn "$jdk" "$lib/java/21"
ln -sfn "$jdk" "$lib/java/11"
