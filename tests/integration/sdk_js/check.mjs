// The unchanged OpenAI SDK for JavaScript: what it gets through Siyu is what it gets from the upstream itself.
import assert from "node:assert/strict";
import OpenAI from "openai";

const model = process.env.MODEL;
const through = new OpenAI({ baseURL: process.env.SIYU_BASE, apiKey: process.env.SIYU_KEY, maxRetries: 0 });
const direct = new OpenAI({ baseURL: process.env.DIRECT_BASE, apiKey: "none", maxRetries: 0 });

const request = (prompt, more = {}) => ({ model, messages: [{ role: "user", content: prompt }], ...more });
const whole = async (client, prompt) => JSON.parse(JSON.stringify(await client.chat.completions.create(request(prompt))));

async function streamed(client, prompt) {
  const chunks = [];
  const stream = await client.chat.completions.create(
    request(prompt, { stream: true, stream_options: { include_usage: true } }));
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

async function failure(client, prompt, more) {
  try {
    await client.chat.completions.create(request(prompt, more));
  } catch (error) {
    return [error.constructor.name, error.status];
  }
  return null;
}

async function check(name, run) {
  await run();
  console.log(`ok ${name}`);
}

await check("whole answers", async () => assert.deepEqual(await whole(through, "say 你好"), await whole(direct, "say 你好")));
await check("streams", async () => assert.deepEqual(await streamed(through, "say a b 私语"), await streamed(direct, "say a b 私语")));
for (const status of [400, 429, 500])
  await check(`status ${status}`, async () =>
    assert.deepEqual(await failure(through, `status ${status}`), await failure(direct, `status ${status}`)));
await check("wrong key", async () => {
  const stranger = new OpenAI({ baseURL: process.env.SIYU_BASE, apiKey: "sk-siyu-wrong", maxRetries: 0 });
  assert.deepEqual(await failure(stranger, "hello"), ["AuthenticationError", 401]);
});
await check("unknown model", async () => assert.equal((await failure(through, "hello", { model: "none" }))[0], "NotFoundError"));
await check("cut stream", async () => assert.rejects(streamed(through, "cut 3")));
await check("cancelled stream", async () => {
  const stream = await through.chat.completions.create(request("slow 3000", { stream: true }));
  for await (const _ of stream) break;
  stream.controller.abort();
});
