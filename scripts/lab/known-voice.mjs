// A speech service with OpenAI's API whose every sample is known from the text: a place in a table of noise, and so much from there on.
import http from "node:http";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";

const TABLE = 1 << 20;
const LONGEST = 1 << 19;
/** Samples of a millisecond, and of a frame of 20 ms. */
export const SAMPLES_PER_MS = 24;
export const FRAME = 20 * SAMPLES_PER_MS;
const SAMPLES_A_CHARACTER = 2_400;

/** Noise without two places that are alike, the same in each process; as many samples again at the end as a text may have. */
const noise = Buffer.alloc(2 * (TABLE + LONGEST));
let state = 0x9e3779b9;
for (let i = 0; i < TABLE; i++) {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  noise.writeInt16LE((state >> 18) | 1, 2 * i); // never silence
}
noise.copy(noise, 2 * TABLE, 0, 2 * LONGEST);
const SILENCE = Buffer.alloc(2 * FRAME);

/** @returns {{from: number, samples: number}} where the sound of a text lies in the table */
export function soundOf(text) {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return { from: hash % TABLE, samples: Math.min(LONGEST, SAMPLES_A_CHARACTER * text.length + (hash % FRAME)) };
}

/** Tells whether a frame is the right one of a text, beginning with its sample {@code at}; after the end there is silence. */
export function isFrameOf({ from, samples }, at, frame, offset) {
  const left = Math.max(0, Math.min(FRAME, samples - at));
  const end = offset + 2 * left;
  return frame.length === offset + 2 * FRAME && frame.compare(noise, 2 * (from + at), 2 * (from + at + left), offset, end) === 0 &&
    frame.compare(SILENCE, 0, 2 * (FRAME - left), end, offset + 2 * FRAME) === 0;
}

/** Starts the service on a thread of its own, so that it delays no listener. */
export async function knownVoice() {
  const worker = new Worker(new URL(import.meta.url), { workerData: { voice: true } });
  const port = await new Promise((resolve) => worker.once("message", resolve));
  return { url: `http://127.0.0.1:${port}/v1`, end: () => worker.terminate() };
}

if (!isMainThread && workerData?.voice) {
  const server = http.createServer((request, response) => {
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", () => {
      const { from, samples } = soundOf(JSON.parse(Buffer.concat(parts).toString()).input);
      response.writeHead(200, { "content-type": "audio/pcm" });
      response.end(noise.subarray(2 * from, 2 * (from + samples)));
    });
  });
  server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));
}
