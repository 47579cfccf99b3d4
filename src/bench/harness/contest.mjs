// The same load on each contender in turn, and that so many times: what a delivered frame costs, and how late it comes.
import { readFileSync } from "node:fs";
import { floor, gateway, sessionSend, ws } from "./servers.mjs";
import { load, perFrame, perListenerSecond, spread } from "./load.mjs";
import { batch, objection, send } from "./settings.mjs";

/** @typedef {{name: string, start: () => Promise<import("./servers.mjs").Server>, speaks: boolean, settings?: string[],
 *   compiled?: boolean}} Contender one that is compiled already needs no long warming up */

/** @param {string} name @param {string[]} settings @param {string[]} [flags] @returns {Contender} */
export const ours = (name, settings, flags) => ({ name, settings, speaks: true, start: () => gateway(settings, flags) });

/** @type {Record<string, Contender>} */
export const CONTENDERS = {
  floor: { name: "C `send()` loop", speaks: false, compiled: true, start: () => floor() },
  ws: { name: "Node `ws`", speaks: false, start: () => ws() },
  sessionSend: { name: "WebFlux `session.send(Flux)`", speaks: false, start: () => sessionSend() },
  write: ours("gateway, `write`", [...send("write"), ...batch(20)]),
  fd: ours("gateway, `fd`", [...send("fd"), ...batch(20)]),
  ring: ours("gateway, `ring`", [...send("ring"), ...batch(20)]),
  floor100: { name: "C `send()` loop, 100 ms a send", speaks: false, compiled: true, start: () => floor(5) },
  fd100: ours("gateway, `fd`, 100 ms a send", [...send("fd"), ...batch(100)]),
};

export const rssKib = (pid) => Number(readFileSync(`/proc/${pid}/status`, "utf8").match(/VmRSS:\s*(\d+)/)?.[1] ?? 0);

const compiler = (phase) =>
  Object.entries(phase.threads).reduce((sum, [name, us]) => sum + (/C[12] Compiler/.test(name) ? us : 0), 0);

/** @param {Contender} contender @param {{listeners: number, warm: number, seconds: number}} size */
async function once(contender, { listeners, warm, seconds }) {
  const server = await contender.start();
  const before = rssKib(server.pid);
  const phases = [`warm:${contender.compiled ? Math.min(warm, 2) : warm}`, `calm:${seconds}`];
  const run = await load(server, { listeners, speaks: contender.speaks, phases });
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
    newestP99: phase.newest.p99 / 1000,
    rssKib: phase.rss_kib,
    rssKibPerListener: (phase.rss_kib - before) / listeners,
    pauses: phase.pauses.length,
    longestPause: Math.max(0, ...phase.pauses),
    involuntaryPerSecond: phase.involuntary / phase.seconds,
    loadCpu: phase.load_cpu,
  };
}

/** @param {Contender[]} contenders @param {{runs: number, listeners: number, warm: number, seconds: number}} size */
export async function contest(contenders, size) {
  const results = contenders.map((contender) => ({ name: contender.name, absent: null, runs: [] }));
  for (const [i, { settings }] of contenders.entries()) if (settings) results[i].absent = await objection(settings);
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
