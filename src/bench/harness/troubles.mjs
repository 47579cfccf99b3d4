// What must not disturb anybody: stalled listeners, joins all at once, idle listeners and channels, very many listeners.
import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as after } from "node:timers/promises";
import { JAVA_HOME, output } from "./build.mjs";
import { late, rssKib } from "./contest.mjs";
import { load } from "./load.mjs";
import { BOTH_CORES, SERIAL, gateway } from "./servers.mjs";

/** Until the compiler and the closed connections have done with. */
const SETTLE_MS = 12_000;

const p99 = (phase, heldMs) => late(phase, heldMs).lateP99;
const tcpPages = () => Number(readFileSync("/proc/net/sockstat", "utf8").match(/TCP:.* mem (\d+)/)?.[1]);

/** @param {string[]} settings @param {string[]} flags @param {(server: import("./servers.mjs").Server) => Promise<any>} work @param {string} [core] */
async function against(settings, flags, work, core) {
  const server = await gateway(settings, flags, core);
  try {
    return await work(server);
  } finally {
    await server.end();
  }
}

/** What went wrong for those who always read; empty if nothing did. */
function loss({ clean, end, phases }) {
  const gaps = Object.values(phases).reduce((sum, phase) => sum + phase.gaps, 0);
  const faults = Object.entries({ gaps, ...end }).filter(([name, count]) => /gaps|unann|diff|not_s|malf|refused|closed|errors/.test(name) && count);
  return clean && gaps === 0 && !end.closed ? "" : faults.map(([name, count]) => `${count} ${name}`).join(", ");
}

/** One stalled among many, for `seconds`, looked at six times. */
export const oneStalled = (settings, { listeners, warm, seconds, heldMs }) =>
  against(settings, SERIAL, async (server) => {
    const part = seconds / 6;
    const phases = [`warm:${warm}`, `calm:${part}`, `stall1:${part}:stall=1`];
    for (let i = 2; i <= 6; i++) phases.push(`stall${i}:${part}`);
    const kernel = [];
    const onPhase = () => void kernel.push(tcpPages() * 4);
    const run = await load(server, { listeners, speaks: true, phases, onPhase });
    const stalled = Object.values(run.phases).filter(({ name }) => name.startsWith("stall"));
    return {
      loss: loss(run),
      calm: p99(run.phases.calm, heldMs),
      stalled: Math.max(...stalled.map((phase) => p99(phase, heldMs))),
      median: stalled.map((phase) => p99(phase, heldMs)).sort((a, b) => a - b)[3],
      rssMib: stalled.map((phase) => phase.rss_kib / 1024),
      kernelKib: kernel.slice(2),
    };
  });

/** Many stall, then all of them read again at once; once before that, so that the gateway has compiled what that needs. */
export const manyStalled = (settings, { listeners, stalled, warm, seconds, heldMs }) =>
  against(settings, SERIAL, async (server) => {
    const stall = `stall:${Math.max(15, 2 * seconds)}:stall=${stalled}`;
    const phases = [`warm:${warm}`, `before${stall}`, "settle:3:resume", `calm:${seconds}`, stall, "drain:1:resume", `after:${seconds}`];
    const run = await load(server, { listeners, speaks: true, phases });
    const { calm, drain } = run.phases;
    const later = run.phases.after;
    const told = [run.phases.stall, drain, later].reduce((sum, phase) => sum + phase.gaps_others, 0);
    const lostMs = [run.phases.stall, drain, later].reduce((sum, phase) => sum + phase.gap_ms_others, 0);
    return { loss: loss(run), calm: p99(calm, heldMs), drain: p99(drain, heldMs), after: p99(later, heldMs), told, lostMs };
  });

/** Who came and went before those that are measured: a gateway that runs has compiled what a join needs, which takes a core for seconds. */
const AUDIENCES_BEFORE = 12;
/** So many a second: a cold gateway would refuse more as an overload. */
const JOINS_BEFORE = 500;

/** So many join within one second while as many listen; several times, each after the listeners of the time before have gone. */
export const joins = (settings, { listeners, runs, warm, seconds, heldMs }) =>
  against(settings, SERIAL, async (server) => {
    for (let i = 0; i < AUDIENCES_BEFORE; i++) await load(server, { listeners: 2 * listeners, speaks: i === 0, phases: ["warm:4"] });
    const phases = [`warm:${warm}`, `calm:${seconds}`, `join:2:join=${listeners}`, `after:${Math.max(5, seconds)}`];
    const done = [];
    for (let i = 0; i < runs; i++) done.push(await load(server, { listeners, phases }));
    return done.map((run) => ({ loss: loss(run), open: run.phases.after.open, calm: p99(run.phases.calm, heldMs), join: p99(run.phases.join, heldMs) }));
  });

/**
 * The connections of `cut` listeners break at once, and come back within a second, each behind the last entry that it took, while `listeners`
 * listen. Once before that, so that the gateway has compiled what that needs: the first time is told too. Then several times.
 */
