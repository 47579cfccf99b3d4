// The official OpenAI client and the Vercel AI SDK against a running gateway. Ends with 0 only if every check passed.
//
//   node test/whole/openai-client.mjs GATEWAY_URL=http://127.0.0.1:8080 SAMPLES=expected.pcm TEXT=… VOICE=Ethan
//
// AAC is empty if the gateway has no encoder of AAC; then it must refuse it.
// SAMPLES is a file with the engine's sound of the text in that voice: s16le, 24 kHz, mono.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createOpenAI } from "@ai-sdk/openai";
import { experimental_generateSpeech as generateSpeech } from "ai";
import OpenAI from "openai";

const settings = Object.fromEntries(process.argv.slice(2).map((argument) => argument.split(/=(.*)/s, 2)));
const { GATEWAY_URL, SAMPLES, TEXT, VOICE, AAC = "" } = settings;
const expected = readFileSync(SAMPLES);
const client = new OpenAI({ baseURL: `${GATEWAY_URL}/v1`, apiKey: "sk-anything", maxRetries: 0 });
const speech = { model: "tts-1", input: TEXT, voice: VOICE };

const pcm = await client.audio.speech.create({ ...speech, response_format: "pcm" });
assert.deepEqual(Buffer.from(await pcm.arrayBuffer()), expected, "pcm is what the engine made");

const wav = await client.audio.speech.create({ ...speech, response_format: "wav" });
assert.equal(wav.headers.get("content-type"), "audio/wav");
const file = Buffer.from(await wav.arrayBuffer());
assert.equal(file.toString("latin1", 0, 4) + file.toString("latin1", 8, 12), "RIFFWAVE");
assert.deepEqual(file.subarray(44), expected, "wav is the same behind a header");
const told = file.readUInt32LE(40);
assert.ok(told === expected.length || told === 0xffffffff, "its header tells the length, or leaves it open");
if (told === expected.length) assert.equal(Number(wav.headers.get("content-length")), file.length);

const flac = await client.audio.speech.create({ ...speech, response_format: "flac" });
assert.equal(flac.headers.get("content-type"), "audio/flac");
const lossless = Buffer.from(await flac.arrayBuffer());
assert.equal(lossless.toString("latin1", 0, 4), "fLaC");
assert.equal(lossless.readUInt16BE(42) & 0xfffe, 0xfff8, "the first frame is behind the only block of metadata");
const flacSamples = lossless.readUInt32BE(22);
assert.ok(flacSamples === expected.length / 2 || flacSamples === 0, `${flacSamples} samples are told`);

const opus = await client.audio.speech.create({ ...speech, response_format: "opus" });
const pages = Buffer.from(await opus.arrayBuffer());
const last = pages.lastIndexOf("OggS");
assert.equal(pages.toString("latin1", 28, 36), "OpusHead");
assert.equal(pages[last + 5], 4, "the last page says that it is the last");
assert.equal(Number(pages.readBigUInt64LE(last + 6)), 312 + expected.length, "two ticks a sample behind the pre-skip");

if (AAC) {
  const aac = await client.audio.speech.create({ ...speech, response_format: "aac" });
  assert.equal(aac.headers.get("content-type"), "audio/aac");
  const adts = Buffer.from(await aac.arrayBuffer());
  let count = 0;
  for (let at = 0; at < adts.length; count++) {
    assert.equal(adts.readUInt16BE(at) & 0xfff6, 0xfff0, `an ADTS frame at ${at}`);
    at += ((adts[at + 3] & 3) << 11) | (adts[at + 4] << 3) | (adts[at + 5] >> 5);
  }
  const heard = count * 1024;
  assert.ok(heard >= expected.length / 2 && heard <= expected.length / 2 + 3 * 1024, `${heard} samples in AAC`);
}

