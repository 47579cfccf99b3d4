// What a listener costs at 100 ms of sound a send, beside the C loop that reads the same reports and answers the same questions for the time.
//
//   node src/bench/audience.mjs [COUNTS=1000,5000,100] [REPORTS=1000,told,0] [RUNS=5] [SECONDS=5] [WARM=150] [SETTLE=5] [WRITE=no]
//
// One gateway serves all runs, so that it is warm: it has served 1,000 listeners for WARM seconds before the first. A C loop of its own
// stands beside each run, while the gateway is stopped (SIGSTOP). REPORTS: ms between two reports of a player; `told`: as the server says;
// 0: none. The C loop tells no pace, so its players report as the gateway's did in the run before. WRITE=yes puts the table into
// docs/performance.md. Linux only.
import { setTimeout as after } from "node:timers/promises";
import { build } from "./harness/build.mjs";
import { load, perListenerSecond, spread } from "./harness/load.mjs";
import { machine } from "./harness/machine.mjs";
import { options } from "./harness/options.mjs";
import { now, shown, table, writeInto } from "./harness/report.mjs";
import { floor, gateway } from "./harness/servers.mjs";
import { batch, send } from "./harness/settings.mjs";

const wish = options({
  COUNTS: "1000,5000,100",
  REPORTS: "1000,told,0",
  RUNS: "5",
  SECONDS: "5",
  WARM: "150",
  SETTLE: "5",
  WRITE: "no",
  NOTE: "",
});
const FRAMES_A_SEND = 5;
const WARM_LISTENERS = 1000;
const GONE_MS = 1_000;

/** @typedef {{us: number, compiler: number, reportMs: number, clean: boolean}} Window */

/** One window of a server. @param {import("./harness/servers.mjs").Server} server @param {number} listeners @param {number | "told"} reportMs @returns {Promise<Window>} */
async function measure(server, listeners, reportMs) {
  const { phases, end, clean } = await load(server, { listeners, reportMs, phases: [`settle:${wish.SETTLE}`, `calm:${wish.SECONDS}`] });
  const { calm } = phases;
  if (!clean || calm.gaps > 0 || end.closed > 0) console.error(`NOT CLEAN: ${calm.gaps} gaps, ${JSON.stringify(end)}`);
  const compiled = Object.entries(calm.threads).reduce((sum, [name, us]) => sum + (/C[12] Compiler/.test(name) ? us : 0), 0);
  return {
    us: perListenerSecond(calm),
    compiler: compiled / (calm.open * calm.seconds),
    reportMs: calm.report_ms,
    clean: clean && calm.gaps === 0 && end.closed === 0,
  };
}

/** The same of a C loop that is there for this window only. @param {number} listeners @param {number} reportMs */
async function leastOf(listeners, reportMs) {
  const server = await floor(FRAMES_A_SEND);
  const window = await measure(server, listeners, reportMs);
  await server.end();
  return window;
}

build();
const conditions = machine();
const ours = await gateway([...send("fd"), ...batch(20 * FRAMES_A_SEND)]);
await load(ours, { listeners: WARM_LISTENERS, speaks: true, phases: [`warm:${wish.WARM}`] });

const rows = wish.REPORTS.split(",").flatMap((reports) =>
  wish.COUNTS.split(",").map((count) => ({ reports, listeners: Number(count), mine: /** @type {Window[]} */ ([]), its: /** @type {Window[]} */ ([]) })),
);
for (let run = 1; run <= Number(wish.RUNS); run++) {
  for (const row of rows) {
    process.kill(ours.pid, "SIGCONT");
    const mine = await measure(ours, row.listeners, row.reports === "told" ? "told" : Number(row.reports));
    await after(GONE_MS); // it sees its listeners off
    process.kill(ours.pid, "SIGSTOP");
    const its = await leastOf(row.listeners, mine.reportMs);
    row.mine.push(mine);
    row.its.push(its);
    console.error(`run ${run}: ${row.listeners} listeners, reports ${row.reports}: ${mine.us.toFixed(1)} (compiler ${mine.compiler.toFixed(1)}), C loop ${its.us.toFixed(1)} µs`);
  }
}
process.kill(ours.pid, "SIGCONT");
await ours.end();

const text = [
  `${now()} UTC; ${conditions}. ${wish.NOTE}`.trim(),
  `\`node src/bench/audience.mjs RUNS=${wish.RUNS} SECONDS=${wish.SECONDS} WARM=${wish.WARM}\`: CPU per listener and second in µs, median (least to most).`,
  table(
    ["listeners", "a report every", "gateway", "of it compiler", "C loop", "× the C loop", ""],
    rows.map(({ listeners, reports, mine, its }) => {
      const [cost, compiler, least] = [mine.map((one) => one.us), mine.map((one) => one.compiler), its.map((one) => one.us)].map(spread);
      const every = reports === "0" ? "none" : `${mine[0].reportMs} ms${reports === "told" ? ", as told" : ""}`;
      const clean = [...mine, ...its].every((one) => one.clean);
      return [`${listeners}`, every, shown(cost, 0), compiler.median.toFixed(0), shown(least, 0), (cost.median / least.median).toFixed(2), clean ? "" : "**loss or fault**"];
    }),
  ),
].join("\n\n");
console.log(text);
if (wish.WRITE === "yes") writeInto("audience", text);
process.exit(0);
