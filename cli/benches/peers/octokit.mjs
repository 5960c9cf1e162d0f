// Checks a file of tokens by @octokit/oauth-methods, with eight requests in flight.
import { checkToken } from "@octokit/oauth-methods";
import { request } from "@octokit/request";
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

const options = {
  clientType: "oauth-app",
  clientId: process.env.GHES_OAUTH_CLIENT_ID,
  clientSecret: process.env.CLIENT_SECRET,
  request: request.defaults({ baseUrl: process.env.GHES_OAUTH_SERVER }),
};
const lines = createInterface({ input: createReadStream(process.argv[2]) })[Symbol.asyncIterator]();

async function work() {
  for (;;) {
    const { value: token, done } = await lines.next();
    if (done) return;
    try {
      await checkToken({ ...options, token });
      process.stdout.write("live\n");
    } catch (error) {
      if (error.status !== 404) throw error;
    }
  }
}
await Promise.all(Array.from({ length: 8 }, work));
