// Three gateways, a Redis, and what happens to them in a bad week, with listeners that check every sample: see scripts/cluster.sh.
import { setTimeout as after } from "node:timers/promises";
import { endAll } from "./clients.mjs";
import { exactListener } from "./exact.mjs";
import { SAMPLES_PER_MS, soundOf } from "./known-voice.mjs";
import { cluster, holds } from "./nodes.mjs";

const LISTENERS = Number(process.env.LISTENERS ?? 500);
const CHANNELS = Number(process.env.CHANNELS ?? 6);
/** Faults of a scenario that are told in full; the others are counted. */
const MOST_TOLD = 20;
const SPEAKS_AGAIN_MS = 8_000;
const AHEAD_MS = 8_000;
const faults = [];
const rows = [];
const wanted = process.argv.slice(2);
const { nodes, store, proxy, begin, create, speak, end } = await cluster({ keeps: true, flags: ["-Xmx256m", ...(process.env.FLAGS ?? "").split(" ").filter(Boolean)] });
const say = (sentence) => console.log(`${performance.now().toFixed(0).padStart(7)} ms: ${sentence}`);
say(`three nodes serve, with Redis ${(await store.info()).redis_version}`);

/** Speaks without a pause, at one node after the other, until it is told to stop. */
async function talk(channel, accepted, going) {
  let until = performance.now();
  for (let i = 0; going.on; ) {
    const text = `${channel} says sentence ${i}, ${"and so on ".repeat(1 + (i % 3))}to its end.`;
    const id = await speak(nodes[i++ % nodes.length], channel, text);
    if (!id) {
      await after(200);
      continue;
    }
    accepted.push(id);
    until = Math.max(until, performance.now()) + soundOf(text).samples / SAMPLES_PER_MS;
    while (going.on && until - performance.now() > AHEAD_MS) await after(100);
  }
}

const sum = (list, what) => list.reduce((total, { told }) => total + told[what], 0);
const most = (list, what) => list.reduce((max, { told }) => Math.max(max, told[what]), 0);

/**
 * Has several channels speak to an audience at all nodes, lets something happen, and looks what each listener got.
 *
 * @param {(scene: object) => Promise<object | void>} happens resolves with which listeners may begin fresh, and what else is to be said
 */
async function scenario(name, happens) {
  if (wanted.length && !wanted.includes(name)) return;
  const failed = [];
  const fail = (sentence) => (failed.push(sentence), failed.length <= MOST_TOLD && console.log(`  ${name} FAILED: ${sentence}`));
  const channels = Array.from({ length: CHANNELS }, (_, i) => `${name}-${i}`);
  const owner = (channel) => channels.indexOf(channel) % nodes.length;
  for (const channel of channels) await create(nodes[owner(channel)], channel);
  const listeners = Array.from({ length: LISTENERS }, (_, i) => exactListener(nodes, Math.floor(i / CHANNELS) % nodes.length, channels[i % CHANNELS]));
  if (!(await holds(() => listeners.every(({ told }) => told.joined), 30_000))) fail("not all listeners could join");
  const homes = listeners.map(({ told }) => told.node);
  const accepted = Object.fromEntries(channels.map((channel) => [channel, []]));
  const going = { on: true };
  const talks = channels.map((channel) => talk(channel, accepted[channel], going));
  if (!(await holds(() => listeners.every(({ told }) => told.frames > 150), 30_000))) fail("not all listeners hear");
  listeners.forEach(({ told }) => ((told.lateMs = 0), (told.silentMs = 0)));
  say(`${name}: ${LISTENERS} listeners hear`);

  const { mayBeFresh = () => false, says = "", fails = [] } = (await happens({ channels, owner, listeners, homes })) ?? {};
  fails.forEach(fail);
  say(`${name}: it has happened`);
  await after(4_000);
  going.on = false;
  await Promise.all(talks);
  const isThrough = ({ told }) => accepted[told.channel].every((id) => told.ended.has(id));
  if (!(await holds(() => listeners.every((one) => isThrough(one) || one.told.fresh), 40_000))) fail("not all listeners heard all utterances end");
  await after(500);

  const unsound = new Map();
  listeners.forEach(({ told }, i) => {
    const bad = ["wrong", "jumps", "repeats", "gaps"].some((what) => told[what]);
    const freshly = told.fresh && !mayBeFresh(told, homes[i]);
    const where = `of ${told.channel} at node ${homes[i]}`;
    if (bad || freshly) unsound.set(where, [...(unsound.get(where) ?? []), bad ? told.faults.join("; ") : "began fresh"]);
  });
  unsound.forEach((what, where) => fail(`${what.length} listeners ${where}, such as: ${what[0]}`));
  let done = 0;
  let lost = 0;
  for (const channel of channels) {
    const audience = listeners.filter(({ told }) => told.channel === channel);
    if (new Set(audience.map(({ told }) => told.seq)).size > 1) fail(`the listeners of ${channel} did not all come to the same entry`);
    for (const id of accepted[channel]) {
      const ends = new Set(audience.filter(({ told }) => !told.fresh).map(({ told }) => JSON.stringify(told.ended.get(id) ?? null)));
      const end = JSON.parse([...ends][0] ?? "null");
      if (ends.size !== 1 || !end) fail(`${id} of ${channel} ended as ${[...ends].join(" and ")}`);
      else if (end.reason === "done") done++;
      else if (end.reason === "failed" && end.code === "NodeLost") lost++;
      else fail(`${id} of ${channel} ended as ${end.reason} ${end.code}`);
    }
  }
  rows.push({
    scenario: name, listeners: LISTENERS, frames: sum(listeners, "frames"), "came back": sum(listeners, "came"), ok: sum(listeners, "ok"),
    fresh: sum(listeners, "fresh"), gaps: sum(listeners, "gaps"), wrong: sum(listeners, "wrong"), "jumps, repeats": sum(listeners, "jumps") + sum(listeners, "repeats"),
    utterances: done + lost, "ended by it": lost, "silent s": (most(listeners, "silentMs") / 1_000).toFixed(1), "": says,
  });
  say(JSON.stringify(rows.at(-1)));
  listeners.forEach((one) => one.leave());
  if (failed.length) faults.push(`${name}: ${failed.length} times, at first: ${failed[0]}`);
  await after(1_000);
}

