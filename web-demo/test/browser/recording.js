/**
 * Has the players of a page leave the length of the sound as it is, for tests that measure the sound itself. Before the page is opened.
 *
 * @param {import("playwright-core").Page} page
 */
export function playExactly(page) {
  return page.addInitScript(() => {
    const Original = window.AudioWorkletNode;
    window.AudioWorkletNode = class extends Original {
      constructor(...args) {
        super(...args);
        if (args[1] === "stentor-playout") this.port.postMessage({ t: "exact" });
      }
    };
  });
}

/**
 * Turns on a page's tap, and waits until it is on, if the output runs. From then on `window.stentorRecording` keeps the played samples and
 * the events.
 *
 * @param {import("playwright-core").Page} page with `window.stentor`
 */
export async function startRecording(page) {
  await page.evaluate(() => {
    const recording = { on: false, runs: [], scaled: [], started: [], ended: [], captions: [] };
    const { stentor } = window;
    stentor.addEventListener("tap", ({ detail }) => {
      recording.on = true;
      if (detail.samples.length > 0) recording.runs.push(detail);
    });
    stentor.addEventListener("timescale", ({ detail }) => recording.scaled.push(detail));
    stentor.addEventListener("utterance", ({ detail }) => recording[detail.phase].push(detail));
    stentor.addEventListener("caption", ({ detail }) => recording.captions.push(detail));
    stentor.tap();
    window.stentorRecording = recording;
  });
  // Sound takes another way to the audio thread, and would get there first on a busy machine.
  await page.waitForFunction(() => window.stentorRecording.on || window.stentor.state.audio !== "running");
}

/**
 * Waits until an utterance was heard completely and all of its samples are recorded.
 *
 * @param {import("playwright-core").Page} page
 * @param {string | null} id null: the first one
 * @param {number} timeoutMs
 */
export async function heardToItsEnd(page, id, timeoutMs) {
  const handle = await page.waitForFunction(
    (wanted) => {
      const { ended, started, runs, scaled } = window.stentorRecording;
      const end = ended.find((event) => wanted === null || event.id === wanted);
      const start = started.find((event) => event.id === end?.id);
      if (!end || !start || runs.length === 0) return null;
      const last = runs.at(-1);
      const change = scaled.at(-1) ?? { pos: 0, removed: 0, blended: 0 };
      const until = Math.max(last.pos + last.samples.length, change.pos + change.removed + change.blended);
      return until >= start.pos + end.samples ? { ...end, pos: start.pos } : null;
    },
    id,
    { timeout: timeoutMs, polling: 50 },
  );
  return handle.jsonValue();
}

/**
 * Samples that follow each other. Those that are `altered` are not the ones that were sent: the player named them where it changed the sound's
 * length. They are 0 here.
 *
 * @typedef {{pos: number, samples: Int16Array, altered: {from: number, to: number}[]}} Run
 */

/**
 * Fetches the recording, as one piece for each run of samples that are accounted for.
 *
 * @param {import("playwright-core").Page} page
 * @returns {Promise<Run[]>}
 */
export async function recordedRuns(page) {
  const { blocks, scaled } = await page.evaluate(() => ({
    blocks: window.stentorRecording.runs.map(({ pos, samples }) => {
      const bytes = new Uint8Array(samples.buffer);
      return { pos, text: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")) };
    }),
    scaled: window.stentorRecording.scaled,
  }));
  const pieces = blocks.map(({ pos, text }) => {
    const bytes = Buffer.from(text, "base64");
    return { pos, samples: Array.from({ length: bytes.length / 2 }, (_, i) => bytes.readInt16LE(2 * i)), altered: [] };
  });
  for (const { pos, removed, blended } of scaled) {
    const count = removed + blended;
    if (count > 0) pieces.push({ pos, samples: Array(count).fill(0), altered: [{ from: pos, to: pos + count }] });
  }
  const runs = [];
  for (const { pos, samples, altered } of pieces.sort((a, b) => a.pos - b.pos)) {
    const run = runs.at(-1);
    if (run && run.pos + run.samples.length === pos) {
      run.samples.push(...samples);
      run.altered.push(...altered);
    } else runs.push({ pos, samples, altered });
  }
  return runs.map((run) => ({ ...run, samples: Int16Array.from(run.samples) }));
}

/**
 * Counts how many samples from `pos` on were never played, and how many were played twice. `altered` has 1 for each that the player named
 * where it changed the sound's length.
 *
 * @param {{pos: number, samples: Int16Array, altered?: {from: number, to: number}[]}[]} runs
 * @param {number} pos
 * @param {number} count
 */
export function account(runs, pos, count) {
  const heard = new Int16Array(count);
  const times = new Uint8Array(count);
  const altered = new Uint8Array(count);
  for (const run of runs) {
    for (let i = 0; i < run.samples.length; i++) {
      const at = run.pos + i - pos;
      if (at < 0 || at >= count) continue;
      heard[at] = run.samples[i];
      times[at]++;
    }
    for (const { from, to } of run.altered ?? []) altered.fill(1, Math.max(0, from - pos), Math.max(0, to - pos));
  }
  return { heard, altered, lost: times.filter((n) => n === 0).length, repeated: times.filter((n) => n > 1).length };
}

/** Returns the first sample that is neither the one that was sent nor named as altered; -1 if there is none. */
export const firstWrong = ({ heard, altered }, sent) =>
  heard.findIndex((sample, i) => !altered[i] && sample !== sent(i));

/**
 * Returns the parts of a sound that the player named as altered, as numbers of samples from the beginning.
 *
 * @param {Uint8Array} altered 1 for each altered sample
 * @returns {{from: number, to: number}[]}
 */
export function alteredParts(altered) {
  const parts = [];
  for (let i = 0; i < altered.length; i++) {
    if (!altered[i]) continue;
    if (altered[i - 1]) parts.at(-1).to++;
    else parts.push({ from: i, to: i + 1 });
  }
  return parts;
}
