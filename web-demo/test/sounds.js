// Sounds for tests in virtual time: each gives the sample at an index of the timeline, as 16 bits.

import { seeded } from "./random.js";

const RATE = 24_000;

/** @param {number} hertz @param {number} size @returns {(index: number) => number} */
export const tone = (hertz, size) => (index) => Math.round(size * Math.sin((2 * Math.PI * hertz * index) / RATE));

const LOOP = 36_000;
/** @param {(index: number) => number} sample repeats itself after a loop */
const looped = (sample) => Int16Array.from({ length: LOOP }, (_, index) => sample(index));

const voice = looped((index) => tone(140, 6000)(index) + tone(280, 3000)(index) + tone(1210, 1500)(index));
const spoken = looped((index) => (index < 28_800 ? voice[index] : 0));
const overBed = looped((index) => spoken[index] + tone(98, 2000)(index) + tone(234, 2000)(index));

/** Speech: 1.2 s of a voice, then a pause of 300 ms. @param {number} index */
export const speech = (index) => spoken[index % LOOP];

/** Speech over a bed of two tones. @param {number} index */
export const speechOverBed = (index) => overBed[index % LOOP];

const hiss = Int16Array.from(
  { length: 65_536 },
  (
    (random) => () =>
      Math.round((random() - 0.5) * 8000)
  )(seeded(3)),
);
/** A bed that is like itself nowhere, as rain. @param {number} index */
export const rain = (index) => hiss[index % hiss.length];

/** The largest difference between neighbours. @param {ArrayLike<number>} samples */
export function largestStep(samples) {
  let most = 0;
  for (let i = 1; i < samples.length; i++) most = Math.max(most, Math.abs(samples[i] - samples[i - 1]));
  return most;
}
