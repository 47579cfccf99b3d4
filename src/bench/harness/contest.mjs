// The same load on each contender in turn, and that so many times: what a delivered frame costs, and how late it comes.
import { readFileSync } from "node:fs";
import { bun, centrifugo } from "./fetched.mjs";
import { bunServer, centrifugoServer, floor, gateway, sessionSend, ws } from "./servers.mjs";
import { load, perFrame, perListenerSecond, spread } from "./load.mjs";
import { batch, ifKnown, objection, send } from "./settings.mjs";

/**
 * @typedef {object} Contender
 * @property {string} name
 * @property {(settings: string[]) => Promise<import("./servers.mjs").Server>} start
 * @property {boolean} speaks whether it must be told to
 * @property {boolean} compiled before it starts, so that it needs no long warming up
 * @property {(() => {missing: string | null}) | undefined} fetched what must be fetched before, unless it is there
 * @property {string[]} must settings without which it is not there
 * @property {number} heldMs how long a frame may be held back so that more go together
 * @property {string[]} may settings that an older gateway does not know, and acts by
 */

/** @param {string} name @param {{must?: string[], may?: string[], flags?: string[], heldMs?: number}} how @returns {Contender} */
export const ours = (name, { must = [], may = [], flags, heldMs = 0 }) => ({
  name,
  must,
  may,
  heldMs,
  fetched: undefined,
  speaks: true,
  compiled: false,
  start: (settings) => gateway(settings, flags),
});

/**
 * @param {string} name @param {() => Promise<import("./servers.mjs").Server>} start @param {() => {missing: string | null}} [fetched]
 * @returns {Contender}
 */
export const other = (name, start, compiled = false, heldMs = 0, fetched) => ({
  name,
  start,
  compiled,
  heldMs,
  fetched,
  speaks: false,
  must: [],
  may: [],
});

const each = batch(20);

export const CONTENDERS = {
  floor: other("C `send()` loop", () => floor(), true),
  ws: other("Node `ws`", () => ws()),
  bun: other("Bun's server, `publish`", bunServer, false, 0, bun),
  centrifugo: other("Centrifugo 6, Protobuf", centrifugoServer, true, 0, centrifugo),
  sessionSend: other("WebFlux `session.send(Flux)`", () => sessionSend()),
  write: ours("gateway, `write`", { may: [...send("write"), ...each] }),
  fd: ours("gateway, `fd`", { must: send("fd"), may: each }),
  ring: ours("gateway, `ring`", { must: send("ring"), may: each }),
  floor100: other("C `send()` loop, 100 ms a send", () => floor(5), true, 80),
  fd100: ours("gateway, `fd`, 100 ms a send", { must: [...send("fd"), ...batch(100)], heldMs: 80 }),
};

export const rssKib = (pid) => Number(readFileSync(`/proc/${pid}/status`, "utf8").match(/VmRSS:\s*(\d+)/)?.[1] ?? 0);

const compiler = (phase) =>
  Object.entries(phase.threads).reduce((sum, [name, us]) => sum + (/C[12] Compiler/.test(name) ? us : 0), 0);

/**
 * How late frames were beyond what gathering holds back on purpose: the newest of a read is not held back at all, and no frame longer than
 * `heldMs`. The worse of both, so that what came in one read because it was late is not taken for gathered.
 */
export function late(phase, heldMs) {
  const beyond = (figure) => Math.max(phase.newest[figure] / 1000, phase.latency[figure] / 1000 - heldMs);
  return { lateP99: beyond("p99"), lateP999: beyond("p999") };
}

/** @param {Contender} contender @param {{listeners: number, warm: number, seconds: number, reportMs?: number | "told"}} size */
async function once(contender, { listeners, warm, seconds, reportMs }) {
  const server = await contender.start([...contender.must, ...(await ifKnown(contender.may))]);
  const before = rssKib(server.pid);
  const phases = [`warm:${contender.compiled ? Math.min(warm, 2) : warm}`, `calm:${seconds}`];
  const run = await load(server, { listeners, speaks: contender.speaks, phases, reportMs });
  await server.end();
  const phase = run.phases.calm;
  return {
    clean: run.clean && phase.gaps === 0 && run.end.closed === 0,
    faults: run.end,
    usPerFrame: perFrame(phase),
    usPerListenerSecond: perListenerSecond(phase),
    userShare: phase.user_us / (phase.user_us + phase.system_us),
    compilerShare: compiler(phase) / phase.cpu_us,
    framesPerSecond: phase.frames / phase.seconds / phase.open,
    sendsPerSecond: phase.reads / phase.seconds / phase.open,
    p50: phase.latency.p50 / 1000,
    p99: phase.latency.p99 / 1000,
    p999: phase.latency.p999 / 1000,
    ...late(phase, contender.heldMs),
    rssKib: phase.rss_kib,
    rssKibPerListener: (phase.rss_kib - before) / listeners,
    pauses: phase.pauses.length,
    longestPause: Math.max(0, ...phase.pauses),
    involuntaryPerSecond: phase.involuntary / phase.seconds,
    loadCpu: phase.load_cpu,
    reportMs: phase.report_ms,
  };
}

/** @param {Contender[]} contenders @param {{runs: number, listeners: number, warm: number, seconds: number, reportMs?: number | "told"}} size */
export async function contest(contenders, size) {
  const results = contenders.map((contender) => ({ name: contender.name, absent: null, runs: [] }));
  for (const [i, { must, fetched }] of contenders.entries()) {
    if (fetched) results[i].absent = fetched().missing;
    if (must.length > 0) results[i].absent = await objection(must);
  }
  for (let run = 1; run <= size.runs; run++) {
    for (const [i, contender] of contenders.entries()) {
      if (results[i].absent) continue;
      const result = await once(contender, size);
      results[i].runs.push(result);
      console.error(
        `run ${run}: ${contender.name}: ${result.usPerFrame.toFixed(2)} µs a frame, p99 ${result.p99.toFixed(1)} ms` +
          (result.clean ? "" : `, NOT CLEAN ${JSON.stringify(result.faults)}`),
      );
    }
  }
  return results;
}

/** @param {{runs: any[]}} result @param {string} figure */
export const of = (result, figure) => spread(result.runs.map((run) => run[figure]));
