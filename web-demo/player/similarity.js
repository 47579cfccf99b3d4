import { SAMPLES_PER_MS as MS } from "./timeline.js";

const WINDOW = 15 * MS;
/** The lags that are searched hold a period of any voice: 50 to 400 Hz. */
export const SHORTEST_LAG = 2.5 * MS;
export const LONGEST_LAG = 20 * MS;
/** Mean square below which sound counts as silence in a comparison. */
const NOTHING = 1e-9;

const scratch = new Float32Array(LONGEST_LAG + WINDOW);

/**
 * Where a sound repeats itself.
 *
 * @typedef {object} Repetition
 * @property {number} lag distance to the most similar sound, in samples
 * @property {number} similarity normalised correlation of the two, at most 1
 */

/** @type {Repetition} */
const NONE = { lag: 0, similarity: -1 };

/**
 * Finds the later sound that is most similar to the sound at a position.
 *
 * @param {import("./ring.js").SampleRing} ring
 * @param {number} pos
 * @param {number} readable number of samples that may be read from `pos` on: at least a period more than is compared
 * @param {number} most the longest lag that is wanted
 * @returns {Repetition} with a negative similarity if too little can be read
 */
export function repetitionAfter(ring, pos, readable, most) {
  const longest = Math.floor(Math.min(LONGEST_LAG, most, readable - WINDOW, readable / 2));
  if (longest < SHORTEST_LAG) return NONE;
  ring.read(pos, scratch, 0, longest + WINDOW);
  return search(0, 1, longest, WINDOW);
}

/**
 * Finds the earlier sound that is most similar to the sound at a position.
 *
 * @param {import("./ring.js").SampleRing} ring
 * @param {number} pos LONGEST_LAG samples before it must be readable too
 * @param {number} readable number of samples that may be read from `pos` on
 * @param {number} most the longest lag that is wanted
 * @returns {Repetition} with a negative similarity if too little can be read
 */
export function repetitionBefore(ring, pos, readable, most) {
  const window = Math.min(WINDOW, readable);
  const longest = Math.min(LONGEST_LAG, most);
  if (Math.min(window, longest) < SHORTEST_LAG) return NONE;
  ring.read(pos - LONGEST_LAG, scratch, 0, LONGEST_LAG + window);
  return search(LONGEST_LAG, -1, longest, window);
}

/**
 * Compares the window at `at` with those at all lags: every second one by every second sample, then the neighbours of the best exactly.
 *
 * @param {number} at index in the scratch
 * @param {1 | -1} direction
 * @param {number} longest
 * @param {number} window
 * @returns {Repetition}
 */
function search(at, direction, longest, window) {
  let lag = SHORTEST_LAG;
  let most = -Infinity;
  for (let l = SHORTEST_LAG; l <= longest; l += 2) {
    const similarity = correlation(at, at + direction * l, window, 2);
    if (similarity > most) [lag, most] = [l, similarity];
  }
  const coarse = lag;
  most = -Infinity;
  for (let l = Math.max(SHORTEST_LAG, coarse - 1); l <= Math.min(longest, coarse + 1); l++) {
    const similarity = correlation(at, at + direction * l, window, 1);
    if (similarity > most) [lag, most] = [l, similarity];
  }
  return { lag, similarity: most };
}

/** @param {number} a @param {number} b @param {number} window @param {number} step */
function correlation(a, b, window, step) {
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < window; i += step) {
    const [x, y] = [scratch[a + i], scratch[b + i]];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  const silent = (NOTHING * window) / step;
  if (aa < silent && bb < silent) return 1;
  return ab / Math.sqrt(Math.max(aa, silent) * Math.max(bb, silent));
}
