// The broadcast loop of the documentation of `ws`, on the common grid: node ws.mjs PORT FRAMES_PER_SEND. As many 20 ms messages as
// asked for go out together, each by a send() of its own, corked so that they leave in one write.
import { createRequire } from "node:module";

const { WebSocketServer, WebSocket } = createRequire(new URL("../../../web-demo/package.json", import.meta.url))("ws");
const [port, batch] = process.argv.slice(2).map(Number);
const TICK_US = 20_000;
const LEAD_US = 100_000;
const SAMPLES = 480;

const server = new WebSocketServer({
  port,
  host: "127.0.0.1",
  backlog: 4096,
  perMessageDeflate: false,
  handleProtocols: () => "stentor.v1",
});
server.on("connection", (socket) => {
  socket.on("message", () => {});
  socket.on("error", () => {});
});

/** @param {number} n the sample's number; see load/sound.h */
function sample(n) {
  let h = n | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) & 0xffff;
}

function encode(seq, dueUs) {
  const message = Buffer.allocUnsafe(24 + SAMPLES * 2);
  message.writeUInt8(1, 0);
  message.writeUInt8(0, 1);
  message.writeUInt16BE(1, 2);
  message.writeUInt32BE(seq, 4);
  message.writeBigUInt64BE(BigInt((seq - 1) * SAMPLES), 8);
  message.writeBigInt64BE(BigInt(dueUs), 16);
  for (let i = 0; i < SAMPLES; i++) message.writeUInt16LE(sample((seq - 1) * SAMPLES + i), 24 + 2 * i);
  return message;
}

const nowUs = () => Number(process.hrtime.bigint() / 1000n);
let seq = 0;
let tick = Math.floor(nowUs() / TICK_US) + 1;
let waiting = [];

function serve() {
  for (; nowUs() >= tick * TICK_US; tick++) {
    waiting.push(encode(++seq, tick * TICK_US + LEAD_US));
    if (waiting.length === batch) {
      send(waiting);
      waiting = [];
    }
  }
  setTimeout(serve, Math.max(0, (tick * TICK_US - nowUs()) / 1000));
}

function send(messages) {
  server.clients.forEach((client) => {
    if (client.readyState !== WebSocket.OPEN) return;
    if (messages.length === 1) return client.send(messages[0]);
    client._socket.cork();
    messages.forEach((message) => client.send(message));
    client._socket.uncork();
  });
}
serve();
