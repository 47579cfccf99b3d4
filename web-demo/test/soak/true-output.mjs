// Two Chromiums play in step into the two channels of one sound sink, and the record of the sink says how far apart they are heard: on a calm
// line and with 40 ms of jitter. Ends with 0 only if 95 % of the differences are within 2 ms and 6 ms. For a quiet machine with PulseAudio
// (pulseaudio, pactl, parec) and an installed Chromium, which STENTOR_BROWSER may name: the packaged one has no sound.
//
//   node test/soak/true-output.mjs [SECONDS=60] [SEED=1]

import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { AUTOPLAY, launch } from "../browser/browser.js";
import { onPath } from "../browser/installed.js";
import { startSoundServer } from "../browser/sound-server.js";
import { FakeGateway } from "../fake-gateway.js";
import { seeded } from "../random.js";
import { rain } from "../sounds.js";

const { SECONDS, SEED } = {
  SECONDS: "60",
  SEED: "1",
  ...process.env,
  ...Object.fromEntries(process.argv.slice(2).map((argument) => argument.split(/=(.*)/s, 2))),
};
const seconds = Number(SECONDS);
const RATE = 48_000;
/** Compared at once: 200 ms, every 500 ms. */
const WINDOW = RATE / 5;
const STEP = RATE / 2;
/** The largest difference that is looked for: 30 ms. */
const MOST = (RATE * 30) / 1000;
/** What the players take to find the pace does not count. */
const SETTLED_S = 5;
const SIDES = ["left", "right"];

const missing = ["pactl", "parec", "pulseaudio"].filter((program) => !onPath([program]));
if (missing.length > 0) {
  console.error(`true-output: ${missing.join(", ")} missing`);
  process.exit(1);
}
const sound = await startSoundServer();
try {
  const pactl = (/** @type {string[]} */ ...command) => execFileSync("pactl", ["-s", sound.address, ...command]);
  pactl("load-module", "module-null-sink", "sink_name=pair", `rate=${RATE}`, "channels=2");
  for (const side of SIDES)
    pactl(
      "load-module",
      "module-remap-sink",
      `sink_name=${side}`,
      "master=pair",
      "channels=1",
      "channel_map=mono",
      `master_channel_map=front-${side}`,
      "remix=no",
    );
  for (const [jitterMs, mostMs] of [
    [0, 2],
    [40, 6],
  ]) {
    const found = differences(await recorded(jitterMs));
    const share = (/** @type {number} */ part) => found[Math.floor(part * (found.length - 1))] ?? Infinity;
    console.log(
      `jitter ${jitterMs} ms: ${found.length} places, median ${share(0.5).toFixed(2)} ms, p95 ${share(0.95).toFixed(2)} ms of ${mostMs}, worst ${share(1).toFixed(2)} ms`,
    );
    if (!(found.length >= seconds && share(0.95) <= mostMs)) process.exitCode = 1;
  }
} finally {
  await sound.end();
}

/** Lets both play, and returns what the sink got: samples of the left and the right in turn. @param {number} jitterMs */
async function recorded(jitterMs) {
  const gateway = new FakeGateway({ leadMs: 100, jitterMs, random: seeded(Number(SEED)), sample: rain });
  const url = `${await gateway.start()}/bare?sync`;
  const browsers = await Promise.all(
    SIDES.map((side) => launch([AUTOPLAY], { sound: { PULSE_SERVER: sound.address, PULSE_SINK: side } })),
  );
  const recorder = spawn("parec", [
    `--server=${sound.address}`,
    "--device=pair.monitor",
    "--format=s16le",
    `--rate=${RATE}`,
    "--channels=2",
    "--raw",
  ]);
  /** @type {Buffer[]} */
  const parts = [];
  recorder.stdout.on("data", (part) => parts.push(part));
  try {
    for (const browser of browsers) {
      const page = await browser.newPage();
      await page.goto(url);
      await page.waitForFunction(() => window.stentor?.state.connection === "open");
      await page.evaluate(() => window.stentor.unlock());
    }
    const { samples } = gateway.speak({ samples: seconds * 24_000 });
    await gateway.released(samples);
    await delay(1000);
  } finally {
    recorder.kill();
    await once(recorder, "close");
    for (const browser of browsers) await browser.close();
    await gateway.close();
  }
  const bytes = Buffer.concat(parts);
  return new Int16Array(bytes.buffer, bytes.byteOffset, bytes.length >> 1);
}

/** Returns by how many ms the right is heard earlier or later than the left, sorted. @param {Int16Array} both */
function differences(both) {
  const [left, right] = [0, 1].map((side) =>
    Float32Array.from({ length: both.length >> 1 }, (_, i) => both[2 * i + side]),
  );
  const begin = left.findIndex((sample) => Math.abs(sample) > 500);
  const found = [];
  for (let at = begin + SETTLED_S * RATE; begin >= 0 && at + WINDOW + MOST < left.length; at += STEP) {
    const lag = bestLag(left, right, at);
    if (lag !== null) found.push((1000 * Math.abs(lag)) / RATE);
  }
  return found.sort((x, y) => x - y);
}

/** Returns where the right is most like the left, in samples; null where either is silent. */
function bestLag(left, right, at) {
  let [best, most] = [0, 0];
  for (let lag = -MOST; lag <= MOST; lag++) {
    let product = 0;
    for (let i = at; i < at + WINDOW; i++) product += left[i] * right[i + lag];
    if (product > most) [best, most] = [lag, product];
  }
  let energy = 0;
  for (let i = at; i < at + WINDOW; i++) energy += left[i] * left[i];
  return most > energy / 4 && energy > 0 ? best : null;
}
