// How long the first sound takes inside the gateway: from a POST to the request at the speech service, and from that service's first byte to
// the first frame at a listener. Cold, right after the gateway says that it is ready, and warm, after hundreds of utterances.
//
//   node src/bench/first-sound.mjs [RUNS=3] [COUNT=30] [WARM=500] [SETTINGS=]
//
// The service is a stub of this process, which answers in the shape of Qwen-TTS after 5 ms; one listener of one channel is connected first.
// Medians of COUNT utterances, and the very first one. What a JVM's start takes until /readyz is told too. SETTINGS are more arguments of the
// gateway. Linux only.
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { createServer } from "node:http";
import { connect } from "node:net";
import { setTimeout as after } from "node:timers/promises";
import { ROOT, build } from "./harness/build.mjs";
import { machine } from "./harness/machine.mjs";
import { options } from "./harness/options.mjs";
import { LOAD_CORE, gateway } from "./harness/servers.mjs";

const { WebSocket } = createRequire(`${ROOT}/web-demo/package.json`)("ws");
const wish = options({ RUNS: "3", COUNT: "30", WARM: "500", SETTINGS: "" });
const [runs, count, warm] = ["RUNS", "COUNT", "WARM"].map((name) => Number(wish[name]));
const THINKS_MS = 5;
const SOUND = Buffer.alloc(960, 1).toString("base64"); // one frame
const event = (data, reason) =>
  `data:{"output":{"audio":{"data":"${data}","id":"a","url":""},"finish_reason":"${reason}"},"usage":{"characters":5},"request_id":"r"}\n\n`;
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** What happened last, in ms of this process's clock. */
const seen = { asked: 0, answered: 0, heard: 0 };
let tell = () => {};

const service = createServer((request, response) => {
  seen.asked = performance.now();
  request.resume();
  request.on("end", async () => {
    await after(THINKS_MS);
    response.writeHead(200, { "content-type": "text/event-stream" });
    seen.answered = performance.now();
    response.end(event(SOUND, "null") + event("", "stop"));
  });
});

/** @param {number} port */
async function listen(port) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/v1/channels/bench/listen`, "stentor.v1");
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  const greeted = new Promise((resolve) => socket.once("message", resolve));
  socket.on("message", (data, binary) => {
    if (binary && seen.heard === 0) seen.heard = performance.now();
    if (!binary && JSON.parse(`${data}`).t === "utterance.ended") tell();
  });
  socket.send(JSON.stringify({ t: "hello", v: 1 }));
  await greeted;
  return socket;
}

/** A connection that posts texts, with as little of this process's own time as can be. @param {number} port */
async function poster(port) {
  const socket = connect(port, "127.0.0.1").setNoDelay(true);
  await new Promise((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  socket.on("data", (data) => {
    const head = data.toString("latin1", 0, 12);
    if (head.startsWith("HTTP/1.1 ") && head !== "HTTP/1.1 201") throw new Error(`${data}`);
  });
  return socket;
}

/** Has a text spoken, and waits for its end. @param {import("node:net").Socket} socket */
async function speak(socket) {
  const body = JSON.stringify({ text: `Text ${Math.random()}.` });
  const request =
    `POST /v1/channels/bench/utterances HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n` +
    `Content-Length: ${body.length}\r\n\r\n${body}`;
  seen.heard = 0;
  const over = new Promise((resolve) => (tell = resolve));
  const posted = performance.now();
  socket.write(request);
  await over;
  return { toService: seen.asked - posted, toFrame: seen.heard - seen.answered };
}

/** Posts to the service itself: what of the way to it is this process's own. @param {number} port @param {number} times @param {number} pauseMs */
async function direct(port, times, pauseMs) {
  const socket = connect(port, "127.0.0.1").setNoDelay(true);
  await new Promise((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  const taken = [];
  for (let i = 0; i < times; i++) {
    const answered = new Promise((resolve) => socket.once("data", resolve));
    const posted = performance.now();
    socket.write("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 2\r\n\r\n{}");
    await answered;
    taken.push(seen.asked - posted);
    await after(pauseMs);
  }
  socket.destroy();
  return median(taken);
}

/** @param {import("node:net").Socket} socket @param {number} times @param {number} pauseMs */
async function measure(socket, times, pauseMs) {
  const taken = [];
  for (let i = 0; i < times; i++) {
    taken.push(await speak(socket));
    await after(pauseMs);
  }
  return taken;
}

const told = (name, taken) =>
  console.log(
    `${name}: POST to the service's request ${median(taken.map(({ toService }) => toService)).toFixed(1)} ms (first ${taken[0].toService.toFixed(1)}), ` +
      `its first byte to the first frame ${median(taken.map(({ toFrame }) => toFrame)).toFixed(1)} ms (first ${taken[0].toFrame.toFixed(1)})`,
  );

build();
console.log(machine());
execFileSync("taskset", ["-cp", LOAD_CORE, `${process.pid}`], { stdio: "ignore" });
await new Promise((resolve) => service.listen(0, "127.0.0.1", () => resolve(undefined)));
const { port: servicePort } = /** @type {import("node:net").AddressInfo} */ (service.address());
await direct(servicePort, warm, 0);
console.log(`POST to the service without a gateway, all of it this process: ${(await direct(servicePort, count, 150)).toFixed(1)} ms`);
for (let run = 1; run <= runs; run++) {
  const begun = performance.now();
  const server = await gateway([
    "--gateway.engine=upstreams",
    "--gateway.upstreams[0].name=stub",
    `--gateway.upstreams[0].base-url=http://127.0.0.1:${servicePort}`,
    "--gateway.upstreams[0].api-key=sk-bench",
    "--gateway.upstreams[0].requests-per-second=0",
    ...wish.SETTINGS.split(" ").filter(Boolean),
  ]);
  const ready = performance.now() - begun;
  const listener = await listen(server.port);
  const socket = await poster(server.port);
  console.log(`run ${run}: ready after ${(ready / 1000).toFixed(1)} s`);
  told("  fresh", await measure(socket, count, 150));
  await measure(socket, warm, 0);
  told("  warm ", await measure(socket, count, 150));
  listener.terminate();
  socket.destroy();
  await server.end();
}
process.exit(0);
