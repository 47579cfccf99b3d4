// Kills a gateway in mid-sentence while its page listens, starts it again on the same port, and checks what the page says and plays.
// A kiosk beside it does the same without anybody's hand. Then checks what a page says that the gateway refuses, and manages the kiosk from the
// monitor.
//
//   node test/browser/killed-script.mjs OUT=target/killed [DOWN_MS=5000] [TIMEOUT_MS=60000] -- java … GatewayApplication …
//
// What follows `--` starts the gateway, with `--server.port=…` behind it. OUT receives pictures of the page and the gateway's log. Ends with
// 0 only if every check passed.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdirSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { FakeGateway } from "../fake-gateway.js";
import { AUTOPLAY, launch } from "./browser.js";
import { account, heardToItsEnd, recordedRuns, startRecording } from "./recording.js";

const STORY = "This story goes on and on, and whoever listens to it will not hear its end today. ".repeat(6).trim();
const NEXT = "Here I am again.";

const [given, command] = split(process.argv.slice(2));
const settings = {
  DOWN_MS: "5000",
  TIMEOUT_MS: "60000",
  ...process.env,
  ...Object.fromEntries(given.map((argument) => argument.split(/=(.*)/s, 2))),
};
const timeout = Number(settings.TIMEOUT_MS);
mkdirSync(settings.OUT, { recursive: true });
const log = createWriteStream(path.join(settings.OUT, "gateway.log"));
const port = await freePort();
const url = `http://127.0.0.1:${port}`;

let gateway = await start();
const browser = await launch([AUTOPLAY]);
const stranger = new FakeGateway(); // a server of another origin, which has the player too
try {
  const context = await browser.newContext({ viewport: { width: 1180, height: 860 } });
  context.setDefaultTimeout(timeout);
  const kiosk = await openKiosk(context);
  await restarted(context, kiosk);
  await refused(context, await stranger.start());
  await managed(context, kiosk);
} catch (failure) {
  console.error(failure);
  process.exitCode = 1;
} finally {
  await browser.close();
  await stranger.close();
  gateway.kill("SIGKILL");
  log.end();
}

/** @param {import("playwright-core").BrowserContext} context */
async function openKiosk(context) {
  const kiosk = await context.newPage();
  await kiosk.goto(`${url}/kiosk?channel=lobby&id=kiosk-7`);
  await kiosk.waitForFunction(
    () => window.stentor.state.connection === "open" && window.stentor.state.audio === "running",
  );
  return kiosk;
}

/** @param {import("playwright-core").BrowserContext} context @param {import("playwright-core").Page} kiosk */
async function restarted(context, kiosk) {
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole("button", { name: "Start listening" }).click();
  await page.waitForFunction(
    () => window.stentor.state.connection === "open" && window.stentor.state.audio === "running",
  );
  await startRecording(page);
  const story = await speak(page, STORY);
  await page.waitForFunction(() => window.stentor.stats.pos > 48_000);
  assert.match(await page.locator("#caption").textContent(), /This story goes on/);

  gateway.kill("SIGKILL");
  await once(gateway, "exit");
  await page.getByRole("status").getByText("Connection lost").waitFor();
  await page.getByRole("button", { name: "Interrupt" }).click();
  await page.locator("#note").getByText("The gateway cannot be reached").waitFor();
  await page.getByLabel("Text", { exact: true }).fill(NEXT);
  await page.getByRole("button", { name: "Speak" }).click();
  await page.locator("#text-error").getByText("The gateway cannot be reached").waitFor();
  await page.screenshot({ path: path.join(settings.OUT, "away.png") });
  await kiosk.getByText("The connection is lost").waitFor();
  await delay(Number(settings.DOWN_MS));

  gateway = await start();
  await page.locator("#note").getByText("The channel was restarted. The rest of “This story goes on and on").waitFor();
  await page.getByRole("status").getByText("Connected, listening").waitFor();
  assert.equal(await page.getByText("No words were lost").count(), 0);
  assert.equal(await page.locator("#text-error").textContent(), "");
  await page.screenshot({ path: path.join(settings.OUT, "back.png") });
  await kiosk.getByText("The connection is lost").waitFor({ state: "hidden" });
  await page.evaluate(() => {
    const { runs, scaled } = window.stentorRecording;
    runs.length = scaled.length = 0; // another timeline, whose positions begin anew
  });
  const next = await speak(page, NEXT);
  await kiosk.locator("#words").getByText(NEXT).waitFor();
  const ended = await heardToItsEnd(page, next.id, timeout);
  const { lost, repeated } = account(await recordedRuns(page), ended.pos, ended.samples);
  assert.deepEqual({ lost, repeated }, { lost: 0, repeated: 0 });
  await page.locator("#history li").nth(1).waitFor();
  const history = await page.locator("#history li").allTextContents();
  assert.equal(history.length, 2);
  assert.match(history[0], /Here I am again/);
  assert.match(history[1], /^\s*This story.*the rest was lost/s);
  const heard = await page.evaluate(() => window.stentorRecording.ended.map(({ id, reason }) => [id, reason]));
  assert.deepEqual(heard, [
    [story.id, "lost"],
    [next.id, "done"],
  ]);
  await page.screenshot({ path: path.join(settings.OUT, "history.png") });
}

