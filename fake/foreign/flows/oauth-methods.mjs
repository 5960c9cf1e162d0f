// @octokit/oauth-methods: the web application flow, and a token checked, scoped, reset and deleted.
import assert from "node:assert/strict";
import * as oauth from "@octokit/oauth-methods";
import { request as octokit } from "@octokit/request";

const { API, CLIENT_ID, CLIENT_SECRET, CODE, HAS_SCOPED, HAS_TOKEN, SECOND_TOKEN, TOKEN, WEB } = process.env;
const request = octokit.defaults({ baseUrl: API });
const app = { clientType: "oauth-app", clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, request };
// The library takes github.com's web host from its name, which a fake does not have.
const webRequest = API.endsWith("/api/v3") ? request : octokit.defaults({ baseUrl: `${WEB}/api/v3` });

const { url } = oauth.getWebFlowAuthorizationUrl({ ...app, request: webRequest, scopes: ["repo"], state: "s" });
assert.ok(url.startsWith(`${WEB}/login/oauth/authorize?`), url);
const { authentication } = await oauth.exchangeWebFlowCode({ ...app, request: webRequest, code: CODE });
assert.deepEqual(authentication.scopes, ["repo"]);
await assert.rejects(oauth.exchangeWebFlowCode({ ...app, request: webRequest, code: CODE }), /code passed is incorrect/);

if (HAS_TOKEN === "yes") {
  const { data, authentication: checked } = await oauth.checkToken({ ...app, token: authentication.token });
  assert.equal(data.user.login, "octocat");
  assert.deepEqual(checked.scopes, ["repo"]);
  const { authentication: fresh } = await oauth.resetToken({ ...app, token: TOKEN });
  assert.notEqual(fresh.token, TOKEN);
  await assert.rejects(oauth.checkToken({ ...app, token: TOKEN }), { status: 404 });
  if (HAS_SCOPED === "yes") {
    // The library scopes tokens of GitHub Apps only.
    const scoped = { ...app, clientType: "github-app", token: fresh.token, target: "octocat", permissions: { issues: "read" } };
    assert.equal((await oauth.scopeToken(scoped)).data.installation.permissions.issues, "read");
  }
  assert.equal((await oauth.deleteToken({ ...app, token: fresh.token })).status, 204);
  await assert.rejects(oauth.deleteToken({ ...app, token: fresh.token }), { status: 404 });
  assert.equal((await oauth.deleteAuthorization({ ...app, token: SECOND_TOKEN })).status, 204);
  await assert.rejects(oauth.checkToken({ ...app, token: authentication.token }), { status: 404 });
  await assert.rejects(oauth.checkToken({ ...app, clientSecret: "wrong", token: TOKEN }), { status: 401 });
} else {
  await assert.rejects(oauth.checkToken({ ...app, token: TOKEN }), { status: 404 });
}
