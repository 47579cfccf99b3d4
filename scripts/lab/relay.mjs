// What the cluster adds to a frame on its way to a listener of another node, and what an entry costs each of those that it passes:
// see scripts/cluster.sh. A hundred channels of one node, a listener of each at that node and one at the next; then one more at the third; then
// one more at the second in Opus. The owner remembers a minute of each channel, 3 MB, so nodes have 2 GB. For the first minute nothing is measured,
// until the JVMs have compiled what they need. Times are differences of arrival of the same entry on this machine.
import { readFileSync, writeFileSync } from "node:fs";
import { setTimeout as after } from "node:timers/promises";
import { connect, endAll, text, upgrade } from "./clients.mjs";
import { exactListener } from "./exact.mjs";
import { SAMPLES_PER_MS, soundOf } from "./known-voice.mjs";
import { cluster } from "./nodes.mjs";

const CHANNELS = Number(process.env.CHANNELS ?? 100);
const WARM_MS = 1_000 * Number(process.env.WARM ?? 55);
const WINDOW_MS = 1_000 * Number(process.env.SECONDS ?? 12);
const PACE_MS = 100;
const { nodes, store, create, speak, end } = await cluster({ keeps: false, flags: ["-Xmx2g"] });
const channels = Array.from({ length: CHANNELS }, (_, i) => `relay-${i}`);
const faults = [];

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

/** Measures for a while; returns what an entry cost, in µs and in bytes. */
async function window(name) {
  const [from, began] = [await taken(), performance.now()];
  const before = here.reduce((sum, { told }) => sum + told.seq, 0);
  await after(WINDOW_MS);
  const [to, entries] = [await taken(), here.reduce((sum, { told }) => sum + told.seq, 0) - before];
  const each = (after, before) => ((after - before) / entries).toFixed(1);
  const row = {
    "": name, "entries a second": Math.round((1_000 * entries) / (performance.now() - began)),
    "owner µs": each(to.nodes[0], from.nodes[0]), "second µs": each(to.nodes[1], from.nodes[1]), "third µs": each(to.nodes[2], from.nodes[2]),
    "Redis µs": each(to.redis, from.redis), "in B": each(to.input, from.input), "out B": each(to.output, from.output),
  };
  console.log(JSON.stringify(row));
  rows.push(row);
}

/** A listener in Opus, which only takes what it gets. */
function opusListener(node, channel) {
  const socket = connect(node.port);
  socket.write(upgrade(node.port, channel, true));
  socket.once("data", () => socket.write(text({ t: "hello", v: 1, formats: ["opus/48000/1"] })));
  socket.on("data", () => {});
}

const rows = [];
for (const channel of channels) await create(nodes[0], channel);
const arrivals = { here: channels.map(() => new Map()), there: channels.map(() => new Map()) };
let measures = false;
const measured = (at, where) => channels.map((channel, i) => exactListener([nodes[at]], 0, channel, (seq, millis) => measures && arrivals[where][i].set(seq, millis)));
const here = measured(0, "here");
let going = true;
const talks = channels.map(async (channel, i) => {
  await after((i * 4_000) / CHANNELS); // so that not all texts begin at once
  for (let n = 0, until = performance.now(); going; n++) {
    const said = `${channel} says sentence ${n}, and so on and so on to its end.`;
    if (await speak(nodes[0], channel, said)) until = Math.max(until, performance.now()) + soundOf(said).samples / SAMPLES_PER_MS;
    while (going && until - performance.now() > 3_000) await after(200);
  }
});
const there = measured(1, "there");
await after(WARM_MS);
if (!there.every(({ told }) => told.frames > 50)) faults.push("not all listeners of the second node hear");
measures = true;
await window("a listener at the second node");
measures = false;
for (const channel of channels) {
  there.push(exactListener([nodes[2]], 0, channel));
  await after(PACE_MS); // each of them brings a minute of history
}
await after(2_000);
await window("and one at the third");
for (const channel of channels) {
  opusListener(nodes[1], channel);
  await after(PACE_MS / 2);
}
await after(2_000);
await window("and one in Opus at the second");
going = false;
await Promise.all(talks);
for (const { told } of [...here, ...there]) if (told.wrong || told.jumps || told.repeats || told.gaps || told.came) faults.push(`${told.channel}: came back ${told.came} times; ${told.faults.join("; ")}`);

const differences = arrivals.here.flatMap((first, i) => [...first].map(([seq, millis]) => arrivals.there[i].get(seq) - millis).filter((ms) => !Number.isNaN(ms)));
differences.sort((a, b) => a - b);
const quantile = (share) => differences[Math.min(differences.length - 1, Math.floor(share * differences.length))];
console.table(rows);
console.log(`added for a listener of another node: p50 ${quantile(0.5)?.toFixed(2)} ms, p99 ${quantile(0.99)?.toFixed(2)} ms, p99.9 ${quantile(0.999)?.toFixed(2)} ms of ${differences.length} frames`);
if (process.env.OUT) writeFileSync(process.env.OUT, JSON.stringify({ rows, p50: quantile(0.5), p99: quantile(0.99) }));
[...here, ...there].forEach((one) => one.leave());
endAll();
await end();
faults.forEach((sentence) => console.log(`FAILED: ${sentence}`));
process.exit(faults.length ? 1 : 0);
