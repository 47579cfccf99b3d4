// Mixed load with faults for as long as one likes, and what is left of it: see scripts/soak.sh.
import { setTimeout as after } from "node:timers/promises";
import { credential, endAll, listener, pinger, rubbish, sayer, silent, stalled } from "./clients.mjs";
import { collector, isReady, mega, metrics, newKey, speak, start, taken, voice } from "./gateway.mjs";

const MINUTES = Number(process.env.MINUTES ?? 60);
const CHANNELS = 5;
const STEADY = 4;
const SENTENCE = "This is said again and again, and each time a little differently. ";
const faults = [];
const fail = (sentence) => (faults.push(sentence), console.log(`FAILED: ${sentence}`));
const pick = (list) => list[Math.floor(Math.random() * list.length)];
const channels = Array.from({ length: CHANNELS }, (_, i) => `soak-${i}`);

const speaks = await voice({ faults: true });
const traces = await collector();
const { key, line } = newKey("soak");
credential.key = key;
const authorization = { authorization: `Bearer ${key}` };
const gateway = await start(speaks, ["-Xmx256m"], [
  "--gateway.listen.control=say", "--gateway.archive.max-size=64MB", "--gateway.channels.idle=10s", "--gateway.connections.idle=10s",
  `--gateway.access.keys[0]=${line}`, "--gateway.usage.characters-per-day=1000000000", "--gateway.usage.listeners=10000",
  `--gateway.tracing.endpoint=${traces.endpoint}`,
]);
const { port } = gateway;
let going = true;
const counts = { spoken: 0, refused: 0, failed: 0, came: 0, steadyFrames: 0, calls: 0, attacks: 0, slowProbes: 0 };

/** Texts without end, one in three the same as before, so that the archive is used; now and then an interruption. */
async function talk(channel) {
  for (let i = 0; going; i++) {
    const status = await speak(gateway, channel, SENTENCE.repeat(1 + (i % 4)) + (i % 3 ? i : ""), authorization);
    if (status === 201) counts.spoken++;
    else if (status === 429 || status === 503) counts.refused++;
    else counts.failed++;
    if (i % 7 === 6) await fetch(`${gateway.url}/v1/channels/${channel}/clear`, { method: "POST", headers: authorization }).catch(() => {});
    await after(4_000 + 4_000 * Math.random());
  }
}

/** Listeners that come and go. */
async function come() {
  while (going) {
    const one = listener(port, pick(channels));
    await after(500 + 5_000 * Math.random());
    one.leave();
    counts.came++;
  }
}

/** Calls of the compatible API, half of them cut by their callers. */
async function call() {
  while (going) {
    const cut = new AbortController();
    if (Math.random() < 0.5) setTimeout(() => cut.abort(), 700);
    await fetch(`${gateway.url}/v1/audio/speech`, {
      method: "POST", headers: { "content-type": "application/json", ...authorization }, signal: AbortSignal.any([cut.signal, AbortSignal.timeout(30_000)]),
      body: JSON.stringify({ input: SENTENCE + Math.random(), response_format: pick(["pcm", "wav", "opus"]) }),
    }).then((answer) => answer.arrayBuffer()).catch(() => {});
    counts.calls++;
    await after(3_000);
  }
}

/** One kind of bad client after the other, each for a while. */
async function attack() {
  while (going) {
    const bad = pick([
      () => [pinger(port, pick(channels))],
      () => [sayer(port, pick(channels))],
      () => Array.from({ length: 10 }, () => stalled(port, pick(channels))),
      () => [silent(port, 100, "GET / HTTP/1.1\r\nHost: loc")],
      () => Array.from({ length: 10 }, () => (rubbish(port), { end() {} })),
    ])();
    counts.attacks++;
    await after(10_000);
    bad.forEach((one) => one.end());
    await after(10_000);
  }
}

