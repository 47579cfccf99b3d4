// What does a listener of the plain feeds cost? 1,000 listeners of one channel's audio.ogg, then of audio.mp3, in turn, at one gateway.
//
//   node src/bench/feeds.mjs [LISTENERS=1000] [RUNS=5] [SECONDS=5] [WARM=10] [FEEDS=audio.ogg,audio.mp3]
//
// CPU time of the gateway's process on its core, in µs for a listener and second of sound; medians of the runs. The listeners are HTTP
// connections of this process, which moves itself to the other core. A listener that got no byte in the window ends the run. Linux only.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { setTimeout as after } from "node:timers/promises";
import { build } from "./harness/build.mjs";
import { machine } from "./harness/machine.mjs";
import { fail, options } from "./harness/options.mjs";
import { LOAD_CORE, gateway } from "./harness/servers.mjs";

const wish = options({ LISTENERS: "1000", RUNS: "5", SECONDS: "5", WARM: "10", FEEDS: "audio.ogg,audio.mp3" });
const [listeners, runs, seconds, warm] = ["LISTENERS", "RUNS", "SECONDS", "WARM"].map((name) => Number(wish[name]));
const feeds = wish.FEEDS.split(",");
const AT_A_TIME = 50;
const NANOS_PER_TICK = 1e7;

/** CPU time of a process so far, in ns. @param {number} pid */
function cpu(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) * NANOS_PER_TICK;
}

/** A listener that counts what it gets. @param {number} port @param {string} feed */
function listen(port, feed) {
  const socket = connect(port, "127.0.0.1");
  const listener = { socket, bytes: 0, failed: false };
  socket.on("data", (data) => (listener.bytes += data.length));
  socket.on("error", () => (listener.failed = true));
  socket.on("close", () => (listener.failed = true));
  socket.write(`GET /v1/channels/bench-0/${feed} HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`);
  return listener;
}

/** @param {import("./harness/servers.mjs").Server} server @param {string} feed */
async function measure(server, feed) {
  const all = [];
  while (all.length < listeners) {
    for (let i = 0; i < AT_A_TIME && all.length < listeners; i++) all.push(listen(server.port, feed));
    await after(20);
  }
  await after(1000 * 2);
  const before = { ns: cpu(server.pid), at: performance.now(), bytes: all.map(({ bytes }) => bytes) };
  await after(1000 * seconds);
  const spent = { ns: cpu(server.pid) - before.ns, ms: performance.now() - before.at };
  const got = all.map(({ bytes }, i) => bytes - before.bytes[i]);
  if (all.some(({ failed }) => failed) || got.some((bytes) => bytes === 0)) fail(`${feed}: a listener got nothing`);
  all.forEach(({ socket }) => socket.destroy());
  await after(500);
  const perSecond = 1000 / spent.ms / listeners;
  return { us: (spent.ns / 1000) * perSecond, bytes: got.reduce((sum, bytes) => sum + bytes, 0) * perSecond };
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

build();
console.log(machine());
execFileSync("taskset", ["-cp", LOAD_CORE, `${process.pid}`], { stdio: "ignore" });
const server = await gateway();
await server.speak();
await after(1000 * warm);
const results = new Map(feeds.map((feed) => [feed, /** @type {{us: number, bytes: number}[]} */ ([])]));
for (const feed of feeds) await measure(server, feed); // not counted: the compiler is at work
for (let i = 0; i < runs; i++) for (const feed of feeds) results.get(feed)?.push(await measure(server, feed));
const base = median([...results.values()][0].map(({ us }) => us));
for (const [feed, values] of results) {
  const us = values.map((value) => value.us);
  const kbit = (median(values.map(({ bytes }) => bytes)) * 8) / 1000;
  console.log(
    `${feed}: ${median(us).toFixed(0)} µs a listener-second, ${(median(us) / base).toFixed(2)} × the first; ${kbit.toFixed(0)} kbit/s (${us.map((value) => value.toFixed(0)).join(", ")})`,
  );
}
await server.end();
process.exit(0);
