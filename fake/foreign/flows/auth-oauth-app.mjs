// @octokit/auth-oauth-app: requests of the app, and a user's token by the web application flow.
import assert from "node:assert/strict";
import { createOAuthAppAuth } from "@octokit/auth-oauth-app";
import { request as octokit } from "@octokit/request";

const { API, CLIENT_ID, CLIENT_SECRET, CODE, HAS_TOKEN, HAS_TOKEN_IN_PATH, TOKEN, WEB } = process.env;
const request = octokit.defaults({ baseUrl: API });
const webRequest = API.endsWith("/api/v3") ? request : octokit.defaults({ baseUrl: `${WEB}/api/v3` });
const auth = createOAuthAppAuth({ clientType: "oauth-app", clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, request: webRequest });

assert.equal((await auth({ type: "oauth-app" })).clientId, CLIENT_ID);
const user = await auth({ type: "oauth-user", code: CODE });
assert.equal(user.tokenType, "oauth");
assert.deepEqual(user.scopes, ["repo"]);

const call = request.defaults({ client_id: CLIENT_ID, request: { hook: auth.hook } });
if (HAS_TOKEN === "yes") {
  const { data } = await call("POST /applications/{client_id}/token", { access_token: user.token });
  assert.equal(data.user.login, "octocat");
  await call("PATCH /applications/{client_id}/token", { access_token: TOKEN });
  await assert.rejects(call("POST /applications/{client_id}/token", { access_token: TOKEN }), { status: 404 });
  await call("DELETE /applications/{client_id}/token", { access_token: user.token });
}
const inPath = { access_token: HAS_TOKEN === "yes" ? process.env.SECOND_TOKEN : TOKEN };
if (HAS_TOKEN_IN_PATH === "yes") {
  await call("GET /applications/{client_id}/tokens/{access_token}", inPath);
  const { data } = await call("POST /applications/{client_id}/tokens/{access_token}", inPath);
  await call("DELETE /applications/{client_id}/tokens/{access_token}", { access_token: data.token });
  await call("DELETE /applications/{client_id}/grants/{access_token}", { access_token: process.env.THIRD_TOKEN });
} else {
  await assert.rejects(call("GET /applications/{client_id}/tokens/{access_token}", inPath), { status: 404 });
}