const steady = channels.flatMap((channel) => Array.from({ length: STEADY }, () => listener(port, channel)));
const work = [...channels.map(talk), come(), come(), come(), call(), attack()];
const end = Date.now() + 60_000 * MINUTES;
const warm = Math.min(120_000, 15_000 * MINUTES);
let before;
for (let minute = 0; Date.now() < end && !gateway.isGone(); ) {
  await after(Math.min(5_000, Math.max(0, end - Date.now())));
  if (!(await isReady(gateway, 5_000))) counts.slowProbes++;
  const passed = 60_000 * MINUTES - (end - Date.now());
  if (!before && passed >= warm) before = await taken(gateway);
  if (passed >= 60_000 * (minute + 1)) {
    minute++;
    const now = await metrics(gateway);
    console.log(`minute ${minute}: heap ${mega(now.jvm_memory_used_bytes_heap)}, direct ${mega(now.stentor_memory_direct)}, handles ` +
      `${now.process_files_open_files}, threads ${now.jvm_threads_live_threads}, listeners ${now.stentor_listeners}, stalls ${now.stentor_channels_stalls_total}`);
  }
}
if (gateway.isGone()) fail("the gateway is gone");
const last = await metrics(gateway);
const underLoad = await taken(gateway);
going = false;
await Promise.race([Promise.all(work), after(45_000)]);
const losses = steady.map(({ told }) => told);
counts.steadyFrames = losses.reduce((sum, told) => sum + told.frames, 0);
steady.forEach((one) => one.leave());
endAll();
let left = await taken(gateway);
for (const until = Date.now() + 60_000; Date.now() < until && left.handles > before.handles; await after(3_000)) left = await taken(gateway);
for (const [when, what] of [["warm, under load", before], ["at the end, under load", underLoad], ["at rest", left]])
  console.log(`${when}: heap after GC ${mega(what.heap)}, direct ${mega(what.direct)}, handles ${what.handles}, threads ${what.threads}, resident ${mega(what.resident)}`);
console.log(`done: ${JSON.stringify(counts)}; calls of the voice ${speaks.calls()}`);
console.log(`utterances ${last.stentor_utterances_total}, stalls ${last.stentor_channels_stalls_total}, refused under overload ${last.stentor_overload_refused_total}, ` +
  `floods slowed down ${last.stentor_listeners_slowed_down_total}, upstream failures ${last.stentor_upstream_failures_total}`);
console.log(`of the key: ${JSON.stringify((await (await fetch(`${gateway.url}/v1/usage`, { headers: authorization })).json()))}`);
console.log(`steps of traces ${last.stentor_traces_steps_total}, in ${traces.requests()} requests`);
const unsound = losses.filter((told) => told.gaps || told.jumps || told.closed);
console.log(`${losses.length} steady listeners: ${unsound.length} lost something`);
if (unsound.length) fail(`steady listeners lost something, such as ${JSON.stringify(unsound[0])}`);
if (counts.failed) fail(`${counts.failed} texts were answered neither 201, 429 nor 503`);
if (counts.slowProbes) fail(`readiness had no answer within 5 s ${counts.slowProbes} times`);
const grown = (name, most) => left[name] > before[name] + most && fail(`${name}: ${before[name]} warm, ${left[name]} at rest`);
grown("heap", 24 * 1_048_576);
grown("direct", 16 * 1_048_576);
grown("handles", 10);
grown("threads", 5);
const errors = gateway.log().split("\n").filter((line) => / ERROR |OutOfMemory|LEAK:/.test(line));
console.log(`log: ${(gateway.log().length / 1024).toFixed(0)} KB, ${errors.length} ERROR lines`);
if (errors.length) fail(`the log has ERROR lines, the first: ${errors[0]}`);
const code = await gateway.end();
if (code !== 143 && code !== 0) fail(`the gateway ended with ${code}`);
speaks.end();
traces.end();
console.log(faults.length ? `FAILED: ${faults.length}` : "flat: nothing leaked, nothing was lost");
process.exit(faults.length ? 1 : 0);
