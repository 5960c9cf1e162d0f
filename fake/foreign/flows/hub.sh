#!/bin/sh
# hub: it signs in by password, over https alone, and creates a personal token with the note "hub for USER@MACHINE".
set -eu
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
export GITHUB_HOST="$TLS_HOST" GITHUB_PASSWORD=password USER=tester HOME="$dir"

# sign_in LOGIN: hub signs in before it sends the request that it is asked for; prints the token that it stores.
sign_in() {
    rm -f "$dir/config"
    HUB_CONFIG="$dir/config" GITHUB_USER="$1" hub api user >"$dir/out" 2>&1 || true
    if ! grep oauth_token "$dir/config"; then
        echo "hub: $1 has no token" >&2
        cat "$dir/out" >&2
        exit 1
    fi
}

first=$(sign_in octocat)
# The second time the note is taken, which is a 422: hub tries again with a number after it.
second=$(sign_in octocat)
[ "$first" != "$second" ]
# It asks for the one-time password on the terminal.
echo 123456 | sign_in hubot >/dev/null
