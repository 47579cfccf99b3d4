// What the cluster adds to a frame on its way to a listener of another node, and what an entry costs each of those that it passes:
// see scripts/cluster.sh. A hundred channels of one node, a listener of each at that node and one at the next; then one more at the third; then
// one more at the second in Opus. A node's heap begins with 1 GB and may grow to 2 GB, which is the image's proportion. For the first four
// minutes nothing is measured, until the JVMs have compiled what they need. Times are differences of arrival of the same entry on this machine,
// at listeners in C (src/bench/load).
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { setTimeout as after } from "node:timers/promises";
import { build, OUT } from "../../src/bench/harness/build.mjs";
import { connect, endAll, text, upgrade } from "./clients.mjs";
import { exactListener } from "./exact.mjs";
import { SAMPLES_PER_MS, soundOf } from "./known-voice.mjs";
import { cluster } from "./nodes.mjs";

const CHANNELS = Number(process.env.CHANNELS ?? 100);
const WARM_MS = 1_000 * Number(process.env.WARM ?? 240);
const WINDOW_MS = 1_000 * Number(process.env.SECONDS ?? 12);
const PACE_MS = 100;
const JOINING_MS = 6_000;
build({ programsOnly: true });
const directory = mkdtempSync(`${tmpdir()}/relay-`);
process.on("exit", () => rmSync(directory, { recursive: true }));
const { nodes, store, create, speak, end } = await cluster({ keeps: false, flags: ["-Xms1g", "-Xmx2g"] });
const channels = Array.from({ length: CHANNELS }, (_, i) => `relay-${i}`);
const faults = [];

/** CLOCK_MONOTONIC in µs. */
const micros = () => Number(process.hrtime.bigint() / 1_000n);

/** µs of processor time that a process took so far; Linux counts hundredths of a second. */
function cpuMicros(pid) {
  const [user, system] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ").slice(11, 13).map(Number);
  return 10_000 * (user + system);
}

async function taken() {
  const info = await store.info();
  return {
    nodes: nodes.map(({ gateway }) => cpuMicros(gateway.pid)),
    redis: 1e6 * (Number(info.used_cpu_user) + Number(info.used_cpu_sys)),
    input: Number(info.total_net_input_bytes), output: Number(info.total_net_output_bytes),
  };
}

/** Measures for a while; resolves with what was taken at both ends. */
async function window(name) {
  const [from, at] = [await taken(), micros()];
  await after(WINDOW_MS);
  return { name, at, until: micros(), from, to: await taken() };
}

/** What an entry cost in a window, in µs and in bytes. */
function row({ name, at, until, from, to }, first) {
  const entries = first.reduce((sum, arrivals) => sum + numberAt(arrivals, until) - numberAt(arrivals, at), 0);
  const each = (after, before) => ((after - before) / entries).toFixed(1);
  return {
    "": name, "entries a second": Math.round((1e6 * entries) / (until - at)),
    "owner µs": each(to.nodes[0], from.nodes[0]), "second µs": each(to.nodes[1], from.nodes[1]), "third µs": each(to.nodes[2], from.nodes[2]),
    "Redis µs": each(to.redis, from.redis), "in B": each(to.input, from.input), "out B": each(to.output, from.output),
  };
}

/** The latest entry that had come by then. @param {Map<number, number>} arrivals times by numbers, in order */
function numberAt(arrivals, time) {
  let latest = 0;
  for (const [seq, at] of arrivals) {
    if (at > time) break;
    latest = seq;
  }
  return latest;
}

/** A listener of each channel at a node, in a process of their own, which takes a frame in microseconds. Ends with when each frame came, by channel. */
function listeners(node, name) {
  const file = `${directory}/${name}`;
  const all = spawn(`${OUT}/load`, [
    "--port", `${node.port}`, "--pid", `${node.gateway.pid}`, "--listeners", `${CHANNELS}`, "--channels", `${CHANNELS}`, "--channel", "relay",
    "--no-source", "--arrivals", file, "--phase", `${name}:3600`,
  ], { stdio: ["ignore", "ignore", "inherit"] });
  const ended = once(all, "exit");
  return async () => {
    all.kill("SIGTERM");
    const [code] = await ended;
    if (code !== 0) faults.push(`the load of the ${name} ended with ${code}`);
    const arrivals = channels.map(() => new Map());
    for (const line of readFileSync(file, "utf8").split("\n").filter(Boolean)) {
      const [channel, seq, at] = line.split(" ").map(Number);
      arrivals[channel].set(seq, at);
    }
    return arrivals;
  };
}

/** A listener in Opus, which only takes what it gets. */
function opusListener(node, channel) {
  const socket = connect(node.port);
  socket.write(upgrade(node.port, channel, true));
  socket.once("data", () => socket.write(text({ t: "hello", v: 1, formats: ["opus/48000/1"] })));
  socket.on("data", () => {});
}

for (const channel of channels) await create(nodes[0], channel);
const endOwners = listeners(nodes[0], "owner");
const endSeconds = listeners(nodes[1], "second");
await after(JOINING_MS);
let going = true;
const talks = channels.map(async (channel, i) => {
  await after((i * 4_000) / CHANNELS); // so that not all texts begin at once
  for (let n = 0, until = performance.now(); going; n++) {
    const said = `${channel} says sentence ${n}, and so on and so on to its end.`;
    if (await speak(nodes[0], channel, said)) until = Math.max(until, performance.now()) + soundOf(said).samples / SAMPLES_PER_MS;
    while (going && until - performance.now() > 3_000) await after(200);
  }
});
await after(WARM_MS);
const windows = [await window("a listener at the second node")];
const thirds = [];
for (const channel of channels) {
  thirds.push(exactListener([nodes[2]], 0, channel));
  await after(PACE_MS); // each of them brings a minute of history
}
await after(2_000);
windows.push(await window("and one at the third"));
for (const channel of channels) {
  opusListener(nodes[1], channel);
  await after(PACE_MS / 2);
}
await after(2_000);
windows.push(await window("and one in Opus at the second"));
going = false;
await Promise.all(talks);
for (const { told } of thirds) if (!told.frames || told.wrong || told.jumps || told.repeats || told.gaps || told.came) faults.push(`${told.channel}: ${told.frames} frames, came back ${told.came} times; ${told.faults.join("; ")}`);

const [first, second] = [await endOwners(), await endSeconds()];
const rows = windows.map((measured) => row(measured, first));
const { at, until } = windows[0];
const differences = first.flatMap((arrivals, i) => [...arrivals].filter(([, time]) => time >= at && time < until).map(([seq, time]) => (second[i].get(seq) - time) / 1_000));
if (!differences.length || differences.some(Number.isNaN)) faults.push("not all frames were heard at the second node");
differences.sort((a, b) => a - b);
const quantile = (share) => differences[Math.min(differences.length - 1, Math.floor(share * differences.length))];
console.table(rows);
console.log(`added for a listener of another node: p50 ${quantile(0.5)?.toFixed(2)} ms, p99 ${quantile(0.99)?.toFixed(2)} ms, p99.9 ${quantile(0.999)?.toFixed(2)} ms of ${differences.length} frames`);
if (process.env.OUT) writeFileSync(process.env.OUT, JSON.stringify({ rows, p50: quantile(0.5), p99: quantile(0.99) }));
thirds.forEach((one) => one.leave());
endAll();
await end();
faults.forEach((sentence) => console.log(`FAILED: ${sentence}`));
process.exit(faults.length ? 1 : 0);
