// Writes a text token by token into a running gateway while a page listens, and keeps what the page played.
//
//   node test/browser/token-script.mjs GATEWAY_URL=http://127.0.0.1:8080 OUT=target/tokens TEXT=… [TOKENS_PER_SECOND=40] [TIMEOUT_MS=60000]
//
// A token is a word with the blank before it. OUT receives heard.pcm (s16le, 24 kHz, mono: the utterance's samples as played) and
// result.json. Ends with 0 only if the page played every sample once.

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as pass } from "node:timers/promises";
import { launch } from "./browser.js";
import { account, alteredParts, heardToItsEnd, recordedRuns, startRecording } from "./recording.js";

const settings = {
  TOKENS_PER_SECOND: "40",
  TIMEOUT_MS: "60000",
  ...process.env,
  ...Object.fromEntries(process.argv.slice(2).map((argument) => argument.split(/=(.*)/s, 2))),
};
const { GATEWAY_URL, OUT, TEXT } = settings;
const timeout = Number(settings.TIMEOUT_MS);
const UTTERANCES = `${GATEWAY_URL}/v1/channels/tokens/utterances`;
const tokens = TEXT.match(/\s*\S+/g);

mkdirSync(OUT, { recursive: true });
const browser = await launch();
try {
  const context = await browser.newContext();
  context.setDefaultTimeout(timeout);
  const page = await context.newPage();
  const sent = { tokens: 0, atMs: 0, firstMs: 0 };
  const first = { tokens: -1, ms: -1 };
  await page.exposeFunction("firstSoundHeard", () => {
    first.tokens = sent.tokens;
    first.ms = performance.now() - sent.firstMs;
  });
  await page.goto(`${GATEWAY_URL}/?channel=tokens`);
  await page.getByRole("button", { name: "Start listening" }).click();
  await page.waitForFunction(() => {
    const { connection, audio } = window.stentor.state;
    return connection === "open" && audio === "running";
  });
  await startRecording(page);
  await page.evaluate(() =>
    window.stentor.addEventListener("utterance", ({ detail }) => {
      if (detail.phase === "started") window.firstSoundHeard();
    }),
  );

  const { id } = await post("", { open: true });
  sent.firstMs = performance.now();
  for (const [index, text] of tokens.entries()) {
    await pass(Math.max(0, sent.firstMs + (index * 1000) / Number(settings.TOKENS_PER_SECOND) - performance.now()));
    await post(`/${id}/text`, { seq: index + 1, text });
    sent.tokens++;
  }
  await post(`/${id}/end`, { seq: tokens.length + 1 });
  const writtenMs = performance.now() - sent.firstMs;

  const ended = await heardToItsEnd(page, id, timeout);
  const { heard, altered, lost, repeated } = account(await recordedRuns(page), ended.pos, ended.samples);
  writeFileSync(path.join(OUT, "heard.pcm"), heard);
  const captions = await page.evaluate(() => window.stentorRecording.captions.map(({ text }) => text));
  const result = {
    tokens: tokens.length,
    writtenMs: Math.round(writtenMs),
    firstSoundMs: Math.round(first.ms),
    tokensAtFirstSound: first.tokens,
    samples: ended.samples,
    ...{ reason: ended.reason, lost, repeated, altered: alteredParts(altered), captions },
    underruns: await page.evaluate(() => window.stentor.stats.underruns),
  };
  writeFileSync(path.join(OUT, "result.json"), `${JSON.stringify(result, null, 2)}\n`);
  assert.deepEqual({ lost, repeated, reason: ended.reason }, { lost: 0, repeated: 0, reason: "done" });
} finally {
  await browser.close();
}

/** @param {string} where @param {object} body */
async function post(where, body) {
  const answer = await fetch(UTTERANCES + where, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const json = await answer.json();
  assert.ok(answer.ok, JSON.stringify(json));
  return json;
}
