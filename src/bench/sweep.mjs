// What a listener costs by number of listeners and by sound per send: a table, and the chart docs/fan-out.svg.
//
//   node src/bench/sweep.mjs [COUNTS=100,300,1000,2000,5000] [SENDS=20,60,100] [RUNS=1] [SECONDS=4] [WARM=12] [WRITE=no]
//
// The C loop and the gateway, each at each size. WRITE=yes puts the table into docs/performance.md and the chart beside it. A server that
// cannot keep its pace any more (below 49.5 frames a second and listener) is shown as that, and is not in the chart.
import { writeFileSync } from "node:fs";
import { OUT, ROOT, build } from "./harness/build.mjs";
import { chart } from "./harness/chart.mjs";
import { contest, of, other, ours } from "./harness/contest.mjs";
import { machine } from "./harness/machine.mjs";
import { options } from "./harness/options.mjs";
import { now, table, writeInto } from "./harness/report.mjs";
import { floor } from "./harness/servers.mjs";
import { batch } from "./harness/settings.mjs";

const wish = options({ COUNTS: "100,300,1000,2000,5000", SENDS: "20,60,100", RUNS: "1", SECONDS: "4", WARM: "12", WRITE: "no", NOTE: "" });
const [counts, sends] = [wish.COUNTS, wish.SENDS].map((list) => list.split(",").map(Number));
const size = { runs: Number(wish.RUNS), seconds: Number(wish.SECONDS), warm: Number(wish.WARM) };

build();
const conditions = machine();
const contenders = sends.flatMap((ms) => [
  other(`C loop, ${ms} ms`, () => floor(ms / 20), true, ms - 20),
  ours(`gateway, ${ms} ms`, ms === 20 ? { may: batch(20) } : { must: batch(ms), heldMs: ms - 20 }),
]);

const lines = contenders.map(({ name }) => ({ name, points: [], cells: [], absent: null }));
for (const listeners of counts) {
  const results = await contest(contenders, { ...size, listeners });
  results.forEach((result, i) => {
    lines[i].absent = result.absent;
    if (result.absent) return lines[i].cells.push("–");
    const m = (figure) => of(result, figure).median;
    const cost = m("usPerListenerSecond");
    const clean = result.runs.every((run) => run.clean);
    const kept = clean && m("framesPerSecond") >= 49.5;
    const latency = `${m("lateP99").toFixed(1)} ms`;
    lines[i].cells.push(kept ? `${cost.toFixed(0)} µs, ${latency}` : clean ? `not held: ${m("framesPerSecond").toFixed(1)} a second` : "**loss or fault**");
    if (kept) lines[i].points.push([listeners, cost]);
  });
}
const text = [
  `${now()} UTC; ${conditions}. ${wish.NOTE}`.trim(),
  `\`node src/bench/sweep.mjs RUNS=${size.runs} SECONDS=${size.seconds} WARM=${size.warm}\`: CPU per listener and second, and the p99 latency beyond what gathering holds back.`,
  table(["sound per send", ...counts.map((count) => `${count}`)], lines.map((line) => [line.name, ...line.cells])),
  ...lines.filter((line) => line.absent).map((line) => `${line.name}: not there (${line.absent})`),
].join("\n\n");
console.log(text);
const drawn = lines.filter((line) => line.points.length > 0);
const svg = chart({ title: "CPU of one listener", x: "listeners", y: "µs of a core per second", lines: drawn });
writeFileSync(`${OUT}/fan-out.svg`, svg);
if (wish.WRITE === "yes") {
  writeFileSync(`${ROOT}/docs/fan-out.svg`, svg);
  writeInto("sweep", text);
}
