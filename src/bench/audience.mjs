// What a listener costs at 100 ms of sound a send, beside the C loop that reads the same reports and answers the same questions for the time.
//
//   node src/bench/audience.mjs [COUNTS=1000,5000,100] [REPORTS=1000,told,0] [RUNS=5] [SECONDS=4] [WARM=12] [WRITE=no]
//
// REPORTS: ms between two reports of a player; `told`: as the server says; 0: none. The C loop tells no pace, so its players report as the
// gateway's did in the run before. WRITE=yes puts the table into docs/performance.md. Linux only.
import { build } from "./harness/build.mjs";
import { CONTENDERS, contest, of } from "./harness/contest.mjs";
import { machine } from "./harness/machine.mjs";
import { options } from "./harness/options.mjs";
import { now, shown, table, writeInto } from "./harness/report.mjs";

const wish = options({ COUNTS: "1000,5000,100", REPORTS: "1000,told,0", RUNS: "5", SECONDS: "4", WARM: "12", WRITE: "no", NOTE: "" });
const size = { runs: 1, seconds: Number(wish.SECONDS), warm: Number(wish.WARM) };
const { fd100, floor100 } = CONTENDERS;

/** Both in turn, the gateway first. @param {number} listeners @param {string} reports */
async function compare(listeners, reports) {
  const [ours, floor] = [fd100, floor100].map(({ name }) => ({ name, runs: /** @type {any[]} */ ([]) }));
  for (let run = 1; run <= Number(wish.RUNS); run++) {
    const [{ runs: mine }] = await contest([fd100], { ...size, listeners, reportMs: reports === "told" ? "told" : Number(reports) });
    const [{ runs: its }] = await contest([floor100], { ...size, listeners, reportMs: mine[0].reportMs });
    ours.runs.push(...mine);
    floor.runs.push(...its);
  }
  return { ours, floor };
}

build();
const conditions = machine();
const rows = [];
for (const reports of wish.REPORTS.split(",")) {
  for (const listeners of wish.COUNTS.split(",").map(Number)) {
    const { ours, floor } = await compare(listeners, reports);
    const [cost, least] = [ours, floor].map((result) => of(result, "usPerListenerSecond"));
    const clean = [ours, floor].every(({ runs }) => runs.every((run) => run.clean));
    const every = reports === "0" ? "none" : `${of(ours, "reportMs").median} ms${reports === "told" ? ", as told" : ""}`;
    rows.push([`${listeners}`, every, shown(cost, 0), shown(least, 0), (cost.median / least.median).toFixed(2), clean ? "" : "**loss or fault**"]);
    console.error(rows.at(-1)?.join(" | "));
  }
}
const text = [
  `${now()} UTC; ${conditions}. ${wish.NOTE}`.trim(),
  `\`node src/bench/audience.mjs RUNS=${wish.RUNS} SECONDS=${wish.SECONDS} WARM=${wish.WARM}\`: CPU per listener and second in µs, median (least to most).`,
  table(["listeners", "a report every", "gateway", "C loop", "× the C loop", ""], rows),
].join("\n\n");
console.log(text);
if (wish.WRITE === "yes") writeInto("audience", text);
process.exit(0);