export const resumes = (settings, { listeners, cut, runs, warm, seconds, heldMs }) =>
  against(settings, SERIAL, async (server) => {
    const all = listeners + cut;
    const storm = `${Math.max(4, seconds)}:cut=${cut}:within=1`;
    for (let i = 0; i < AUDIENCES_BEFORE; i++) await load(server, { listeners: all, speaks: i === 0, joins: JOINS_BEFORE, phases: ["warm:4"] });
    const storms = Array.from({ length: runs }, (_, i) => `storm${i + 1}`);
    const phases = [`warm:${warm}`, `first:${storm}`, "settle:3", `calm:${seconds}`, ...storms.flatMap((name) => [`${name}:${storm}`, `after${name}:${seconds}`])];
    const run = await load(server, { listeners: all, joins: JOINS_BEFORE, phases });
    const gapsOthers = Object.values(run.phases).reduce((sum, phase) => sum + phase.gaps_others, 0);
    const told = ({ storm: { ok, fresh, gap, all_live_us: live, longest_us: longest }, ...phase }) => ({
      ok,
      lost: gap + fresh,
      liveMs: live / 1000,
      longestMs: longest / 1000,
      others: p99(phase, heldMs),
      loadCpu: phase.load_cpu,
    });
    return {
      loss: loss(run) || (gapsOthers ? `${gapsOthers} gaps of those that came back` : ""),
      open: run.phases[`after${storms.at(-1)}`].open,
      calm: p99(run.phases.calm, heldMs),
      first: told(run.phases.first),
      storms: storms.map((name) => told(run.phases[name])),
    };
  });

function liveHeapKib(pid) {
  const jcmd = (...command) => output(`${JAVA_HOME}/bin/jcmd`, [`${pid}`, ...command]);
  jcmd("GC.run");
  const heap = jcmd("GC.heap_info").split(/Metaspace/)[0];
  return [...heap.matchAll(/used (\d+)K/g)].reduce((sum, match) => sum + Number(match[1]), 0);
}

/**
 * Idle listeners: what the process grows by when so many join besides half as many, who have brought about what happens only once
 * (classes, compiled code). The heap lies in memory from the start, so that all that the process grows by lies outside it.
 */
export const idleListeners = (settings, { listeners }) =>
  against(settings, [...SERIAL, "-Xms512m", "-XX:+AlwaysPreTouch"], async (server) => {
    const marks = [];
    const onPhase = (name) => {
      if (name.startsWith("hold")) marks.push({ heap: liveHeapKib(server.pid), rss: rssKib(server.pid), kernel: tcpPages() * 4 });
    };
    const phases = ["settle:8", "hold1:3", `join:3:join=${listeners}`, "settle:8", "hold2:3"];
    const run = await load(server, { listeners: listeners / 2, phases, onPhase });
    const [before, now] = marks;
    return {
      loss: loss(run),
      heapKib: (now.heap - before.heap) / listeners,
      outsideKib: (now.rss - before.rss) / listeners,
      kernelKib: (now.kernel - before.kernel) / listeners,
    };
  });

/** Of each thread, in µs. */
function cpuTimes(pid) {
  const tasks = `/proc/${pid}/task`;
  const time = (tid) => Number(readFileSync(`${tasks}/${tid}/schedstat`, "utf8").split(" ")[0]) / 1000;
  return new Map(readdirSync(tasks).map((tid) => [tid, time(tid)]));
}

/** Of a core, by the threads that are there all the time: a compiler's thread that ends takes its time with it. */
async function percent(server, seconds) {
  const [before, at] = [cpuTimes(server.pid), performance.now()];
  await after(seconds * 1000);
  const now = cpuTimes(server.pid);
  const used = [...now].reduce((sum, [tid, us]) => sum + (before.has(tid) ? us - before.get(tid) : 0), 0);
  return used / (performance.now() - at) / 10;
}

/** Channels without listeners and speech, beside the same process before there were any. */
export const idleChannels = (settings, { channels, seconds }) =>
  against([...settings, "--gateway.channels.idle=10m"], SERIAL, async (server) => {
    await after(SETTLE_MS);
    const none = await percent(server, seconds);
    const run = await load(server, { listeners: channels, channels, reportMs: 0, phases: ["join:2"] });
    await after(SETTLE_MS);
    const there = await fetch(`http://127.0.0.1:${server.port}/v1/channels`).then((answer) => answer.json());
    return { loss: loss(run), none, idle: await percent(server, seconds), there: (there.channels ?? there).length };
  });

/** As many as the file limit allows. */
export const crowd = (settings, { listeners, warm, seconds, heldMs }) =>
  against(settings, SERIAL, async (server) => {
    const run = await load(server, { listeners, speaks: true, phases: [`warm:${warm}`, `calm:${seconds}`] });
    const { calm } = run.phases;
    return {
      loss: loss(run),
      rate: calm.frames / calm.seconds / calm.open,
      core: calm.cpu_us / calm.seconds / 1e4,
      late: p99(calm, heldMs),
      loadCpu: calm.load_cpu,
    };
  });

/** In Opus, gateway and load on both cores; reports at the pace that the gateway tells. */
export const opusCrowd = (settings, { listeners, warm, seconds, heldMs }) =>
  against(
    settings,
    SERIAL,
    async (server) => {
      const opus = { format: "opus/48000/1", source: false, reportMs: /** @type {const} */ ("told") };
      const phases = [`warm:${warm}`, `calm:${seconds}`];
      const run = await load(server, { listeners, ...opus, speaks: true, joins: JOINS_BEFORE, core: BOTH_CORES, phases });
      const { calm } = run.phases;
      return {
        loss: loss(run),
        rate: calm.frames / calm.seconds / calm.open,
        cores: calm.cpu_us / calm.seconds / 1e6,
        open: calm.open,
        late: p99(calm, heldMs),
        loadCpu: calm.load_cpu,
        reportMs: calm.report_ms,
        kbit: (calm.bytes * 8) / calm.seconds / calm.open / 1000,
      };
    },
    BOTH_CORES,
  );
