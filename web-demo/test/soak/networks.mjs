// Plays through bad networks in a real Chromium, at the player's own latency, and judges the time as well as the samples. Ends with 0 only if
// every row kept its bounds. For a quiet machine; the same rows run in virtual time in test/network.test.js.
//
//   node test/soak/networks.mjs [SECONDS=60] [ONLY=a part of a row's name] [SEED=1]

import { setTimeout as pause } from "node:timers/promises";
import { AUTOPLAY, launch } from "../browser/browser.js";
import { account, firstWrong, heardToItsEnd, recordedRuns, startRecording } from "../browser/recording.js";
import { FakeGateway } from "../fake-gateway.js";
import { seeded } from "../random.js";
import { speech, speechOverBed } from "../sounds.js";

const SECOND = 24_000;
const settings = {
  SECONDS: "60",
  ONLY: "",
  SEED: "1",
  ...process.env,
  ...Object.fromEntries(process.argv.slice(2).map((argument) => argument.split(/=(.*)/s, 2))),
};
const seconds = Number(settings.SECONDS);

/** Keeps what the page's player measures, every 20 ms. @param {import("playwright-core").Page} page */
const watch = (page) =>
  page.evaluate(() => {
    window.seen = [];
    setInterval(() => {
      const { bufferMs, targetMs, latencyMs, outMs, underruns = 0, concealedSamples } = window.stentor.stats;
      const playing = window.stentor.state.playout === "playing";
      window.seen.push({
        atMs: performance.now(),
        bufferMs,
        targetMs,
        latencyMs,
        outMs,
        underruns,
        concealedSamples,
        playing,
      });
    }, 20);
  });

/** What was seen so far, timed from the first sound. @param {import("playwright-core").Page} page */
async function seenBy(page) {
  const seen = await page.evaluate(() => window.seen);
  const from = seen.find(({ playing }) => playing)?.atMs ?? 0;
  return seen.filter(({ atMs }) => atMs >= from).map((one) => ({ ...one, atMs: one.atMs - from }));
}

/** The least that was buffered in the half second before, minus the target. */
function excessAt(seen, atMs) {
  const recent = seen.filter((one) => one.atMs > atMs - 500 && one.atMs <= atMs);
  return Math.min(...recent.map(({ bufferMs }) => bufferMs)) - recent.at(-1).targetMs;
}

/** Plays an utterance on a line, and tells what became of it. */
async function play(browser, { gateway: options, length, meanwhile = async () => {} }) {
  const gateway = new FakeGateway(options);
  const page = await browser.newPage();
  try {
    await page.goto(`${await gateway.start()}/bare`);
    await page.waitForFunction(() => window.stentor?.state.connection === "open");
    await page.evaluate(() => window.stentor.unlock());
    await startRecording(page);
    await watch(page);
    const utterance = gateway.speak({ samples: length * SECOND });
    await meanwhile(gateway, page);
    await heardToItsEnd(page, utterance.id, length * 1000 + 20_000);
    const seen = await seenBy(page);
    const accounted = account(await recordedRuns(page), utterance.pos, utterance.samples);
    const stats = await page.evaluate(() => window.stentor.stats);
    const scaled = await page.evaluate(() => window.stentorRecording.scaled.length);
    const { lost, repeated } = accounted;
    const wrong = firstWrong(accounted, (i) => gateway.sample(utterance.pos + i));
    const unaccounted = stats.received - (stats.played + stats.removed - stats.inserted);
    return { seen, stats, scaled, samples: { lost, repeated, wrong, unaccounted } };
  } finally {
    await page.close();
    await gateway.close();
  }
}

const exact = ({ samples: { lost, repeated, wrong, unaccounted } }) =>
  lost === 0 && repeated === 0 && wrong === -1 && unaccounted === 0;

