// Listens to a running gateway behind a difficult cloud, on several pages at once, and keeps what each page played. See DifficultCloudIT.
//
//   node test/browser/cloud-script.mjs GATEWAY_URL=http://127.0.0.1:8080 OUT=target/cloud [TIMEOUT_MS=60000]
//
// The cloud must know the texts below. OUT receives result.json and <name>.pcm of each utterance (s16le, 24 kHz, mono).

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import net from "node:net";
import path from "node:path";
import { launch } from "./browser.js";
import { account, alteredParts, heardToItsEnd, recordedRuns, startRecording } from "./recording.js";

const SECOND = 24_000;
const settings = {
  TIMEOUT_MS: "60000",
  ...process.env,
  ...Object.fromEntries(process.argv.slice(2).map((argument) => argument.split(/=(.*)/s, 2))),
};
const timeout = Number(settings.TIMEOUT_MS);
const { GATEWAY_URL, OUT } = settings;

mkdirSync(OUT, { recursive: true });
const browser = await launch();
const line = await cuttingLine(new URL(GATEWAY_URL).port);
try {
  const context = await browser.newContext();
  context.setDefaultTimeout(timeout);
  const [narration, conversation, cut, failed] = await Promise.all([
    stalled(context, "narration", "A stall that nobody hears."),
    stalled(context, "conversation", "A stall that somebody may hear."),
    disconnected(context, line),
    broken(context),
  ]);
  const result = { narration, conversation, cut, failed, cleared: await cleared(context) };
  writeFileSync(path.join(OUT, "result.json"), `${JSON.stringify(result, null, 2)}\n`);
} finally {
  line.close();
  await browser.close();
}

/** Plays the case that the cloud stalls in the middle of a sentence. */
async function stalled(context, preset, text) {
  const response = await fetch(`${GATEWAY_URL}/v1/channels/${preset}`, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ preset }),
  });
  assert.equal(response.status, 201);
  const page = await join(context, preset);
  const askedMs = performance.now();
  const id = await speak(page, text);
  await heardUpTo(page, id, 0);
  const firstSoundMs = Math.round(performance.now() - askedMs);
  return { first_sound_ms: firstSoundMs, ...(await collect(page, id, preset)) };
}

/** Plays the case that the connection breaks twice in one sentence. */
async function disconnected(context, cutting) {
  const page = await join(context, "cut", `http://127.0.0.1:${cutting.port}`);
  const id = await speak(page, "The line is cut twice here.");
  await heardUpTo(page, id, 0.8);
  cutting.cut();
  await heardUpTo(page, id, 2.2);
  cutting.cut();
  return collect(page, id, "cut");
}

/** Plays the case that the cloud breaks off in the middle of a sentence. */
async function broken(context) {
  const page = await join(context, "failed");
  const id = await speak(page, "This one breaks off.");
  const next = await speak(page, "After the failure.");
  return { first: await collect(page, id, "failed"), next: await collect(page, next, "after-failure") };
}

/** Plays the case that the channel is cleared while the cloud still speaks. */
async function cleared(context) {
  const page = await join(context, "cleared");
  const id = await speak(page, "This one is cut off in the middle of the sentence.");
  await heardUpTo(page, id, 1);
  const askedAtMs = Date.now();
  const answer = await post("cleared", "clear", {});
  const answeredMs = Date.now() - askedAtMs;
  assert.equal(answer.utterances[0].state, "cleared");
  const next = await speak(page, "After the interruption.");
  return { asked_at_ms: askedAtMs, answered_ms: answeredMs, next: await collect(page, next, "next") };
}

/** Opens a page that listens to the channel. */
async function join(context, channel, origin = GATEWAY_URL) {
  const page = await context.newPage();
  page.on("pageerror", (error) => console.error(`page: ${error.message}`));
  await page.goto(`${origin}/?channel=${channel}`);
  await page.getByRole("button", { name: "Start listening" }).click();
  await page.waitForFunction(() => {
    const { connection, audio } = window.stentor.state;
    return connection === "open" && audio === "running";
  });
  await startRecording(page);
  page.channel = channel;
  return page;
}

async function speak(page, text) {
  return (await post(page.channel, "utterances", { text, voice: "Cherry" })).id;
}

async function post(channel, what, body) {
  const response = await fetch(`${GATEWAY_URL}/v1/channels/${channel}/${what}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const answer = await response.json();
  assert.ok(response.ok, JSON.stringify(answer));
  return answer;
}

/** Waits until the output has played so much of an utterance. */
async function heardUpTo(page, id, seconds) {
  await page.waitForFunction(
    ([wanted, samples]) => {
      const start = window.stentorRecording.started.find((event) => event.id === wanted);
      return start && window.stentor.stats.pos >= start.pos + samples;
    },
    [id, seconds * SECOND],
    { polling: 20 },
  );
}

/** Waits for an utterance's end, and keeps its samples. */
async function collect(page, id, name) {
  const ended = await heardToItsEnd(page, id, timeout);
  const { heard, altered, lost, repeated } = account(await recordedRuns(page), ended.pos, ended.samples);
  writeFileSync(path.join(OUT, `${name}.pcm`), heard);
  const { underruns, gaps, reconnects, faults } = await page.evaluate(() => window.stentor.stats);
  assert.equal(faults, 0);
  return {
    ...{ reason: ended.reason, samples: ended.samples, lost, repeated, altered: alteredParts(altered) },
    ...{ underruns, gaps, reconnects },
  };
}

/** A line to the gateway that can be cut. @param {string} port */
async function cuttingLine(port) {
  const sockets = new Set();
  const server = net.createServer((near) => {
    const far = net.connect(Number(port), "127.0.0.1");
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const cut = () => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    port: server.address().port,
    cut,
    close: () => {
      cut();
      server.close();
    },
  };
}