const mp3 = await client.audio.speech.create({ ...speech, response_format: "mp3" });
assert.equal(mp3.headers.get("content-type"), "audio/mpeg");
const frames = Buffer.from(await mp3.arrayBuffer());
const FRAME_BYTES = 192; // 576 samples at 64 kbit/s
assert.equal(frames.toString("latin1", 13, 17), "Info");
assert.equal(frames.length % FRAME_BYTES, 0);
for (let at = 0; at < frames.length; at += FRAME_BYTES)
  assert.equal(frames.readUInt16BE(at), 0xfff3, `a frame at ${at}`);
const framed = (frames.length / FRAME_BYTES - 1) * 576 - 576 - 529; // without the first frame and the delay of both ends
assert.ok(framed >= expected.length / 2 && framed <= expected.length / 2 + 2 * 576, `${framed} samples in MP3`);

const vercel = createOpenAI({ baseURL: `${GATEWAY_URL}/v1`, apiKey: "sk-anything" }).speech("gpt-4o-mini-tts");
const byVercel = await generateSpeech({ model: vercel, text: TEXT, voice: VOICE, outputFormat: "pcm", maxRetries: 0 });
assert.deepEqual(Buffer.from(byVercel.audio.uint8Array), expected, "the Vercel AI SDK hears the same");
const byDefault = await generateSpeech({ model: vercel, text: TEXT, maxRetries: 0 });
assert.equal(
  Buffer.from(byDefault.audio.uint8Array).toString("latin1", 13, 17),
  "Info",
  "it asks for MP3 in OpenAI's voice",
);

const events = await client.audio.speech.create({ ...speech, response_format: "pcm", stream_format: "sse" });
const parts = [];
const received = (await events.text()).trimEnd().split("\n\n");
for (const event of received) parts.push(JSON.parse(event.replace(/^data: /, "")));
const done = parts.pop();
assert.ok(parts.every(({ type }) => type === "speech.audio.delta"));
assert.deepEqual(Buffer.concat(parts.map(({ audio }) => Buffer.from(audio, "base64"))), expected, "events hold it too");
assert.equal(done.type, "speech.audio.done");
assert.equal(done.usage.input_tokens, TEXT.length);

// Twelve sentences take the engine a while. The first one must arrive well before the last.
const long = Array.from({ length: 12 }, (_, index) => `This is sentence number ${index + 1} of a long story.`).join(
  " ",
);
const begun = performance.now();
const stream = await client.audio.speech.create({ ...speech, input: long, response_format: "pcm" });
let first = 0;
let bytes = 0;
for await (const chunk of stream.body) {
  first ||= performance.now() - begun;
  bytes += chunk.length;
}
const whole = performance.now() - begun;
assert.ok(bytes > 12 * 48_000, `twelve sentences are more than twelve seconds, not ${bytes} bytes`);
assert.ok(first < whole / 2, `the first chunk came after ${first} ms of ${whole} ms`);

const alias = await client.audio.speech.create({ model: "gpt-4o-mini-tts", input: "Hi.", voice: "onyx" });
assert.equal(alias.headers.get("content-type"), "audio/mpeg", "the format that OpenAI has where none is named");
assert.ok((await alias.arrayBuffer()).byteLength > 1_000);

for (const [wrong, status, param, code] of [
  [{ response_format: AAC ? "ogg" : "aac" }, 400, "response_format", "unsupported_value"],
  [{ speed: 4.5 }, 400, "speed", "decimal_above_max_value"],
  [{ voice: "Nobody" }, 400, "voice", "InvalidParameter"],
  [{ model: "gpt-9" }, 400, "model", "InvalidParameter"],
  [{ input: "" }, 400, "input", "InvalidParameter"],
]) {
  await assert.rejects(client.audio.speech.create({ ...speech, ...wrong }), (error) => {
    assert.ok(error instanceof OpenAI.BadRequestError, `${error}`);
    assert.deepEqual([error.status, error.param, error.code], [status, param, code]);
    assert.equal(error.type, "invalid_request_error");
    assert.ok(error.requestID);
    return true;
  });
}

console.log(JSON.stringify({ samples: expected.length / 2, opusBytes: pages.length, firstMs: first, wholeMs: whole }));
