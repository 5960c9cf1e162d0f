#!/bin/sh
# curl: every operation that the version has, by hand.
set -eu

# call STATUS METHOD PATH [ARGUMENT...]: prints the body.
call() {
    wanted=$1 method=$2 path=$3
    shift 3
    out=$(curl -sS -X "$method" -w '\n%{http_code}' "$@" "$API$path")
    status=$(printf '%s' "$out" | tail -n 1)
    if [ "$status" != "$wanted" ]; then
        echo "curl: $method $path: $status instead of $wanted" >&2
        exit 1
    fi
    printf '%s' "$out" | sed '$d'
}
app() { call "$@" -u "$CLIENT_ID:$CLIENT_SECRET"; }
user() { call "$@" -u octocat:password; }
field() { sed -n "s/.*\"$1\":\"\{0,1\}\([^\",}]*\).*/\1/p"; }

base=/applications/$CLIENT_ID
if [ "$HAS_TOKEN" = yes ]; then
    app 200 POST "$base/token" -d "{\"access_token\":\"$TOKEN\"}" | grep -q '"login":"octocat"'
    if [ "$HAS_SCOPED" = yes ]; then
        app 200 POST "$base/token/scoped" -d "{\"access_token\":\"$TOKEN\",\"target\":\"octocat\"}" >/dev/null
    fi
    new=$(app 200 PATCH "$base/token" -d "{\"access_token\":\"$TOKEN\"}" | field token)
    app 404 POST "$base/token" -d "{\"access_token\":\"$TOKEN\"}" >/dev/null
    app 204 DELETE "$base/token" -d "{\"access_token\":\"$new\"}" >/dev/null
    app 204 DELETE "$base/grant" -d "{\"access_token\":\"$SECOND_TOKEN\"}" >/dev/null
fi
if [ "$HAS_AUTHORIZATIONS" = yes ]; then
    user 201 POST /authorizations -d '{"note":"curl","scopes":["repo"]}' >/dev/null
    id=$(user 200 GET /authorizations | tr '{' '\n' | grep '"note":"curl"' | field id)
    [ -n "$id" ]
    user 200 GET "/authorizations/$id" >/dev/null
    user 200 PATCH "/authorizations/$id" -d '{"add_scopes":["user"]}' >/dev/null
    user 204 DELETE "/authorizations/$id" >/dev/null
    user 404 GET "/authorizations/$id" >/dev/null
    put="{\"client_secret\":\"$CLIENT_SECRET\",\"fingerprint\":\"new\"}"
    user 201 PUT "/authorizations/clients/$CLIENT_ID" -d "$put" >/dev/null
    user 200 PUT "/authorizations/clients/$CLIENT_ID" -d "$put" >/dev/null
    user 201 PUT "/authorizations/clients/$CLIENT_ID/laptop" -d "{\"client_secret\":\"$CLIENT_SECRET\"}" >/dev/null
    call 401 GET /authorizations -u hubot:password >/dev/null
    call 200 GET /authorizations -u hubot:password -H 'X-GitHub-OTP: 123456' >/dev/null
    grant=$(user 200 GET /applications/grants | sed -n 's/.*applications\/grants\/\([0-9]*\).*/\1/p')
    user 200 GET "/applications/grants/$grant" >/dev/null
    user 204 DELETE "/applications/grants/$grant" >/dev/null
else
    user 404 GET /authorizations >/dev/null
fi