/** Joins one listener of each channel at a node, and returns by how many ms the first frame of the latest was late. */
async function joinsLive(channels, at) {
  const late = channels.map((channel) => exactListener(nodes, at, channel));
  const heard = await holds(() => late.every(({ told }) => told.frames), 10_000);
  const worst = most(late, "joinLateMs");
  late.forEach((one) => one.leave());
  return heard ? worst : Infinity;
}

await scenario("rolling", async () => {
  const fails = [];
  for (const node of nodes) {
    const code = await node.gateway.end();
    if (code !== 143 && code !== 0) fails.push(`a node ended with ${code}`);
    await begin(node);
    say("a node has been restarted");
    await after(3_000);
  }
  return { fails };
});

for (const empty of [true, false]) {
  await scenario(empty ? "redis-emptied" : "redis-kept", async ({ channels, owner, listeners, homes }) => {
    const fails = [];
    await store.kill();
    await after(3_000);
    await store.restart(empty);
    const own = listeners.filter(({ told }, i) => homes[i] === owner(told.channel));
    if (most(own, "silentMs") > 1_000) fails.push(`listeners of the owner heard nothing for ${most(own, "silentMs").toFixed(0)} ms`);
    await after(2_500);
    const caughtUp = most(listeners, "lateMs");
    listeners.forEach(({ told }) => (told.lateMs = 0));
    const late = Math.max(...(await Promise.all(nodes.map((_, at) => joinsLive(channels, at)))));
    if (late > 300) fails.push(`whoever joins then is ${late.toFixed(0)} ms late`);
    await after(1_000);
    if (most(listeners, "lateMs") > 1_000) fails.push(`sound still comes ${most(listeners, "lateMs").toFixed(0)} ms late`);
    return { fails, says: `made whole up to ${(caughtUp / 1_000).toFixed(1)} s late, then at most ${most(listeners, "lateMs").toFixed(0)} ms` };
  });
}

await scenario("cut-off", async ({ owner, listeners, homes }) => {
  const fails = [];
  const cut = nodes.findIndex(({ way }) => way === proxy.port);
  proxy.cut();
  await after(10_000);
  const own = listeners.filter(({ told }, i) => homes[i] === cut && owner(told.channel) === cut);
  if (most(own, "silentMs") > 1_000) fails.push(`its own listeners heard nothing for ${most(own, "silentMs").toFixed(0)} ms`);
  const orphans = listeners.filter(({ told }, i) => homes[i] !== cut && owner(told.channel) === cut);
  if (most(orphans, "silentMs") > SPEAKS_AGAIN_MS) fails.push(`its channels were silent elsewhere for ${most(orphans, "silentMs").toFixed(0)} ms`);
  proxy.heal();
  await after(5_000);
  return { fails, mayBeFresh: (told, home) => home === cut && owner(told.channel) === cut, says: `its channels speak elsewhere after ${(most(orphans, "silentMs") / 1_000).toFixed(1)} s` };
});

await scenario("owner-killed", async ({ owner, listeners, homes }) => {
  const fails = [];
  const victim = 0;
  await nodes[victim].gateway.kill();
  const orphans = listeners.filter(({ told }, i) => homes[i] !== victim && owner(told.channel) === victim);
  const killed = performance.now();
  const speaks = await holds(() => orphans.every(({ told }) => told.lastMs > killed + 1_000), 2 * SPEAKS_AGAIN_MS);
  const silent = most(orphans, "silentMs");
  if (!speaks || silent > SPEAKS_AGAIN_MS) fails.push(`its channels were silent for ${silent.toFixed(0)} ms`);
  await begin(nodes[victim]);
  return { fails, mayBeFresh: (_, home) => home === victim, says: `its channels speak again after ${(silent / 1_000).toFixed(1)} s` };
});

endAll();
console.table(rows);
await end();
const errors = nodes.flatMap(({ lives }) => lives.flatMap((life) => life.log().split("\n"))).filter((line) => / ERROR |OutOfMemory|LEAK:/.test(line));
if (errors.length) faults.push(`${errors.length} ERROR lines, the first: ${errors[0]}`);
faults.forEach((sentence) => console.log(`FAILED: ${sentence}`));
console.log(faults.length ? `FAILED: ${faults.length}` : "nothing was lost that was published");
process.exit(faults.length ? 1 : 0);
