// A stream on the loopback address whose packets come late at random, and in bursts.

import { createServer } from "node:http";

const RATE = 24_000;
const PACKET_MS = 100;

/**
 * Returns one second of a sine, as a WAV file of 32-bit floats. It loops without a seam if its frequency is a whole number.
 *
 * @param {number} hertz
 * @param {number} amplitude
 * @param {number} samples
 */
export function toneWav(hertz, amplitude, samples) {
  const body = Buffer.alloc(4 * samples);
  for (let i = 0; i < samples; i++) body.writeFloatLE(amplitude * Math.sin((2 * Math.PI * hertz * i) / RATE), 4 * i);
  return Buffer.concat([head(3, 32, body.length), body]);
}

/**
 * Serves an endless tone at the pace of real time; about once a second a packet is delayed by up to 0.8 s.
 *
 * @param {number} port
 * @param {number} hertz
 * @param {number} amplitude
 * @param {() => number} random
 */
export async function serveLate(port, hertz, amplitude, random) {
  let heldUp = 0;
  const server = createServer((_, response) => {
    response.writeHead(200, { "content-type": "audio/wav" });
    response.write(head(1, 16, 0xffffffff));
    const began = performance.now();
    let sent = 0;
    let until = 0;
    const timer = setInterval(() => {
      const now = performance.now();
      if (now < until) return;
      if (random() < PACKET_MS / 1500) {
        until = now + 250 + random() * 550;
        heldUp++;
        return;
      }
      const due = Math.floor(((now - began) * RATE) / 1000);
      const body = Buffer.alloc(2 * (due - sent));
      for (let i = 0; sent < due; i++, sent++) {
        body.writeInt16LE(Math.round(32767 * amplitude * Math.sin((2 * Math.PI * hertz * sent) / RATE)), 2 * i);
      }
      response.write(body);
    }, PACKET_MS);
    response.on("close", () => clearInterval(timer));
  });
  await new Promise((resolve) => server.listen(port, "127.0.0.1", () => resolve(undefined)));
  const { port: bound } = /** @type {import("node:net").AddressInfo} */ (server.address());
  return {
    url: `http://127.0.0.1:${bound}`,
    heldUp: () => heldUp,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** @param {number} coding @param {number} bits @param {number} bytes */
function head(coding, bits, bytes) {
  const header = Buffer.alloc(44);
  header.write("RIFF", 0);
  header.writeUInt32LE(Math.min(0xffffffff, bytes + 36), 4);
  header.write("WAVEfmt ", 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(coding, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(RATE, 24);
  header.writeUInt32LE((RATE * bits) / 8, 28);
  header.writeUInt16LE(bits / 8, 32);
  header.writeUInt16LE(bits, 34);
  header.write("data", 36);
  header.writeUInt32LE(bytes, 40);
  return header;
}
