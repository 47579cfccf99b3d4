// Listens to a running gateway as people do: opens its page several times, speaks in the first, and keeps what every page played.
//
//   node test/browser/listen-script.mjs GATEWAY_URL=http://127.0.0.1:8080 OUT=target/listen [CHANNEL=lobby] [PAGES=2]
//        [TEXT=…] [VOICE=Cherry] [TIMEOUT_MS=60000]
//
// Each setting may also come from the environment. OUT receives page-<n>.pcm (s16le, 24 kHz, mono: the utterance's samples as played),
// result.json and page.png. Ends with 0 only if every page played every sample once.

import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { launch } from "./browser.js";
import { account, alteredParts, heardToItsEnd, recordedRuns, startRecording } from "./recording.js";

const settings = {
  CHANNEL: "lobby",
  PAGES: "2",
  TEXT: "Good evening. One voice speaks, and every window hears the very same words.",
  VOICE: "",
  TIMEOUT_MS: "60000",
  ...process.env,
  ...Object.fromEntries(process.argv.slice(2).map((argument) => argument.split(/=(.*)/s, 2))),
};
const timeout = Number(settings.TIMEOUT_MS);

try {
  const faults = await listen();
  if (faults.length > 0) throw new Error(faults.join("\n"));
} catch (failure) {
  console.error(`listen-script: ${failure.message}`);
  process.exitCode = 1;
}

/** @returns {Promise<string[]>} descriptions of what was wrong */
async function listen() {
  const { GATEWAY_URL, OUT } = settings;
  if (!GATEWAY_URL || !OUT) throw new Error("GATEWAY_URL and OUT must be given");
  mkdirSync(OUT, { recursive: true });
  const browser = await launch();
  try {
    const context = await browser.newContext({ viewport: { width: 1180, height: 860 } });
    context.setDefaultTimeout(timeout);
    const listeners = await Promise.all(Array.from({ length: Number(settings.PAGES) }, () => join(context)));
    const utterance = await speak(listeners[0].page);
    const results = await Promise.all(listeners.map((listener, index) => collect(listener, index + 1, utterance.id)));
    await listeners[0].page.screenshot({ path: path.join(OUT, "page.png") });
    const result = { channel: settings.CHANNEL, browser: browser.version(), utterance, pages: results };
    writeFileSync(path.join(OUT, "result.json"), `${JSON.stringify(result, null, 2)}\n`);
    return results.flatMap(faultsOf);
  } finally {
    await browser.close();
  }
}

/** Opens the page, presses Start and waits until it listens. @param {import("playwright-core").BrowserContext} context */
async function join(context) {
  const page = await context.newPage();
  const errors = [];
  page.on("pageerror", (error) => errors.push(error.message));
  await page.goto(`${settings.GATEWAY_URL}/?channel=${encodeURIComponent(settings.CHANNEL)}`);
  await page.getByRole("button", { name: "Start listening" }).click();
  await page.waitForFunction(() => {
    const { connection, audio } = window.stentor.state;
    return connection === "open" && audio === "running";
  });
  await startRecording(page);
  return { page, errors };
}

/** Types the text, presses Speak. @param {import("playwright-core").Page} page */
async function speak(page) {
  await page.getByLabel("Text", { exact: true }).fill(settings.TEXT);
  if (settings.VOICE) await choose(page, settings.VOICE);
  const answered = page.waitForResponse(
    (response) => response.request().method() === "POST" && response.url().endsWith("/utterances"),
  );
  await page.getByRole("button", { name: "Speak" }).click();
  const response = await answered;
  if (response.status() !== 201)
    throw new Error(`speaking was answered by ${response.status()}: ${await response.text()}`);
  return response.json();
}

/** Chooses a voice from the list. @param {import("playwright-core").Page} page @param {string} voice */
async function choose(page, voice) {
  await page.getByRole("button", { name: /^Voice / }).click();
  const drawer = page.getByRole("dialog", { name: "Voice" });
  await drawer.getByRole("radio", { name: voice }).check();
  await drawer.getByRole("button", { name: "Done" }).click();
}

/** Waits for the end, keeps the samples. @param {Awaited<ReturnType<typeof join>>} listener @param {number} number @param {string} id */
async function collect({ page, errors }, number, id) {
  const ended = await heardToItsEnd(page, id, timeout).catch(async (failure) => {
    const { state, stats } = await page.evaluate(() => ({ state: window.stentor.state, stats: window.stentor.stats }));
    throw new Error(
      `page ${number} did not hear ${id} to its end (${failure.name}): ${JSON.stringify({ state, stats, errors })}`,
    );
  });
  const { heard, altered, lost, repeated } = account(await recordedRuns(page), ended.pos, ended.samples);
  writeFileSync(path.join(settings.OUT, `page-${number}.pcm`), heard); // s16le, as every machine here is little-endian
  const stats = await page.evaluate(() => window.stentor.stats);
  const captions = await page.evaluate(() => window.stentorRecording.captions.map(({ text }) => text));
  return {
    page: number,
    ...{ id: ended.id, pos: ended.pos, samples: ended.samples, reason: ended.reason },
    ...{ lost, repeated, altered: alteredParts(altered), sha256: createHash("sha256").update(heard).digest("hex") },
    ...{ underruns: stats.underruns, gaps: stats.gaps, reconnects: stats.reconnects, protocolErrors: stats.faults },
    ...{ captions, shown: await page.locator("#caption").textContent(), errors, stats },
  };
}

/** @param {Awaited<ReturnType<typeof collect>>} result */
function faultsOf({ page, lost, repeated, protocolErrors, reason, errors }) {
  const faults = [];
  if (lost || repeated) faults.push(`page ${page} lost ${lost} samples and repeated ${repeated}`);
  if (protocolErrors) faults.push(`page ${page} met ${protocolErrors} protocol errors`);
  if (reason !== "done") faults.push(`page ${page} heard the utterance end as ${reason}`);
  return [...faults, ...errors.map((error) => `page ${page}: ${error}`)];
}
