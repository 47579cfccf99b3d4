import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { FIRST, HEADER_BYTES, LAST, MIXED, decodeFrame } from "../player/frames.js";
import { OpusDecoding } from "../player/opus.js";
import { encodeFrame } from "./wire.js";

const LAG = 156;

/** A decoder whose samples tell their packet: all samples of a packet, which come late, have the packet's byte as value. */
class FakeDecoder {
  state = "unconfigured";
  waiting = [];

  constructor({ output, error }) {
    Object.assign(this, { output, error });
  }

  configure() {
    this.state = "configured";
  }

  decode({ data, duration }) {
    this.waiting.push({ value: data[0], length: duration === 40_000 ? 1920 : 960 });
  }

  /** Outputs the sound of the next packets. */
  yield(count = this.waiting.length) {
    for (const { value, length } of this.waiting.splice(0, count)) {
      const copyTo = (to) => to.fill(value / 32768).fill((value - 1) / 32768, 0, 2 * LAG);
      this.output({ numberOfFrames: length, copyTo, close: () => {} });
    }
  }

  close() {
    this.state = "closed";
  }
}

globalThis.EncodedAudioChunk ??= class {
  constructor(init) {
    Object.assign(this, init);
  }
};

let decoders, written, faults, decoding;
beforeEach(() => {
  decoders = [];
  written = [];
  faults = [];
  decoding = new OpusDecoding(
    2 * LAG,
    {
      write(frame, buffer) {
        if (frame.samples) assert.deepEqual(new Int16Array(buffer, HEADER_BYTES), frame.samples);
        written.push({ ...frame, end: frame.pos + frame.count, frame });
      },
    },
    (what) => faults.push(what),
    (init) => {
      decoders.push(new FakeDecoder(init));
      return /** @type {any} */ (decoders.at(-1));
    },
  );
});

function write(index, { flags = 0, playFrom = 0, gen = 1, tsUs = 0 } = {}) {
  const packet = Uint8Array.of(index + 1);
  const message = encodeFrame({ packet, flags, gen, seq: index, pos: index * 480, tsUs });
  decoding.write(decodeFrame(message, "opus"), message, false, 0, playFrom);
}

const places = () => written.map(({ pos, end }) => [pos, end]);

test("every sample comes out once, at its place, and the last packet brings the rest", () => {
  write(0, { flags: FIRST });
  write(1);
  write(2, { flags: LAST });
  decoders[0].yield();
  assert.deepEqual(places(), [
    [0, 324],
    [324, 804],
    [804, 1440],
  ]);
  const samples = written.flatMap(({ samples }) => [...samples]);
  assert.deepEqual(samples, [...Array(480).fill(1), ...Array(480).fill(2), ...Array(480).fill(3)]);
  assert.deepEqual(
    written.map(({ flags }) => flags),
    [FIRST, 0, LAST],
  );
});

test("an utterance that is queued goes on where the rest of the one before ended", () => {
  write(0, { flags: FIRST | LAST });
  write(1, { flags: FIRST });
  decoders[0].yield();
  assert.deepEqual(places(), [
    [0, 480],
    [480, 804],
  ]);
});

test("in a mix the sound goes on behind the end of an utterance", () => {
  write(0, { flags: FIRST | MIXED });
  write(1, { flags: LAST | MIXED });
  write(2, { flags: MIXED });
  decoders[0].yield();
  assert.deepEqual(places(), [
    [0, 324],
    [324, 804],
    [804, 1284],
  ]);
});

test("the due time moves with the place", () => {
  write(0, { tsUs: 1_000_000 });
  write(1, { tsUs: 1_020_000 });
  decoders[0].yield();
  assert.deepEqual(
    written.map(({ tsUs }) => tsUs),
    [1_000_000, 1_013_500],
  );
});

test("pre-roll is decoded and dropped", () => {
  for (let i = 10; i < 16; i++) write(i, { playFrom: 14 * 480 });
  decoders[0].yield();
  assert.deepEqual(places(), [
    [6720, 7044],
    [7044, 7524],
  ]);
});

test("a resume that goes on with the next packet loses nothing of the one before", () => {
  write(0);
  write(1, { playFrom: 480 });
  decoders[0].yield();
  assert.deepEqual(places(), [
    [0, 324],
    [324, 804],
  ]);
});

test("frames of another node's encoder are decoded after a resume, and nothing is lost or comes twice", () => {
  for (let i = 0; i < 6; i++) write(i);
  for (let i = 2; i < 8; i++) write(i, { playFrom: 6 * 480 - LAG });
  decoders[0].yield();
  assert.deepEqual(
    places(),
    [0, 324, 804, 1284, 1764, 2244, 2724, 3204].map((pos, i) => [pos, 324 + i * 480]),
  );
});

test("after a hole the sound begins at its place, not before", () => {
  write(0);
  write(5);
  decoders[0].yield();
  assert.deepEqual(places(), [
    [0, 324],
    [2400, 2724],
  ]);
});

test("silence keeps its turn, and what follows begins anew", () => {
  write(0);
  const message = encodeFrame({ type: 2, seq: 1, pos: 480, count: 480 });
  decoding.write(decodeFrame(message, "opus"), message, false, 0, 0);
  write(2);
  assert.equal(written.length, 0);
  decoders[0].yield();
  assert.deepEqual(places(), [
    [0, 324],
    [480, 960],
    [960, 1284],
  ]);
});

test("what waits for sound waits until it has come out", () => {
  const told = [];
  write(0);
  write(1);
  decoding.after(() => told.push(written.length));
  decoders[0].yield(1);
  assert.deepEqual(told, []);
  decoders[0].yield();
  decoding.after(() => told.push("at once"));
  assert.deepEqual(told, [2, "at once"]);
});

test("a reset drops what is in the decoder, and whatever it still says", () => {
  const told = [];
  write(0);
  decoding.after(() => told.push("over"));
  decoding.reset();
  decoders[0].yield();
  assert.deepEqual([written, told], [[], ["over"]]);
  write(7);
  decoders[1].yield();
  assert.deepEqual(places(), [[3360, 3684]]);
});

test("a decoder that breaks is told, and replaced", () => {
  write(0);
  decoders[0].error({ message: "broken" });
  write(1);
  decoders[1].yield();
  assert.deepEqual(faults, ["opus: broken"]);
  assert.deepEqual(places(), [[480, 804]]);
});
