// The attacks that once killed a gateway, against one with a heap of 256 MB: see scripts/attacks.sh.
import { setTimeout as after } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { asker, endAll, foreignPage, listener, pinger, rubbish, sayer, silent, speechless, stalled, transport } from "./clients.mjs";
import { certificate, isReady, mega, metrics, speak, start, taken, voice } from "./gateway.mjs";
import { continuer, endAllHttp2, halfBodies, halfHeads, http2Pinger, http2Settler, opener, resetter, shutWindows, unread } from "./http2.mjs";

const LIMIT_MS = Number(process.env.LIMIT_MS ?? 1_000);
const SECONDS = Number(process.env.SECONDS ?? 20);
const LISTENERS = 20;
const CHANNEL = "lobby";
/** With TLS, the attacks are those of HTTP/2. */
const SECURE = process.argv[2] === "http2";
const faults = [];
const fail = (sentence) => (faults.push(sentence), console.log(`  FAILED: ${sentence}`));

transport.secure = SECURE;
if (SECURE) process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0"; // its certificate is its own
const speaks = await voice();
const gateway = await start(speaks, ["-Xmx256m"], [
  "--gateway.listen.control=say", "--gateway.connections.header=5s", "--gateway.connections.body=10s", "--gateway.connections.idle=10s",
  ...(SECURE ? certificate() : []),
]);
const { port } = gateway;
const spoken = await speak(gateway, CHANNEL, "The good listeners hear this without a hole. ".repeat(Math.ceil(SECONDS * 2 + 30)));
if (spoken !== 201) fail(`speaking: ${spoken}`);
const good = Array.from({ length: LISTENERS }, () => listener(port, CHANNEL));
for (const until = Date.now() + 60_000; Date.now() < until && good.some(({ told }) => told.frames < 50); ) await after(500);
if (good.some(({ told }) => !told.joined || told.frames === 0)) fail("the good listeners hear nothing");
const before = await taken(gateway);

// On a thread of their own, since this one is busy with attacks.
const probes = new Worker(new URL("./probe.mjs", import.meta.url), { workerData: { port, management: gateway.management, secure: SECURE } });
let worst = 0;
let silentProbes = 0;
probes.on("message", ({ millis, status }) => {
  worst = Math.max(worst, millis);
  if (status !== 200) silentProbes++;
});

async function attack(name, seconds, begin) {
  worst = 0;
  silentProbes = 0;
  const attackers = begin();
  let direct = 0;
  for (const until = Date.now() + 1_000 * seconds; Date.now() < until; await after(500)) {
    direct = Math.max(direct, (await metrics(gateway)).stentor_memory_direct ?? 0);
    if (gateway.isGone()) break;
  }
  const sent = attackers.reduce((sum, each) => sum + (each.sent?.() ?? 0), 0);
  const closed = attackers.reduce((sum, each) => sum + (each.closed?.() ?? 0), 0);
  attackers.forEach((each) => each.end());
  console.log(`${name}: worst answer of readiness ${worst.toFixed(0)} ms, direct memory at most ${mega(direct)}` +
    `${sent ? `, ${sent} floods taken` : ""}${closed ? `, ${closed} closed by the gateway` : ""}`);
  if (gateway.isGone()) fail(`${name}: the gateway is gone`);
  if (worst > LIMIT_MS) fail(`${name}: readiness took ${worst.toFixed(0)} ms`);
  if (silentProbes) fail(`${name}: ${silentProbes} probes had no good answer`);
  return { closed };
}

