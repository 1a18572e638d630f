#!/usr/bin/env bash
# Deploys a federation's stacks to a LocalStack that runs, or destroys them there.
#
#   deploy-local.sh [--outputs FILE] [--destroy] [-c NAME=VALUE]...
#
# FILE gets the stacks' outputs as JSON. -c as in README.md, such as -c federation=test -c members=a,b.
# AWS_ENDPOINT_URL says where LocalStack is (default http://127.0.0.1:4566).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# LocalStack cannot move an alias to another version, and starts a process for each version.
outputs='' destroy='' federation=demo context=(-c ephemeral=true -c snap-start=false)
while [ $# -gt 0 ]; do
  case $1 in
    --outputs) outputs=$(realpath -m "$2"); shift 2 ;;
    --destroy) destroy=1; shift ;;
    -c) context+=(-c "$2"); [ "${2%%=*}" != federation ] || federation=${2#*=}; shift 2 ;;
    *) sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2; exit 2 ;;
  esac
done

export AWS_ENDPOINT_URL=${AWS_ENDPOINT_URL:-http://127.0.0.1:4566}
export AWS_ENDPOINT_URL_S3=$AWS_ENDPOINT_URL # by path: there is no name for the bucket's host
export AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test
export AWS_REGION=${AWS_REGION:-us-east-1} CDK_DISABLE_CLI_TELEMETRY=true NODE_NO_WARNINGS=1
export AWS_DEFAULT_REGION=$AWS_REGION
unset AWS_PROFILE AWS_SESSION_TOKEN

say() { printf 'rengo: %s\n' "$*" >&2; }

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  say "Node.js 18 or later with npm is needed for the CDK (https://nodejs.org)"
  exit 1
fi
[ -x "$here/node_modules/.bin/cdk" ] || {
  say "installing the CDK's command line (once)"
  (cd "$here" && npm ci --silent --no-audit --no-fund >&2)
}
cdk() { (cd "$here" && node_modules/.bin/cdk --ci --no-notices "$@"); }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
outputs=${outputs:-$work/outputs.json}

# Every version of every object: CloudFormation removes empty buckets only.
empty() {
  local bucket=$AWS_ENDPOINT_URL/$1 objects
  while mapfile -t objects < <(versions "$bucket") && [ ${#objects[@]} -gt 0 ]; do
    printf 'url = "%s"\n' "${objects[@]/#/$bucket/}" | curl -sf -X DELETE --config - >/dev/null
  done
}
versions() {
  curl -sf "$1?versions" | sed 's/<Version>\|<DeleteMarker>/\n/g' \
    | sed -n 's|.*<Key>\(.*\)</Key>.*<VersionId>\(.*\)</VersionId>.*|\1?versionId=\2|p'
}

if [ -n "$destroy" ]; then
  empty "rengo-$federation-000000000000-$AWS_REGION"
  cdk destroy --all --force --output "$work/cdk.out" "${context[@]}" >&2
  exit
fi

# Whether the account has been made ready before: the CDK's own stack is there.
bootstrapped() {
  local scope=test/20260101/$AWS_REGION/cloudformation/aws4_request
  curl -sf -o /dev/null "$AWS_ENDPOINT_URL" -d 'Action=DescribeStacks&StackName=CDKToolkit' \
    -H "Authorization: AWS4-HMAC-SHA256 Credential=$scope, SignedHeaders=host, Signature=none"
}
bootstrapped || {
  say "making the emulated account ready for the CDK (once)"
  # Away from cdk.json: this has nothing to do with the stacks.
  (cd "$work" && "$here/node_modules/.bin/cdk" --ci --no-notices \
    bootstrap "aws://000000000000/$AWS_REGION") >&2
}
cdk deploy --all --require-approval never --method direct --concurrency 4 --progress events \
  --output "$work/cdk.out" --outputs-file "$outputs" "${context[@]}" 2>&1 | tee "$work/log" >&2
# LocalStack calls a stack deployed that it could not update whole.
if grep -E '_FAILED ' "$work/log" >&2; then
  say "the stacks are not deployed: see the lines above"
  exit 1
fi
cat "$outputs"
