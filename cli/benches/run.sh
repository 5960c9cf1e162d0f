#!/usr/bin/env bash
# Measures `ghes-oauth triage` beside the usual alternatives, on the same tokens and the same fake, in one run, and writes
# cli/benches/results.md: cli/benches/run.sh [TOKENS] [MEMORY_TOKENS] [PEER_TOKENS] [CURL_TOKENS]
# It needs curl, GNU time, node with npm, and python3 with requests. The others get the first of the tokens alone, as they would take an
# hour for all: a process of curl for each token, or a tenth of the rate.
set -euo pipefail
cd "$(dirname "$0")/../.."
count=${1:-100000}
memory_count=${2:-1000000}
peer_count=${3:-20000}
curl_count=${4:-2000}
cargo build --quiet --release --package ghes-oauth-cli
bin=$PWD/target/release/ghes-oauth
here=$PWD/cli/benches
work=$(mktemp -d)
trap 'kill "$fake" 2>/dev/null || true; rm -rf "$work"' EXIT
(cd "$here/peers" && npm ci --silent --no-audit --no-fund)

# Tokens that do not exist, except for one in a hundred.
tokens() { awk -v n="$1" 'BEGIN { srand(7); a = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"; for (i = 0; i < n; i++) { t = ""; for (j = 0; j < 30; j++) t = t substr(a, int(rand() * 62) + 1, 1); printf "gho_%06d%s\n", i % 1000000, t } }'; }
umask 077
cd "$work"
tokens "$count" > tokens
head -n "$peer_count" tokens > peer-tokens
head -n "$curl_count" tokens > curl-tokens
{
    printf 'version = "3.16"\ntoken_limit = 0\n[[apps]]\nclient_id = "Iv1.8a61f9b3a7aba766"\nclient_secret = "client-secret"\n[[users]]\nlogin = "octocat"\npassword = "password"\n'
    awk 'NR % 100 == 0 { printf "[[tokens]]\nlogin = \"octocat\"\nclient_id = \"Iv1.8a61f9b3a7aba766\"\nvalue = \"%s\"\nscopes = [\"repo\"]\n", $1 }' tokens
} > fake.toml
printf 'client-secret' > secret
"$bin" fake --settings fake.toml > url &
fake=$!
while ! [ -s url ]; do sleep 0.1; done
export GHES_OAUTH_SERVER="" GHES_OAUTH_CLIENT_ID=Iv1.8a61f9b3a7aba766 GHES_OAUTH_CLIENT_SECRET_FILE=$work/secret CLIENT_SECRET=client-secret
GHES_OAUTH_SERVER=$(cat url)
endpoint=$GHES_OAUTH_SERVER/applications/$GHES_OAUTH_CLIENT_ID/token

with_curl() {
    sed "s/.*/{\"access_token\":\"&\"}/" curl-tokens | xargs -d '\n' -P8 -n1 curl -s -o /dev/null -w '%{http_code}\n' -u "$GHES_OAUTH_CLIENT_ID:client-secret" "$endpoint" -d
}
export -f with_curl
export endpoint

rows=""
# measure NAME TOKENS COMMAND…: runs it, checks that it found the live tokens, and adds a row.
measure() {
    local name=$1 count=$2 live
    shift 2
    /usr/bin/time -o time -f '%e %M' "$@" > out 2> err || true
    live=$(grep -Ec '"verdict":"live"|^200$|^live$' out || true)
    [ "$live" = $((count / 100)) ] || { echo "$name found $live live tokens"; tail -3 err; exit 1; }
    read -r seconds kib < <(tail -1 time)
    rows+="| $name | $count | $(awk "BEGIN { printf \"%.0f\", $count / $seconds }") | $(awk "BEGIN { printf \"%.1f\", $kib / 1024 }") |"$'\n'
}
measure "ghes-oauth triage, journal and report included" "$count" "$bin" triage tokens --journal journal
measure "\`xargs -P8 curl\`, peak memory of one process" "$curl_count" bash -c with_curl
measure "script on @octokit/oauth-methods, 8 in flight" "$peer_count" node "$here/peers/octokit.mjs" peer-tokens
measure "script on requests, 8 threads" "$peer_count" python3 "$here/peers/requests_threads.py" peer-tokens

tokens "$memory_count" | sed 's/^gho/ghp/' > many
/usr/bin/time -o time -f '%e %M' "$bin" triage many --journal many.journal --report many.csv 2> /dev/null
read -r many_seconds many_kib < <(tail -1 time)
# mean COMMAND…: the mean of 100 runs in milliseconds.
mean() {
    local before
    before=$(date +%s%N)
    for _ in $(seq 100); do "$@" > /dev/null; done
    awk "BEGIN { printf \"%.1f\", ($(date +%s%N) - $before) / 1e8 }"
}
start=$(mean "$bin" --version)
least=$(mean /bin/true)

{
    echo "Measured by \`cli/benches/run.sh $count $memory_count $peer_count $curl_count\` on $(date -u +%F), $(nproc) cores of $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), with"
    echo "the fake on the same machine; one token in a hundred is live."
    echo
    echo "| program | tokens | tokens a second | peak memory, MiB |"
    echo "|---|---|---|---|"
    printf '%s' "$rows"
    echo
    echo "\`triage\` of $memory_count distinct tokens that are read, deduplicated, recorded and reported, but not sent: $many_seconds s and"
    echo "$(awk "BEGIN { printf \"%.1f\", $many_kib / 1024 }") MiB at most. Start-up (\`--version\`, mean of 100): ${start} ms; \`/bin/true\`: ${least} ms."
} > "$here/results.md"
cat "$here/results.md"
