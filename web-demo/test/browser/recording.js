/**
 * Turns on a page's tap. From then on `window.stentorRecording` keeps the played samples and the events.
 *
 * @param {import("playwright-core").Page} page with `window.stentor`
 */
export function startRecording(page) {
  return page.evaluate(() => {
    const recording = { runs: [], started: [], ended: [], captions: [] };
    const { stentor } = window;
    stentor.addEventListener("tap", ({ detail }) => recording.runs.push(detail));
    stentor.addEventListener("utterance", ({ detail }) => recording[detail.phase].push(detail));
    stentor.addEventListener("caption", ({ detail }) => recording.captions.push(detail));
    stentor.tap();
    window.stentorRecording = recording;
  });
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
      const { ended, started, runs } = window.stentorRecording;
      const end = ended.find((event) => wanted === null || event.id === wanted);
      const start = started.find((event) => event.id === end?.id);
      if (!end || !start || runs.length === 0) return null;
      const last = runs.at(-1);
      return last.pos + last.samples.length >= start.pos + end.samples ? { ...end, pos: start.pos } : null;
    },
    id,
    { timeout: timeoutMs, polling: 50 },
  );
  return handle.jsonValue();
}

/**
 * Fetches the recording, as one piece for each run of consecutive samples.
 *
 * @param {import("playwright-core").Page} page
 * @returns {Promise<{pos: number, samples: Int16Array}[]>}
 */
export async function recordedRuns(page) {
  const blocks = await page.evaluate(() =>
    window.stentorRecording.runs.map(({ pos, samples }) => {
      const bytes = new Uint8Array(samples.buffer);
      return { pos, text: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")) };
    }),
  );
  const runs = [];
  for (const { pos, text } of blocks) {
    const bytes = Buffer.from(text, "base64");
    const samples = Array.from({ length: bytes.length / 2 }, (_, i) => bytes.readInt16LE(2 * i));
    const run = runs.at(-1);
    if (run && run.pos + run.samples.length === pos) run.samples.push(...samples);
    else runs.push({ pos, samples });
  }
  return runs.map(({ pos, samples }) => ({ pos, samples: Int16Array.from(samples) }));
}

/**
 * Counts how many samples from `pos` on were never played, and how many were played twice.
 *
 * @param {{pos: number, samples: Int16Array}[]} runs
 * @param {number} pos
 * @param {number} count
 */
export function account(runs, pos, count) {
  const heard = new Int16Array(count);
  const times = new Uint8Array(count);
  for (const run of runs) {
    for (let i = 0; i < run.samples.length; i++) {
      const at = run.pos + i - pos;
      if (at < 0 || at >= count) continue;
      heard[at] = run.samples[i];
      times[at]++;
    }
  }
  return { heard, lost: times.filter((n) => n === 0).length, repeated: times.filter((n) => n > 1).length };
}
