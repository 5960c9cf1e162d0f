#!/usr/bin/env bash
# Records docs/triage.txt from a real run against the fake, and puts it into the README of the program: docs/triage.sh
# docs/triage.sh FOLDER prints the recording of the program in this folder, and changes nothing.
set -euo pipefail
folder=${1:-}
cd "$(dirname "$0")/.."
root=$PWD
if [ -z "$folder" ]; then
    cargo build --quiet --package ghes-oauth-cli
fi
work=$(mktemp -d)
trap 'kill "$fake" 2>/dev/null || true; rm -rf "$work"' EXIT
PATH="${folder:-$root/target/debug}:$PATH"
export HOME=$work
cd "$work"
umask 077

token() { printf 'gho_%s' "$(printf '%s' "$1" | sha256sum | head -c 36)"; }
cat > fake.toml <<TOML
version = "3.16"
[[apps]]
client_id = "Iv1.8a61f9b3a7aba766"
client_secret = "client-secret"
$(for login in octocat hubot monalisa; do
    printf '[[users]]\nlogin = "%s"\npassword = "password"\n' "$login"
    printf '[[tokens]]\nclient_id = "Iv1.8a61f9b3a7aba766"\nlogin = "%s"\nvalue = "%s"\nscopes = ["repo", "user:email"]\n' "$login" "$(token "$login")"
done)
TOML
finding() { printf '{"RuleID": "github-oauth", "Secret": "%s", "File": "%s", "StartLine": %d}' "$1" "$2" "$3"; }
cat > leak.json <<JSON
[
$(finding "$(token octocat)" deploy/values.yaml 12),
$(finding "GITHUB_TOKEN=$(token hubot)" .env 3),
$(finding "$(token octocat)" deploy/values.old.yaml 12),
$(finding "$(token revoked-last-year)" docs/setup.md 88),
$(finding ghp_16C7e42F292c6912E7710c838347Ae178B4a ci/build.sh 41),
$(finding "$(token monalisa)" ci/release.sh 7)
]
JSON
printf 'client-secret\n' > secret
ghes-oauth fake --settings fake.toml > url &
fake=$!
while ! [ -s url ]; do sleep 0.1; done
export GHES_OAUTH_SERVER="" GHES_OAUTH_CLIENT_ID=Iv1.8a61f9b3a7aba766 GHES_OAUTH_CLIENT_SECRET_FILE=secret
GHES_OAUTH_SERVER=$(cat url)

{
    echo '$ ghes-oauth triage leak.json --revoke --journal leak.journal --report leak.txt'
    ghes-oauth triage leak.json --revoke --journal leak.journal --report leak.txt 2>&1
    echo '$ cat leak.txt'
    cat leak.txt
} > recording
if [ -n "$folder" ]; then
    cat recording
    exit
fi
cat recording > "$root/docs/triage.txt"

cd "$root"
awk -v recording=docs/triage.txt '
    /^<!-- recording/ { print; print "```console"; while ((getline line < recording) > 0) print line; print "```"; skip = 1 }
    /^<!-- \/recording/ { skip = 0 }
    !skip { print }
' cli/README.md > "$work/readme"
cat "$work/readme" > cli/README.md
