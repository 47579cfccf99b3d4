import { seeded } from "../random.js";
import { FakeGateway } from "../fake-gateway.js";

/** Keeps which sample is heard when, by the audio thread's positions. @param {import("playwright-core").Page} page */
const watch = (page) =>
  page.evaluate(() => {
    window.heard = [];
    window.stentor.addEventListener("level", () => {
      if (window.stentor.state.playout !== "playing") return;
      const { pos, syncErrorMs } = window.stentor.stats;
      window.heard.push({ atMs: performance.timeOrigin + performance.now(), pos, syncErrorMs });
    });
  });

/**
 * Lets two pages play in step, and compares what they play.
 *
 * @param {import("playwright-core").Browser} browser
 * @param {{seconds: number, jitterMs?: number, seed?: number}} how
 * @returns {Promise<{differences: number[], errors: (number | "unknown" | null)[], underruns: number[], reports: any[]}>} `differences`: in
 *   ms, sorted, from 5 s after the beginning
 */
export async function playInStep(browser, { seconds, jitterMs = 0, seed = 1 }) {
  const gateway = new FakeGateway({ leadMs: 100, jitterMs, random: seeded(seed) });
  const url = `${await gateway.start()}/bare?sync`;
  const pages = await Promise.all([browser.newPage(), browser.newPage()]);
  try {
    for (const page of pages) {
      await page.goto(url);
      await page.waitForFunction(() => window.stentor?.state.connection === "open");
      await page.evaluate(() => window.stentor.unlock());
      await watch(page);
    }
    const { samples } = gateway.speak({ samples: seconds * 24_000 });
    await gateway.released(samples);
    const [a, b] = await Promise.all(pages.map((page) => page.evaluate(() => window.heard)));
    const stats = await Promise.all(pages.map((page) => page.evaluate(() => window.stentor.stats)));
    return {
      differences: differencesOf(a, b),
      errors: stats.map(({ syncErrorMs }) => syncErrorMs),
      underruns: stats.map(({ underruns }) => underruns),
      reports: gateway.reports,
    };
  } finally {
    for (const page of pages) await page.close();
    await gateway.close();
  }
}

/** Compares each position of one page with the other page's at that moment. */
function differencesOf(a, b) {
  const from = (a[0]?.atMs ?? 0) + 5_000;
  const found = [];
  for (const { atMs, pos } of a) {
    const next = b.findIndex((one) => one.atMs >= atMs);
    if (atMs < from || next < 1) continue;
    const [before, after] = [b[next - 1], b[next]];
    if (after.atMs - before.atMs > 100) continue; // the page was busy, and saw nothing
    const there = before.pos + ((after.pos - before.pos) * (atMs - before.atMs)) / (after.atMs - before.atMs);
    found.push(Math.abs(pos - there) / 24);
  }
  return found.sort((x, y) => x - y);
}
