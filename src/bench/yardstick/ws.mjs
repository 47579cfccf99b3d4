// The broadcast loop of the documentation of `ws`, on the common grid: node ws.mjs PORT FRAMES_PER_SEND. As many 20 ms messages as
// asked for go out together, each by a send() of its own, corked so that they leave in one write.
import { createRequire } from "node:module";
import { onGrid } from "./grid.mjs";

const { WebSocketServer, WebSocket } = createRequire(new URL("../../../web-demo/package.json", import.meta.url))("ws");
const [port, batch] = process.argv.slice(2).map(Number);

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

/** @type {Buffer[]} */
let waiting = [];
onGrid((message) => {
  waiting.push(message);
  if (waiting.length === batch) {
    send(waiting);
    waiting = [];
  }
});

function send(messages) {
  server.clients.forEach((client) => {
    if (client.readyState !== WebSocket.OPEN) return;
    if (messages.length === 1) return client.send(messages[0]);
    client._socket.cork();
    messages.forEach((message) => client.send(message));
    client._socket.uncork();
  });
}
