import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { HEADER_BYTES, decodeFrame, isEarlier, isOlder, nextSeq } from "../player/frames.js";
import { encodeFrame } from "./wire.js";

const golden = (name) =>
  JSON.parse(readFileSync(new URL(`../../src/test/resources/golden/${name}`, import.meta.url), "utf8"));
const bytes = (hex) => Uint8Array.from(Buffer.from(hex, "hex")).buffer;

for (const entry of golden("entries.json")) {
  test(`reads the golden entry: ${entry.name}`, () => {
    const frame = decodeFrame(bytes(entry.hex));
    const { type, flags, gen, seq, pos, ts_us: tsUs } = entry;
    assert.deepEqual(
      { ...frame, samples: null },
      { type, flags, gen, seq, pos, tsUs, count: entry.count ?? entry.samples.length, samples: null, packet: null },
    );
    assert.deepEqual([...(frame.samples ?? [])], entry.samples);
  });

  test(`writes the golden entry: ${entry.name}`, () => {
    assert.equal(Buffer.from(encodeFrame({ ...entry, tsUs: entry.ts_us })).toString("hex"), entry.hex);
  });
}

for (const { name, text, json } of golden("messages.json")) {
  test(`the golden message is one line of its own fields in order: ${name}`, () => {
    assert.equal(text, JSON.stringify(json));
    assert.ok(!text.includes("\n"));
  });
}

test("lays the samples over the message's own buffer", () => {
  const message = encodeFrame({ samples: [1, 2, 3] });
  const { samples } = decodeFrame(message);
  assert.equal(samples?.buffer, message);
  assert.equal(samples?.byteOffset, HEADER_BYTES);
});

test("refuses what is not a whole frame", () => {
  assert.throws(() => decodeFrame(new ArrayBuffer(HEADER_BYTES - 1)), RangeError);
  assert.throws(() => decodeFrame(encodeFrame({ samples: [1] }).slice(0, HEADER_BYTES + 1)), /half a sample/);
  assert.throws(() => decodeFrame(encodeFrame({ type: 2, count: 1 }).slice(0, HEADER_BYTES + 3)), RangeError);
  assert.throws(() => decodeFrame(encodeFrame({ pos: 2 ** 60 })), /exact integers/);
});

test("a reserved type holds no samples and is not refused", () => {
  assert.equal(decodeFrame(encodeFrame({ type: 9, samples: [1, 2] })).count, 0);
});

test("generations and entries compare by serial number", () => {
  assert.ok(isOlder(65535, 0) && isOlder(1, 2) && !isOlder(2, 2) && !isOlder(0, 65535));
  assert.ok(isEarlier(0xffffffff, 0) && !isEarlier(5, 5) && !isEarlier(0, 0xffffffff));
  assert.equal(nextSeq(0xffffffff), 0);
});
