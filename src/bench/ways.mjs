// Which way to the socket costs less, by number of listeners and by sound per send: straight (`fd`), or all of a loop in one call (`ring`).
//
//   node src/bench/ways.mjs [WAYS=fd,ring] [SIZES=20x10,20x100,…] [RUNS=4] [SECONDS=4] [WARM=45] [SETTLE=2] [WRITE=no]
//
// A size is the ms of sound a send, the number of listeners and, with a further x, how many of them read nothing from 3 s before a window on.
// One gateway for each way and sound per send serves all its runs, after a thousand listeners for WARM seconds; all but the one that is
// measured are stopped (SIGSTOP). Listeners send no reports. A send is what a listener got at once. WRITE=yes puts the table into docs/performance.md. Linux only.
import { setTimeout as after } from "node:timers/promises";
import { build } from "./harness/build.mjs";
import { late } from "./harness/contest.mjs";
import { load, spread } from "./harness/load.mjs";
import { machine } from "./harness/machine.mjs";
import { fail, options } from "./harness/options.mjs";
import { now, shown, table, writeInto } from "./harness/report.mjs";
import { gateway } from "./harness/servers.mjs";
import { batch, objection, send } from "./harness/settings.mjs";

const wish = options({
  WAYS: "fd,ring",
  SIZES: "20x10,20x100,20x1000,20x2000,20x1000x100,100x10,100x100,100x1000,100x5000",
  RUNS: "4",
  SECONDS: "4",
  WARM: "45",
  SETTLE: "2",
  WRITE: "no",
  NOTE: "",
});
const WARM_LISTENERS = 1000;
const GONE_MS = 1_000;
/** A gateway that was stopped is late with everything, and would refuse listeners. */
const STOPPED = ["--gateway.overload.lateness=0s"];
const ways = wish.WAYS.split(",");
const sizes = wish.SIZES.split(",").map((size) => {
  const [ms, listeners, stalled = 0] = size.split("x").map(Number);
  return { ms, listeners, stalled };
});

/** @typedef {{loop: number, all: number, p99: number, rate: number, clean: boolean}} Window */

/** @param {import("./harness/servers.mjs").Server} server @param {{ms: number, listeners: number, stalled: number}} size @returns {Promise<Window>} */
async function measure(server, { ms, listeners, stalled }) {
  const phases = [`settle:${wish.SETTLE}`, ...(stalled ? [`fill:3:stall=${stalled}`] : []), `calm:${wish.SECONDS}`];
  const { phases: told, end, clean } = await load(server, { listeners, reportMs: 0, phases });
  const { calm } = told;
  const loops = Object.entries(calm.threads).reduce((sum, [name, us]) => sum + (/stentor-loop/.test(name) ? us : 0), 0);
  return {
    loop: loops / calm.reads,
    all: calm.cpu_us / calm.reads,
    p99: late(calm, ms - 20).lateP99,
    rate: calm.frames / calm.seconds / (calm.open - stalled),
    clean: clean && (stalled > 0 || calm.gaps === 0) && end.closed === 0,
  };
}

build({ programsOnly: true });
const conditions = machine();
for (const way of ways) {
  const why = await objection(send(way));
  if (why) fail(`${way}: ${why}`);
}
/** @type {string[][]} */
const rows = [];
/** @type {string[]} */
const choices = [];
for (const ms of new Set(sizes.map((size) => size.ms))) {
  const servers = [];
  for (const way of ways) {
    console.error(`— ${way}, ${ms} ms a send`);
    const server = await gateway([...send(way), ...batch(ms), ...STOPPED]);
    servers.push(server);
    await load(server, { listeners: WARM_LISTENERS, reportMs: 0, speaks: true, phases: [`warm:${wish.WARM}`] });
    process.kill(server.pid, "SIGSTOP");
  }
  const own = sizes.filter((size) => size.ms === ms);
  /** @type {Window[][][]} by size, by way */
  const windows = own.map(() => ways.map(() => []));
  for (let run = 1; run <= Number(wish.RUNS); run++) {
    console.error(`— run ${run}`);
    for (const [i, size] of own.entries()) {
      for (const [j, server] of servers.entries()) {
        process.kill(server.pid, "SIGCONT");
        const window = await measure(server, size);
        await after(GONE_MS); // it sees its listeners off
        process.kill(server.pid, "SIGSTOP");
        windows[i][j].push(window);
        console.error(`${ms} ms, ${size.listeners} listeners, ${size.stalled} stalled, ${ways[j]}: ${window.loop.toFixed(2)} µs a send of the loop, ${window.all.toFixed(2)} of all${window.clean ? "" : ", NOT CLEAN"}`);
      }
    }
  }
  for (const [j, server] of servers.entries()) {
    process.kill(server.pid, "SIGCONT");
    for (const [, way, ratio] of server.log().matchAll(/many listeners by (\w+) .*ringToFd="(.*?)"/g))
      choices.push(`With ${ms} ms a send \`${ways[j]}\` chose \`${way}\`: a send by \`ring\` cost ${ratio} of one by \`fd\`.`);
    await server.end();
  }
  for (const [i, { listeners, stalled }] of own.entries()) {
    const [loop, all, p99, rate] = ["loop", "all", "p99", "rate"].map((figure) => windows[i].map((runs) => spread(runs.map((run) => run[figure]))));
    const remarks = [rate.some(({ median }) => median < 49.5) ? `not held: ${rate.map(({ median }) => median.toFixed(1)).join(" and ")} a second` : "", windows[i].flat().every(({ clean }) => clean) ? "" : "**loss or fault**"];
    rows.push([
      `${ms} ms`,
      stalled ? `${listeners}, of them ${stalled} stalled` : `${listeners}`,
      ...loop.map((cost) => shown(cost, 2)),
      ...loop.slice(1).map((cost) => (cost.median / loop[0].median).toFixed(2)),
      all.map(({ median }) => median.toFixed(1)).join(" / "),
      p99.map(({ median }) => median.toFixed(1)).join(" / "),
      remarks.filter(Boolean).join("; "),
    ]);
  }
}

const text = [
  `${now()} UTC; ${conditions}. ${wish.NOTE}`.trim(),
  `\`node src/bench/ways.mjs RUNS=${wish.RUNS} SECONDS=${wish.SECONDS} WARM=${wish.WARM}\`: CPU of the event loop a send in µs, median (least to most).`,
  table(
    ["sound a send", "listeners", ...ways.map((way) => `\`${way}\``), ...ways.slice(1).map((way) => `\`${way}\` × \`${ways[0]}\``), "of all threads, µs a send", "p99, ms", ""],
    rows,
  ),
  ...choices,
].join("\n\n");
console.log(text);
if (wish.WRITE === "yes") writeInto("ways", text);
process.exit(0);