const times = (count, make) => Array.from({ length: count }, make);
async function http1() {
  await attack("D1 one bare socket that pings and never reads", SECONDS, () => [pinger(port, CHANNEL)]);
  await attack("D1 ten protocol connections that ping", SECONDS, () => times(10, () => pinger(port, CHANNEL, true)));
  await attack("D2 four connections that flood refused commands", SECONDS, () => times(4, () => sayer(port, CHANNEL)));
  await attack("D2 four connections that ask for the time", SECONDS, () => times(4, () => asker(port, CHANNEL)));
  await attack("listeners that never read", SECONDS, () => times(100, () => stalled(port, CHANNEL)));
  for (const action of ["clear", "pause", "resume"]) {
    const status = await foreignPage(port, `/v1/channels/${CHANNEL}/${action}`);
    if (status !== 403) fail(`D3: a foreign page may ${action}: ${status}`);
  }
  console.log("D3 a foreign page: refused");
  const slow = await attack("D4 1,500 half heads, 500 silent sockets, 300 half bodies", Math.max(SECONDS, 15), () => [
    silent(port, 1_500, "GET / HTTP/1.1\r\nHost: loc"),
    silent(port, 500, ""),
    silent(port, 300, `POST /v1/channels/x/utterances HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"te`),
  ]);
  if (slow.closed < 2_000) fail(`D4: only ${slow.closed} of 2,300 slow connections were closed`);
  const HANDSHAKES = Number(process.env.HANDSHAKES ?? 10_000);
  let unsaid;
  await attack(`${HANDSHAKES} handshakes without a hello`, Math.max(SECONDS, 30), () => [(unsaid = speechless(port, CHANNEL, HANDSHAKES))]);
  console.log(`  ${unsaid.upgraded()} were upgraded; close codes ${JSON.stringify(unsaid.codes)}`);
  if (unsaid.closed() < HANDSHAKES) fail(`only ${unsaid.closed()} of ${HANDSHAKES} silent handshakes were closed`);
  // No hello in time; too many connections; too much to do.
  if (Object.keys(unsaid.codes).some((code) => !["4408", "4429", "4503"].includes(code))) fail("a silent handshake was closed with another code");
  await attack("rubbish", 5, () => times(200, () => (rubbish(port), { end() {} })));
}

async function http2() {
  const feed = `/v1/channels/${CHANNEL}/audio.wav`;
  await attack("one connection that pings and never reads", SECONDS, () => [http2Pinger(port)]);
  await attack("four connections that change their settings and never read", SECONDS, () => times(4, () => http2Settler(port)));
  await attack("four connections that open and reset", SECONDS, () => times(4, () => resetter(port, "/v1/voices")));
  await attack("four connections that open streams without end", SECONDS, () => times(4, () => opener(port, feed)));
  await attack("four headers without end", SECONDS, () => times(4, () => continuer(port)));
  const heads = await attack("500 half heads", Math.max(SECONDS, 15), () => [halfHeads(port, 500)]);
  if (heads.closed < 400) fail(`only ${heads.closed} of 500 half heads were closed`);
  await attack("20 connections with 50 half bodies each", Math.max(SECONDS, 15), () => [halfBodies(port, 20, 50)]);
  await attack("5 connections with 100 feeds each and a shut window", SECONDS, () => [shutWindows(port, 5, 100, feed)]);
  await attack("5 connections with 100 feeds each that never read", SECONDS, () => [unread(port, 5, 100, feed)]);
}

await (SECURE ? http2() : http1());

await probes.terminate();
const hole = good.filter(({ told }) => told.gaps || told.jumps || told.closed);
const frames = Math.min(...good.map(({ told }) => told.frames));
console.log(`${LISTENERS} good listeners: at least ${frames} frames each; ${hole.length} of them lost something`);
if (hole.length) fail(`good listeners lost sound: ${JSON.stringify(hole.map(({ told }) => told)[0])}`);
if (frames < 50 * SECONDS * 4) fail(`the good listeners heard ${frames} frames only`);

endAll();
endAllHttp2();
await fetch(`${gateway.url}/v1/channels/${CHANNEL}/clear`, { method: "POST" }).catch(() => {});
let left = before;
for (const until = Date.now() + 60_000; Date.now() < until; await after(2_000)) {
  left = await taken(gateway);
  if (left.direct <= before.direct + 16 * 1_048_576 && left.handles <= before.handles + 10) break;
}
console.log(`before and after: heap ${mega(before.heap)}, ${mega(left.heap)}; direct ${mega(before.direct)}, ${mega(left.direct)}; ` +
  `handles ${before.handles}, ${left.handles}; threads ${before.threads}, ${left.threads}; resident ${mega(before.resident)}, ${mega(left.resident)}`);
if (left.direct > before.direct + 16 * 1_048_576) fail("direct memory did not come back");
if (left.handles > before.handles + 10) fail("handles did not come back");
if (left.heap > before.heap + 48 * 1_048_576) fail("heap did not come back");
if (!(await isReady(gateway, 5_000))) fail("not ready in the end");
const log = gateway.log();
const errors = log.split("\n").filter((line) => / ERROR |OutOfMemory|LEAK:/.test(line));
if (errors.length) fail(`${errors.length} ERROR lines, the first: ${log.slice(log.indexOf(errors[0])).slice(0, 6_000)}`);
console.log(`log: ${(log.length / 1024).toFixed(0)} KB, ${errors.length} ERROR lines`);
await gateway.end();
speaks.end();
console.log(faults.length ? `FAILED: ${faults.length}` : "all attacks withstood");
process.exit(faults.length ? 1 : 0);
