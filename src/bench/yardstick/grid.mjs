// The messages that every yardstick in JavaScript sends, and the grid of 20 ms on which it does; see load/sound.h.
export const FRAME_BYTES = 24 + 960;
const TICK_US = 20_000;
const LEAD_US = 100_000;
const SAMPLES = 480;

/** @param {number} n the sample's number */
function sample(n) {
  let h = n | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) & 0xffff;
}

/** @param {number} seq from 1 @param {number} dueUs */
function encode(seq, dueUs) {
  const message = Buffer.allocUnsafe(FRAME_BYTES);
  message.writeUInt8(1, 0);
  message.writeUInt8(0, 1);
  message.writeUInt16BE(1, 2);
  message.writeUInt32BE(seq, 4);
  message.writeBigUInt64BE(BigInt((seq - 1) * SAMPLES), 8);
  message.writeBigInt64BE(BigInt(dueUs), 16);
  for (let i = 0; i < SAMPLES; i++) message.writeUInt16LE(sample((seq - 1) * SAMPLES + i), 24 + 2 * i);
  return message;
}

/** CLOCK_MONOTONIC in µs, as Node tells it. */
const monotonicUs = () => Number(process.hrtime.bigint() / 1000n);

/** Gives out one message at each point of the grid, from now on. @param {(message: Buffer) => void} send @param {() => number} nowUs */
export function onGrid(send, nowUs = monotonicUs) {
  let seq = 0;
  let tick = Math.floor(nowUs() / TICK_US) + 1;
  const serve = () => {
    for (; nowUs() >= tick * TICK_US; tick++) send(encode(++seq, tick * TICK_US + LEAD_US));
    setTimeout(serve, Math.max(0, (tick * TICK_US - nowUs()) / 1000));
  };
  serve();
}
