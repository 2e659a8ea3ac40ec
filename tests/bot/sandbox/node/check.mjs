// The official Node client speaks to a running sandbox: posts, streams, opens, uploads, reads back, is refused.
// Usage: node check.mjs BASE_URL BOT_TOKEN  (serve_and_check.py does both)
import assert from "node:assert/strict";
import { WebClient } from "@slack/web-api";

const [base, token] = process.argv.slice(2);
const web = new WebClient(token, { slackApiUrl: `${base}/api/`, retryConfig: { retries: 0 } });
const channel = "C0GENERAL";
let checks = 0;
const check = async (name, body) => { await body(); checks += 1; console.log(`ok ${name}`); };

await check("auth.test names the bot", async () => {
  assert.equal((await web.auth.test()).user_id, "U0MUSTER");
});

await check("a message with blocks and metadata comes back", async () => {
  const metadata = { event_type: "muster", event_payload: { key: "1" } };
  const blocks = [{ type: "section", text: { type: "mrkdwn", text: "*hello*" } }];
  const { ts } = await web.chat.postMessage({ channel, text: "hello", blocks, metadata });
  const { messages } = await web.conversations.history({ channel, limit: 1, include_all_metadata: true });
  assert.equal(messages[0].ts, ts);
  assert.deepEqual(messages[0].metadata, metadata);
  assert.equal((await web.chat.update({ channel, ts, text: "bye", blocks: [] })).text, "bye");
});

await check("bad blocks are refused with their place", async () => {
  const blocks = [{ type: "header", text: { type: "plain_text", text: "x".repeat(151) } }];
  await assert.rejects(web.chat.postMessage({ channel, text: "x", blocks }), (error) => {
    assert.equal(error.data.error, "invalid_blocks");
    return error.data.response_metadata.messages.some((m) => m.includes("[json-pointer:/blocks/0/text/text]"));
  });
});

await check("a stream grows and ends", async () => {
  const asked = await web.chat.postMessage({ channel, text: "why?" });
  const stream = web.chatStream({
    channel, thread_ts: asked.ts, recipient_user_id: "U0ANA", recipient_team_id: "T0CHURN", buffer_size: 1,
  });
  await stream.append({ markdown_text: "Because **of**" });
  const { message } = await stream.stop({ markdown_text: " drift." });
  assert.equal(message.text, "Because **of** drift.");
});

await check("pages lead through all users", async () => {
  const names = [];
  for await (const page of web.paginate("users.list", { limit: 3 })) names.push(...page.members.map((u) => u.name));
  assert.equal(new Set(names).size, names.length);
  assert.ok(names.includes("ana"));
});

await check("a Home tab is published", async () => {
  const view = { type: "home", blocks: [{ type: "divider" }] };
  assert.equal((await web.views.publish({ user_id: "U0ANA", view })).view.type, "home");
});

await check("a file is uploaded in three steps", async () => {
  const file = Buffer.from("a,b\n1,2\n");
  const done = await web.files.uploadV2({ channel_id: channel, file, filename: "metrics.csv" });
  assert.equal(done.files[0].files[0].name, "metrics.csv");
});

await check("errors have Slack's names", async () => {
  await assert.rejects(web.chat.postMessage({ channel: "C0NOWHERE", text: "x" }), /channel_not_found/);
  await assert.rejects(new WebClient("xoxb-wrong", { slackApiUrl: `${base}/api/` }).auth.test(), /invalid_auth/);
});

console.log(`${checks} checks passed`);
