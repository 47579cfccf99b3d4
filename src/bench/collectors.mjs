// Which collector: the gateway under the same load with each of them, in turn.
//
//   node src/bench/collectors.mjs [RUNS=3] [SECONDS=8] [WARM=12] [LISTENERS=1000] [WRITE=no]
import { build } from "./harness/build.mjs";
import { contest, of, ours } from "./harness/contest.mjs";
import { machine } from "./harness/machine.mjs";
import { options } from "./harness/options.mjs";
import { now, shown, table, writeInto } from "./harness/report.mjs";
import { batch } from "./harness/settings.mjs";

const wish = options({ RUNS: "3", SECONDS: "8", WARM: "12", LISTENERS: "1000", WRITE: "no", NOTE: "" });
const size = { runs: Number(wish.RUNS), seconds: Number(wish.SECONDS), warm: Number(wish.WARM), listeners: Number(wish.LISTENERS) };
const COMPACT = "-XX:+UseCompactObjectHeaders";
const COLLECTORS = ["Serial", "Parallel", "G1", "Z"].map((name) => [name === "Z" ? "ZGC" : name, [`-XX:+Use${name}GC`]]);

build();
const conditions = machine();
const contenders = COLLECTORS.flatMap(([name, flags]) => [
  ours(name, { may: batch(20), flags }),
  ours(`${name}, compact headers`, { may: batch(20), flags: [...flags, COMPACT] }),
]);
const results = await contest(contenders, size);
const m = (result, figure) => of(result, figure).median;
const rows = results.map((result) => [
  result.name + (result.runs.every((run) => run.clean) ? "" : " **NOT CLEAN**"),
  shown(of(result, "usPerFrame"), 2),
  ["p50", "p99", "p999"].map((figure) => m(result, figure).toFixed(1)).join(" / "),
  `${m(result, "pauses")}, ${Math.max(...result.runs.map((run) => run.longestPause)).toFixed(1)} ms`,
  (m(result, "rssKib") / 1024).toFixed(0),
]);
const text = [
  `${now()} UTC; ${conditions}. ${wish.NOTE}`.trim(),
  `\`node src/bench/collectors.mjs RUNS=${size.runs} SECONDS=${size.seconds} WARM=${size.warm}\`: ${size.listeners} listeners, no coalescing, -Xmx512m.`,
  table(["collector", "µs a frame", "p50 / p99 / p99.9 ms", "pauses in the window, longest", "RSS MB"], rows),
].join("\n\n");
console.log(text);
if (wish.WRITE === "yes") writeInto("collectors", text);