/** @type {Record<string, (browser: import("playwright-core").Browser) => Promise<{told: object, kept: boolean}>>} */
const ROWS = {
  async "±80 ms of jitter, lead 100 ms"(browser) {
    const gateway = { leadMs: 100, jitterMs: 160, random: seeded(Number(settings.SEED)), sample: speech };
    const result = await play(browser, { gateway, length: seconds });
    const early = result.seen.findLast(({ atMs }) => atMs < 5_000).underruns;
    const underruns = result.stats.underruns - early;
    return { told: { underruns, early, ...result.samples }, kept: exact(result) && underruns === 0 };
  },

  async "no jitter, lead 100 ms"(browser) {
    const result = await play(browser, { gateway: { leadMs: 100, sample: speech }, length: seconds });
    const added = result.seen.filter(({ latencyMs }) => latencyMs !== null).map((one) => one.latencyMs - one.outMs);
    const addedMs = added.sort((a, b) => a - b)[Math.floor(added.length * 0.95)];
    const kept = exact(result) && result.scaled === 0 && result.stats.underruns === 0 && addedMs <= 160;
    return {
      told: { addedMs, outMs: result.stats.outMs, scaled: result.scaled, ...result.samples },
      kept,
    };
  },

  "a stall of 600 ms in speech": (browser) => stalled(browser, speech, 6_000),
  "a stall of 600 ms under a bed": (browser) => stalled(browser, speechOverBed, 10_000),
  "cuts every 3 s, lead 100 ms": (browser) => cut(browser, 100),
  "cuts every 3 s, lead 1 s": (browser) => cut(browser, 1_000),

  async "barge-ins"(browser) {
    const gateway = new FakeGateway({ leadMs: 1000, sample: speechOverBed });
    const page = await browser.newPage();
    try {
      await page.goto(`${await gateway.start()}/bare`);
      await page.waitForFunction(() => window.stentor?.state.connection === "open");
      await page.evaluate(() => window.stentor.unlock());
      await startRecording(page);
      const took = [];
      for (let i = 0; i < 10; i++) {
        gateway.speak({ samples: 5 * SECOND });
        await page.waitForFunction(() => window.stentor.state.playout === "playing");
        await pause(500);
        const cut = gateway.reported((report) => report.cut);
        const from = performance.now();
        const end = gateway.clear();
        const { pos, gen } = (await cut).cut;
        took.push(Math.round(performance.now() - from));
        await pause(200);
        const heardTo = await page.evaluate(
          () => window.stentorRecording.runs.at(-1).pos + window.stentorRecording.runs.at(-1).samples.length,
        );
        if (heardTo > pos || pos > end || gen !== i + 1) return { told: { heardTo, pos, end, gen }, kept: false };
      }
      return { told: { clearToReportMs: took }, kept: Math.max(...took) < 100 };
    } finally {
      await page.close();
      await gateway.close();
    }
  },
};

async function stalled(browser, sample, withinMs) {
  const result = await play(browser, {
    gateway: { leadMs: 100, sample },
    length: 8 + withinMs / 1000,
    meanwhile: async (gateway) => {
      await gateway.released(4 * SECOND);
      gateway.stall(600);
    },
  });
  const { seen } = result;
  const again = seen.find((one) => one.underruns > 0 && one.playing)?.atMs ?? 0;
  const excess = [1_000, 2_000, 4_000, withinMs].map((ms) => excessAt(seen, again + ms));
  const kept = exact(result) && result.stats.underruns === 1 && excess.at(-1) <= 20;
  return { told: { underruns: result.stats.underruns, excess, scaled: result.scaled, ...result.samples }, kept };
}

async function cut(browser, leadMs) {
  const length = 3 * Math.floor(seconds / 3);
  let cuts = 0;
  const result = await play(browser, {
    gateway: { leadMs, sample: speech },
    length,
    meanwhile: async (gateway) => {
      for (let at = 3; at < length; at += 3, cuts++) {
        await gateway.released(at * SECOND);
        gateway.cutOff();
      }
    },
  });
  const halts = [];
  result.seen.forEach((one, i) => {
    const before = result.seen[i - 1];
    if (before && one.concealedSamples > before.concealedSamples) {
      if (halts.length < one.underruns) halts.push(0);
      halts[halts.length - 1] += (one.concealedSamples - before.concealedSamples) / 24;
    }
  });
  const longest = Math.round(Math.max(0, ...halts));
  const { underruns, reconnects } = result.stats;
  const bounds = leadMs === 100 ? underruns <= cuts && longest <= 150 : underruns === 0;
  return {
    told: { cuts, reconnects, underruns, longestMs: longest, ...result.samples },
    kept: exact(result) && bounds,
  };
}

const browser = await launch([AUTOPLAY]);
try {
  for (const [name, row] of Object.entries(ROWS).filter(([name]) => name.includes(settings.ONLY))) {
    const { told, kept } = await row(browser);
    console.log(`${kept ? "kept" : "NOT KEPT"}: ${name}: ${JSON.stringify(told)}`);
    if (!kept) process.exitCode = 1;
  }
} finally {
  await browser.close();
}
