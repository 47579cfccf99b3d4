// The server's side of the protocol, for tests: builds the messages that the gateway would send.

import { HEADER_BYTES, SILENCE } from "../player/frames.js";

/**
 * @param {{type?: number, flags?: number, gen?: number, seq?: number, pos?: number, tsUs?: number, samples?: number[] | Int16Array, count?: number, packet?: Uint8Array}} frame
 * @returns {ArrayBuffer}
 */
export function encodeFrame({
  type = 1,
  flags = 0,
  gen = 0,
  seq = 0,
  pos = 0,
  tsUs = 0,
  samples = [],
  count = 0,
  packet,
}) {
  const payloadBytes = type === SILENCE ? 4 : (packet?.length ?? samples.length * 2);
  const buffer = new ArrayBuffer(HEADER_BYTES + payloadBytes);
  const view = new DataView(buffer);
  view.setUint8(0, type);
  view.setUint8(1, flags);
  view.setUint16(2, gen);
  view.setUint32(4, seq);
  view.setBigUint64(8, BigInt(pos));
  view.setBigInt64(16, BigInt(tsUs));
  if (packet) new Uint8Array(buffer, HEADER_BYTES).set(packet);
  else if (type === SILENCE) view.setUint32(HEADER_BYTES, count);
  else samples.forEach((sample, index) => view.setInt16(HEADER_BYTES + 2 * index, sample, true));
  return buffer;
}

/** A sample that tells its own index: any 65,536 in a row are all different. @param {number} index */
export const selfIndexing = (index) => ((index * 7919) % 65536) - 32768;

/** @param {number} pos @param {number} count */
export function selfIndexingRun(pos, count) {
  const samples = new Int16Array(count);
  for (let i = 0; i < count; i++) samples[i] = selfIndexing(pos + i);
  return samples;
}