/** @param {import("playwright-core").BrowserContext} context @param {string} elsewhere a page's own server, which the gateway does not know */
async function refused(context, elsewhere) {
  const page = await context.newPage();
  await page.goto(`${url}/?channel=${encodeURIComponent("-no name")}`);
  await page.getByRole("status").getByText("There can be no channel of this name.").waitFor();
  await page.getByRole("button", { name: "Try again" }).waitFor();
  await page.screenshot({ path: path.join(settings.OUT, "no-channel.png") });
  const listen = `ws://127.0.0.1:${port}/v1/channels/lobby/listen`;
  await page.goto(`${elsewhere}/bare?url=${encodeURIComponent(listen)}`);
  await page.waitForFunction(() => window.stentor?.state.connection === "refused");
  assert.equal(await page.evaluate(() => window.stentor.state.line.code), 4403);
}

/** @param {import("playwright-core").BrowserContext} context @param {import("playwright-core").Page} kiosk */
async function managed(context, kiosk) {
  const monitor = await context.newPage();
  await monitor.goto(`${url}/monitor?channel=lobby`);
  await monitor.getByRole("row", { name: /kiosk-7/ }).waitFor();
  await monitor.getByRole("button", { name: "Mute all" }).click();
  await kiosk.locator("#loudness").getByText("Muted").waitFor();
  await monitor.getByRole("button", { name: "Unmute kiosk-7" }).waitFor();
  await monitor.screenshot({ path: path.join(settings.OUT, "monitor.png"), fullPage: true });
  await monitor.getByRole("button", { name: "Remove kiosk-7" }).click();
  await monitor.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await kiosk.getByText("This screen was sent away").waitFor();
  await monitor.getByRole("row", { name: /kiosk-7/ }).waitFor({ state: "detached" });
  await kiosk.screenshot({ path: path.join(settings.OUT, "kiosk-sent-away.png") });
}

/** Speaks by the page's form. @param {import("playwright-core").Page} page @param {string} text */
async function speak(page, text) {
  await page.getByLabel("Text", { exact: true }).fill(text);
  const answered = page.waitForResponse(
    (response) => response.request().method() === "POST" && response.url().endsWith("/utterances"),
  );
  await page.getByRole("button", { name: "Speak" }).click();
  const response = await answered;
  assert.equal(response.status(), 201);
  return response.json();
}

/** Starts the gateway; it serves when this resolves. */
async function start() {
  const started = spawn(command[0], [...command.slice(1), `--server.port=${port}`, "--management.server.port=0"], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  started.stdout.pipe(log, { end: false });
  started.stderr.pipe(log, { end: false });
  for (let waited = 0; waited < timeout; waited += 100) {
    if (started.exitCode !== null) throw new Error(`the gateway ended with ${started.exitCode}`);
    if (await fetch(url).then(({ ok }) => ok, () => false)) return started; // prettier-ignore
    await delay(100);
  }
  started.kill("SIGKILL");
  throw new Error(`the gateway did not start within ${timeout} ms`);
}

/** @param {string[]} all @returns {[string[], string[]]} what is before and behind `--` */
function split(all) {
  const at = all.indexOf("--");
  return at < 0 ? [all, []] : [all.slice(0, at), all.slice(at + 1)];
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port: found } = server.address();
  server.close();
  await once(server, "close");
  return found;
}
