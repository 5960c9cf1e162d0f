#!/bin/sh
# hub: it signs in by password, over https alone, and creates a personal token with the note "hub for USER@MACHINE".
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export GITHUB_HOST="$TLS_HOST" GITHUB_PASSWORD=password USER=tester HOME="$dir"

# sign_in LOGIN: hub asks for what comes after that; there is no such thing, but by then it has its token.
sign_in() {
    rm -f "$dir/config"
    HUB_CONFIG="$dir/config" GITHUB_USER="$1" hub api nothing >"$dir/out" 2>&1 || true
    if ! grep -q oauth_token "$dir/config"; then
        echo "hub: $1 has no token" >&2
        cat "$dir/out" >&2
        exit 1
    fi
}
notes() {
    curl -sS -u "$1" -H 'X-GitHub-OTP: 123456' "$API/authorizations" | grep -o '"note":"hub for [^"]*"' | sort
}

sign_in octocat
# The second time the note is taken: hub tries again with a number after it.
sign_in octocat
[ "$(notes octocat:password | wc -l)" -eq 2 ]
notes octocat:password | grep -q ' 2"'
# It asks for the one-time password on the terminal.
echo 123456 | sign_in hubot
[ "$(notes hubot:password | wc -l)" -eq 1 ]
