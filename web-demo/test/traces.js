// Networks as players meet them, for tests in virtual time: each gives the delay of what is sent at a time, in ms.

/** @typedef {(sentMs: number) => number} Network */

/** A wired network: hardly any jitter. @param {() => number} random @returns {Network} */
export const lan = (random) => () => random() * 4;

/** Each message delayed by 0 to 160 ms. @param {() => number} random @returns {Network} */
export const uniform = (random) => () => random() * 160;

/** A busy wireless network: every few seconds a burst is held up for 60 to 180 ms. @param {() => number} random @returns {Network} */
export const wifi = (random) => heldUp(random, { everyMs: [1_000, 4_000], forMs: [60, 180], jitterMs: 10 });

/** A mobile network: seldom a stall of 150 to 600 ms. @param {() => number} random @returns {Network} */
export const lte = (random) => heldUp(random, { everyMs: [30_000, 90_000], forMs: [150, 600], jitterMs: 40 });

/** A network that is bad for a minute. @param {() => number} random @returns {Network} */
export const step = (random) => (sentMs) => random() * (sentMs > 60_000 && sentMs < 120_000 ? 180 : 10);

/** Nothing comes for a while, and then everything at once. @param {number} fromMs @param {number} ms @returns {Network} */
export const stall = (fromMs, ms) => (sentMs) => 2 + Math.max(0, sentMs >= fromMs ? fromMs + ms - sentMs : 0);

/** @param {() => number} random @param {{everyMs: number[], forMs: number[], jitterMs: number}} how @returns {Network} */
function heldUp(random, { everyMs, forMs, jitterMs }) {
  const between = (/** @type {number[]} */ [least, most]) => least + random() * (most - least);
  let from = between(everyMs);
  let until = from + between(forMs);
  return (sentMs) => {
    if (sentMs >= until) {
      from = sentMs + between(everyMs);
      until = from + between(forMs);
    }
    return random() * jitterMs + (sentMs >= from ? until - sentMs : 0);
  };
}
