// Leaves a page open while texts are spoken one after another, against the fake gateway, and watches its memory, its latency, each sample that it plays
// and its console. Ends with 0 only if nothing grew, nothing drifted, nothing was lost and nothing was complained about.
//
//   node test/soak/page-open.mjs [MINUTES=30] [UTTERANCES=200] [PAGE=/kiosk?channel=lobby] [OUT=file.json]
//
// PAGE is one with a player in `window.stentor`; one that starts by a button named "Start…" is started by it. To be run on a quiet machine.

import { writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { AUTOPLAY, launch } from "../browser/browser.js";
import { FakeGateway } from "../fake-gateway.js";

const FRAME = 480;
/** Memory may grow by this, in all, from the first third of the time to the last. */
const GROWTH_BYTES = 2_000_000;
/** The latency may grow by one frame. It may shrink, where the network, or the machine, became calmer. */
const DRIFT_MS = 20;
/** What the page builds up first does not count: scripts, the first texts of its history. */
const WARM_UP = 0.15;

const { MINUTES, UTTERANCES, PAGE, OUT } = {
  MINUTES: "30",
  UTTERANCES: "200",
  PAGE: "/kiosk?channel=lobby",
  OUT: "",
  ...process.env,
  ...Object.fromEntries(process.argv.slice(2).map((argument) => argument.split(/=(.*)/s, 2))),
};
const total = Number(UTTERANCES);
const everyMs = (Number(MINUTES) * 60_000) / total;

const gateway = new FakeGateway();
const browser = await launch([AUTOPLAY]);
const complaints = [];
const readings = [];
try {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  await page.goto((await gateway.start()) + PAGE);
  await page.waitForFunction(() => window.stentor?.state.connection === "open");
  const start = page.getByRole("button", { name: /^Start/ });
  if (await start.isVisible()) await start.click();
  await page.waitForFunction(() => window.stentor.state.audio === "running");
  await page.evaluate(watchSamples);
  const inspector = await page.context().newCDPSession(page);
  await inspector.send("Performance.enable");
  let spoken = 0;
  for (let i = 1; i <= total; i++) {
    const at = performance.now();
    const samples = Math.floor((everyMs * 0.6 * 24) / FRAME) * FRAME;
    gateway.speak({ samples, text: `This is text number ${i} of ${total}. It is spoken, heard, and forgotten.` });
    spoken += samples;
    await delay(everyMs / 3); // in the midst of it
    const { latencyMs } = await page.evaluate(() => window.stentor.stats);
    await delay(everyMs - (performance.now() - at));
    readings.push({ ...(await memoryOf(inspector)), latencyMs });
    if (i % Math.ceil(total / 20) === 0) console.log(`${i} of ${total}:`, JSON.stringify(readings.at(-1)));
  }
  await delay(2_000);
  const heard = await page.evaluate(() => window.stentorWatch);
  const stats = await page.evaluate(() => window.stentor.stats);
  judge(heard, spoken, stats);
} finally {
  await browser.close();
  await gateway.close();
}

/** Runs in the page: counts what is played without keeping it. */
function watchSamples() {
  const watch = { played: 0, wrong: 0, missing: 0, timescaled: 0, repeated: 0, next: 0 };
  Object.assign(window, { stentorWatch: watch });
  window.stentor.addEventListener("tap", ({ detail: { pos, samples } }) => {
    watch.missing += Math.max(0, pos - watch.next);
    watch.repeated += Math.max(0, watch.next - pos);
    samples.forEach((sample, i) => {
      if (sample !== (((pos + i) * 7919) % 65536) - 32768) watch.wrong++;
    });
    watch.played += samples.length;
    watch.next = pos + samples.length;
  });
  window.stentor.addEventListener("timescale", ({ detail: { removed, blended } }) => {
    watch.timescaled += removed + blended; // named, so not lost
  });
  window.stentor.tap();
}

/** @param {import("playwright-core").CDPSession} inspector */
async function memoryOf(inspector) {
  await inspector.send("HeapProfiler.collectGarbage");
  const { metrics } = await inspector.send("Performance.getMetrics");
  const of = (name) => metrics.find((metric) => metric.name === name)?.value ?? NaN;
  return { heapBytes: of("JSHeapUsedSize"), nodes: of("Nodes"), listeners: of("JSEventListeners") };
}

/** @param {any} heard @param {number} spoken @param {any} stats */
function judge(heard, spoken, stats) {
  const steady = readings.slice(Math.floor(readings.length * WARM_UP));
  const third = Math.max(1, Math.floor(steady.length / 3));
  const change = (of) => median(steady.slice(-third).map(of)) - median(steady.slice(0, third).map(of));
  const result = {
    minutes: Number(MINUTES),
    utterances: total,
    heapGrowthBytes: change(({ heapBytes }) => heapBytes),
    heapBytes: median(steady.slice(-third).map(({ heapBytes }) => heapBytes)),
    nodeGrowth: change(({ nodes }) => nodes),
    listenerGrowth: change(({ listeners }) => listeners),
    driftMs: change(({ latencyMs }) => latencyMs ?? 0),
    latencyMs: median(steady.map(({ latencyMs }) => latencyMs ?? 0)),
    spoken,
    ...heard,
    underruns: stats.underruns,
    complaints,
  };
  console.log(JSON.stringify(result, null, 2));
  if (OUT) writeFileSync(OUT, JSON.stringify({ ...result, readings }, null, 2));
  const failures = Object.entries({
    "the memory grew": result.heapGrowthBytes > GROWTH_BYTES,
    "elements piled up": result.nodeGrowth > 50,
    "event listeners piled up": result.listenerGrowth > 5,
    "the latency grew": result.driftMs > DRIFT_MS,
    "samples were lost": heard.played + heard.timescaled !== spoken || heard.missing !== heard.timescaled,
    "samples were wrong": heard.wrong > 0,
    "samples were repeated": heard.repeated > 0,
    "the page complained": complaints.length > 0,
  }).filter(([, failed]) => failed);
  for (const [words] of failures) console.error(`page-open: ${words}`);
  process.exitCode = failures.length === 0 ? 0 : 1;
}

/** @param {number[]} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}
