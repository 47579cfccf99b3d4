// The broadcast of Bun's own server, as its documentation has it: each socket subscribes to a topic, and the server publishes to it, on the
// common grid: bun bun.mjs PORT.
import { dlopen } from "bun:ffi";
import { onGrid } from "./grid.mjs";

const CLOCK_MONOTONIC = 1;

/** How far the clock of the grid is ahead of Bun's own, which counts from the start of the process, in µs. */
function clockOffsetUs() {
  const { clock_gettime: read } = dlopen("libc.so.6", { clock_gettime: { args: ["i32", "ptr"], returns: "i32" } }).symbols;
  const now = new BigInt64Array(2);
  read(CLOCK_MONOTONIC, now);
  return Number(now[0]) * 1e6 + Number(now[1]) / 1000 - Bun.nanoseconds() / 1000;
}

const offsetUs = clockOffsetUs();

const server = Bun.serve({
  port: Number(process.argv[2]),
  hostname: "127.0.0.1",
  fetch: (request, server) =>
    server.upgrade(request, { headers: { "Sec-WebSocket-Protocol": "stentor.v1" } }) ? undefined : new Response(null, { status: 400 }),
  websocket: {
    perMessageDeflate: false,
    open: (socket) => socket.subscribe("sound"),
    message: () => {},
  },
});
onGrid(
  (message) => server.publish("sound", message),
  () => Math.floor(Bun.nanoseconds() / 1000 + offsetUs),
);
