// Two pages of one browser play in step, on a calm line and with 40 ms of jitter. Ends with 0 only if 95 % of the differences are within
// 2 ms and 6 ms. For a quiet machine.
//
//   node test/soak/in-step.mjs [SECONDS=60] [SEED=1]

import { AUTOPLAY, launch } from "../browser/browser.js";
import { playInStep } from "../browser/in-step.js";

const { SECONDS, SEED } = {
  SECONDS: "60",
  SEED: "1",
  ...process.env,
  ...Object.fromEntries(process.argv.slice(2).map((argument) => argument.split(/=(.*)/s, 2))),
};

const browser = await launch([AUTOPLAY]);
try {
  for (const [jitterMs, mostMs] of [
    [0, 2],
    [40, 6],
  ]) {
    const { differences, errors, underruns } = await playInStep(browser, {
      seconds: Number(SECONDS),
      jitterMs,
      seed: Number(SEED),
    });
    const share = (/** @type {number} */ part) => differences[Math.floor(part * (differences.length - 1))] ?? Infinity;
    const [median, most] = [0.5, 0.95].map(share);
    console.log(
      `jitter ${jitterMs} ms: median ${median.toFixed(2)} ms, p95 ${most.toFixed(2)} ms of ${mostMs}, worst ${share(1).toFixed(2)} ms, ` +
        `own errors ${errors.map((error) => Number(error).toFixed(2)).join(" and ")} ms, underruns ${underruns.join(" and ")}`,
    );
    if (!(most <= mostMs)) process.exitCode = 1;
  }
} finally {
  await browser.close();
}
