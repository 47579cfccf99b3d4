// Judges the sound that a client received, against the gateway's own PCM of the same text.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

const RATE_HZ = 24_000;
const RAW = ["pcm", "frames", "marked", "pcm-decoded"];
const MP3_FRAME = 576;
const AAC_FRAME = 1_024;
const FURTHEST = 4_800; // samples by which a client may shift the sound: 200 ms

/** Samples by which a sound may be longer than the speech, by its form. Everything else is exact. */
const LONGER = { mp3: 2 * MP3_FRAME, aac: 3 * AAC_FRAME, frames: 4 * MP3_FRAME, marked: RATE_HZ / 100, live: RATE_HZ / 5 };

/** Fetches a speech as PCM. @returns {Promise<Int16Array>} */
export async function reference(base, { text, voice, speed }) {
  const answer = await fetch(`${base}/v1/audio/speech`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ input: text, voice, speed, response_format: "pcm" }),
  });
  if (!answer.ok) throw new Error(`the gateway did not speak the reference: ${answer.status} ${await answer.text()}`);
  return samplesOf(Buffer.from(await answer.arrayBuffer()));
}

/**
 * Compares a file with the speech that it should hold.
 *
 * @param {string} file @param {string} form format, or `frames` if the client decoded an MP3, `marked` if it marks the end by 10 ms of silence, or `live` if silence may be around it
 * @param {Int16Array} speech
 * @returns {{good: boolean, words: string}}
 */
export function judge(file, form, speech) {
  const isLive = form === "live";
  const all = RAW.includes(form) ? samplesOf(readFileSync(file)) : decoded(file);
  const heard = isLive ? trimmed(all) : all;
  if (isLive) speech = trimmed(speech);
  const more = heard.length - speech.length;
  const likeness = alike(heard, speech);
  const length = `${(heard.length / RATE_HZ).toFixed(2)} s, ${more === 0 ? "exact" : `${more > 0 ? "+" : ""}${more} samples`}`;
  const least = isLive ? -LONGER.live : 0;
  const good = speech.length > RATE_HZ / 2 && level(speech) > 0.01 && more >= least && more <= (LONGER[form] ?? 0) && likeness > 0.9;
  return { good, words: `${length}; likeness ${likeness.toFixed(3)}` };
}

function decoded(file) {
  const done = spawnSync("ffmpeg", ["-v", "error", "-i", file, "-f", "s16le", "-ac", "1", "-ar", String(RATE_HZ), "-"], { maxBuffer: 1 << 28 });
  if (done.status !== 0) throw new Error(`ffmpeg cannot read ${file}: ${done.stderr}`);
  return samplesOf(done.stdout);
}

function samplesOf(bytes) {
  return new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length - (bytes.length % 2)));
}

/** Returns a sound without the silence around it. */
function trimmed(sound) {
  const isHeard = (sample) => Math.abs(sample) > 300;
  return sound.slice(sound.findIndex(isHeard), sound.findLastIndex(isHeard) + 1);
}

/** The level of a sound, of 1. */
function level(sound) {
  return Math.sqrt(sound.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, sound.length)) / 32_768;
}

/** The highest correlation of two sounds, of 1, over all shifts that a client may cause. */
function alike(heard, speech) {
  let best = { value: 0, shift: 0 };
  const look = (shift, step) => {
    const value = correlation(heard, speech, shift, step);
    if (value > best.value) best = { value, shift };
  };
  for (let shift = -FURTHEST; shift <= FURTHEST; shift += 2) look(shift, 23);
  for (let shift = best.shift - 2, end = best.shift + 2; shift <= end; shift++) look(shift, 1);
  return correlation(heard, speech, best.shift, 1);
}

function correlation(heard, speech, shift, step) {
  let product = 0;
  let first = 0;
  let second = 0;
  for (let i = Math.max(0, -shift); i < speech.length && i + shift < heard.length; i += step) {
    product += heard[i + shift] * speech[i];
    first += heard[i + shift] ** 2;
    second += speech[i] ** 2;
  }
  return first && second ? product / Math.sqrt(first * second) : 0;
}
