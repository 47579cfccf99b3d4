// The table of docs/performance.md: every target of the fan-out, measured in one run.
//
//   node src/bench/table.mjs [RUNS=5] [SECONDS=4] [WARM=12] [LISTENERS=1000] [BATCH=100] [ROWS=all] [CONTENDERS=all]
//   [SETTINGS=…] [WRITE=no]
//
// RUNS of the rows that are medians, each contender in turn; SECONDS of a window; WARM before it; BATCH: ms of sound a send in the
// rows about troubles, as a large audience gets it by itself where the lead allows it; 20 is the harder case. ROWS: names from the list below,
// with commas; CONTENDERS: some of those in `frames` (the C loop always takes part). SETTINGS: of the gateway in the rows about troubles, with blanks.
// WRITE=yes puts the result into docs/performance.md; a remark on the conditions may be given as NOTE.
import { readFileSync, writeFileSync } from "node:fs";
import { OUT, build } from "./harness/build.mjs";
import { CONTENDERS, contest, of } from "./harness/contest.mjs";
import { machine } from "./harness/machine.mjs";
import { fail, options } from "./harness/options.mjs";
import { now, shown, table, verdict, writeInto } from "./harness/report.mjs";
import { batch, ifKnown } from "./harness/settings.mjs";
import * as troubles from "./harness/troubles.mjs";

const wish = options({ RUNS: "5", SECONDS: "4", WARM: "12", LISTENERS: "1000", BATCH: "100", CROWD: "5000", OPUS: "10000", CONTENDERS: "all", ROWS: "all", SETTINGS: "", WRITE: "no", NOTE: "" });
const [runs, seconds, warm, listeners, batchMs, crowd, opus] = ["RUNS", "SECONDS", "WARM", "LISTENERS", "BATCH", "CROWD", "OPUS"].map((name) => Number(wish[name]));
const size = { runs, seconds, warm, listeners };
const f = (value, digits = 1) => value.toFixed(digits);

/** @type {string[][]} */
const rows = [];
/** @type {any[]} */
let contestants = [];

const row = (figure, target, measured, holds) => rows.push([figure, target, measured, holds === null ? "–" : verdict(holds)]);
const UNASKED = { runs: [], absent: "not asked for" };
const named = (name) => contestants.find((result) => result.name === CONTENDERS[name].name) ?? UNASKED;
const present = (name) => named(name).runs.length > 0;
const median = (name, figure) => of(named(name), figure).median;

async function frames() {
  const names = ["floor", "ws", "bun", "centrifugo", "sessionSend", "write", "fd", "ring", "floor100", "fd100"];
  const asked = wish.CONTENDERS === "all" ? names : ["floor", ...names.filter((name) => name !== "floor" && wish.CONTENDERS.split(",").includes(name))];
  contestants = await contest(asked.map((name) => CONTENDERS[name]), size);
  const cost = (name) => median(name, "usPerFrame");
  for (const [name, most] of [["fd", 1.15], ["ring", 1.05]]) {
    if (named(name) === UNASKED) continue;
    const target = `\`${name}\` ≤ ${most} × the C loop`;
    if (!present(name)) row("CPU per 20 ms frame, no coalescing", target, `not there: ${named(name).absent}`, null);
    else {
      const times = cost(name) / cost("floor");
      row("CPU per 20 ms frame, no coalescing", target, `${f(cost(name), 2)} µs: ${f(times, 2)} × the C loop's ${f(cost("floor"), 2)}`, times <= most);
    }
  }
  const best = present("fd") ? "fd" : "write";
  if (named(best) === UNASKED) return;
  if (!present(best)) return row("the gateway", "starts", named(best).absent, false);
  for (const other of ["ws", "bun", "centrifugo", "sessionSend"]) {
    if (named(other) === UNASKED) continue;
    const target = `below ${CONTENDERS[other].name}`;
    if (present(other)) row("the same", target, `${f(cost(best), 2)} µs, ${f(cost(other), 2)} there`, cost(best) < cost(other));
    else row("the same", target, `not there: ${named(other).absent}`, null);
  }
  if (present("fd100")) {
    const [single, gathered] = [best, "fd100"].map((name) => median(name, "usPerListenerSecond"));
    const sends = f(median("fd100", "sendsPerSecond"), 0);
    row("CPU per listener-second, coalesced to 100 ms", "≤ 0.4 × that at 20 ms", `${f(gathered, 0)} µs (${sends} sends a second): ${f(gathered / single, 2)} × ${f(single, 0)} µs`, gathered <= 0.4 * single);
  } else if (named("fd100") !== UNASKED) row("CPU per listener-second, coalesced to 100 ms", "≤ 0.4 × that at 20 ms", `not there: ${named("fd100").absent}`, null);
  const latency = (name, late) => {
    const [p99, p999] = ["99", "999"].map((figure) => median(name, late + figure));
    return { text: `${f(p99)} ms, ${f(p999)} ms`, holds: p99 <= 5 && p999 <= 20 };
  };
  const added = `added latency, ${listeners} listeners on one core`;
  if (present("fd100")) {
    const gathered = latency("fd100", "lateP");
    row(`${added}, coalesced to 100 ms`, "p99 ≤ 5 ms, p99.9 ≤ 20 ms", gathered.text, gathered.holds);
  }
  const each = latency(best, "lateP");
  row(`${added}, no coalescing`, "p99 ≤ 5 ms, p99.9 ≤ 20 ms", `${each.text}; the C loop ${latency("floor", "lateP").text}`, each.holds);
}

const losses = (runs) => runs.map((run) => run.loss).filter(Boolean).join("; ");
const KEPT = (loss) => (loss === "" ? "nothing lost" : `**${loss}**`);

const settings = async (ms = batchMs) => [...(await ifKnown(batch(ms))), ...wish.SETTINGS.split(" ").filter(Boolean)];
const together = batchMs > 20 ? `, coalesced to ${batchMs} ms` : ", no coalescing";
const heldMs = batchMs - 20;

const ROWS = {
  frames,
  one: async () => {
    const r = await troubles.oneStalled(await settings(), { listeners, warm, seconds: Math.max(12, 15 * seconds), heldMs });
    const memory = `RSS ${r.rssMib.map((mib) => f(mib, 0)).join(", ")} MB, kernel ${r.kernelKib.map((kib) => f(kib / 1024, 1)).join(", ")} MB`;
    row(`one stalled listener of ${listeners}, ${15 * seconds} s${together}`, "p99 of the others moves < 1 ms; memory bounded", `p99 ${f(r.calm)} → ${f(r.median)} ms (worst sixth ${f(r.stalled)}); ${KEPT(r.loss)}; ${memory}`, !r.loss && r.median - r.calm < 1 && r.rssMib.at(-1) - r.rssMib[0] < 32);
  },
  many: async () => {
    const r = await troubles.manyStalled(await settings(), { listeners, stalled: listeners / 10, warm, seconds, heldMs });
    row(`${listeners / 10} stalled of ${listeners}, all drain at once${together}`, "no loss beyond the policy; p99 of the others ≤ 5 ms", `p99 ${f(r.calm)} → ${f(r.drain)} ms in the second of the drain; others: ${KEPT(r.loss)}; the stalled were told of ${r.told} gaps, ${f(r.lostMs / Math.max(1, r.told) / 1000)} s each`, !r.loss && r.drain <= 5);
  },
  memory: async () => {
    const r = await troubles.idleListeners([], { listeners });
    const all = r.heapKib + r.outsideKib;
    row("memory per idle listener above the kernel's", "≤ 20 KB", `${f(all)} KB: heap ${f(r.heapKib)}, outside ${f(r.outsideKib)} (kernel ${f(r.kernelKib)} beside)`, !r.loss && all <= 20);
  },
  joins: async () => {
    const runs = await troubles.joins(await settings(), { listeners, runs: Number(wish.RUNS), warm, seconds, heldMs });
    const measured = `p99 ${runs.map((r) => `${f(r.calm)} → ${f(r.join)}`).join(", ")} ms; ${KEPT(losses(runs))}`;
    const holds = runs.every((r) => !r.loss && r.open === 2 * listeners && r.join <= 10);
    row(`${listeners} joins in one second while ${listeners} listen${together}, each of ${runs.length} runs`, "p99 ≤ 10 ms", measured, holds);
  },
  resume: async () => {
    const cut = 2 * listeners;
    const { storms, first, ...r } = await troubles.resumes(await settings(), { listeners, cut, runs: Number(wish.RUNS), warm, seconds, heldMs });
    const live = ({ ok, liveMs }) => (liveMs > 0 ? `${ok} went on, all live ${f(liveMs / 1000, 2)} s after the cut` : `${ok} went on, **not all live**`);
    const others = storms.map((storm) => f(storm.others)).join(", ");
    const measured = `${storms.map(live).join("; ")}. The longest took ${f(Math.max(...storms.map((storm) => storm.longestMs)), 0)} ms from its connect; p99 of the others ${f(r.calm)} → ${others} ms; ${KEPT(r.loss)}; the load took ${f(100 * storms[0].loadCpu, 0)} % of its core. The first storm of this audience: ${live(first)}, p99 ${f(first.others)} ms`;
    const holds = !r.loss && r.open === listeners + cut && storms.every((storm) => storm.ok === cut && storm.liveMs > 0 && storm.liveMs <= 2000 && storm.others <= 10);
    row(`${cut} come back within 1 s after a cut while ${listeners} listen${together}, ${storms.length} times`, "all live within 2 s, nothing lost; p99 of the others ≤ 10 ms", measured, holds);
  },
  channels: async () => {
    const r = await troubles.idleChannels([], { channels: 1000, seconds: 2.5 * seconds });
    row(`${r.there} idle channels`, "0 % CPU", `${f(r.idle, 2)} % (${f(r.none, 2)} % before there were any)`, !r.loss && r.idle - r.none < 0.1 && r.idle < 0.5);
  },
  crowd: async () => {
    const r = await troubles.crowd(await settings(100), { listeners: crowd, warm, seconds: 2.5 * seconds, heldMs: 80 });
    row(`${crowd} listeners, one channel, coalesced to 100 ms`, "no loss", `${KEPT(r.loss)}, ${f(r.rate, 1)} frames a second each, ${f(r.core, 0)} % of the core, p99 ${f(r.late)} ms beyond what is held back (the load took ${f(100 * r.loadCpu, 0)} % of its core)`, !r.loss && r.rate > 49.5);
  },
  opus: async () => {
    const r = await troubles.opusCrowd(await settings(100), { listeners: opus, warm, seconds: 2.5 * seconds, heldMs: 80 });
    const cost = `${f(r.cores, 2)} cores, ${f(r.open / r.cores, 0)} listeners a core (the load took ${f(r.loadCpu, 2)} beside), p99 ${f(r.late)} ms beyond what is held back, ${f(r.kbit, 1)} kbit/s each, a report every ${f(r.reportMs / 1000, 1)} s`;
    row(`${r.open} listeners in Opus, one channel, coalesced to 100 ms, gateway and load on both cores`, "no loss", `${KEPT(r.loss)}, ${f(r.rate, 1)} frames a second each, ${cost}`, !r.loss && r.rate > 49.5 && r.open === opus);
  },
};

function contestTable() {
  const head = ["contender", "µs a frame", "× the C loop", "user / compiler", "p50 / p99 / p99.9 ms", "RSS MB (KB a listener)", "GC pauses, longest", "off its core"];
  return table(head, contestants.map((result) => {
    if (result.runs.length === 0) return [result.name, `not there: ${result.absent}`, "", "", "", "", "", ""];
    const m = (figure) => of(result, figure).median;
    const percent = (figure) => `${f(100 * m(figure), 0)} %`;
    return [
      result.name + (result.runs.every((run) => run.clean) ? "" : " **NOT CLEAN**"),
      shown(of(result, "usPerFrame"), 2),
      f(m("usPerFrame") / median("floor", "usPerFrame"), 2),
      `${percent("userShare")} / ${percent("compilerShare")}`,
      result.name.includes("a send") ? `${f(m("lateP99"))} / ${f(m("lateP999"))} beyond what is held back` : ["p50", "p99", "p999"].map((figure) => f(m(figure))).join(" / "),
      `${f(m("rssKib") / 1024, 0)} (${f(m("rssKibPerListener"))})`,
      `${f(m("pauses"), 0)}, ${f(Math.max(...result.runs.map((run) => run.longestPause)))} ms`,
      `${f(m("involuntaryPerSecond"), 0)} a second`,
    ];
  }));
}

function fileLimit() {
  const most = Math.max(crowd, opus);
  const limit = Number(readFileSync("/proc/self/limits", "utf8").match(/Max open files\s+\S+\s+(\d+)/)?.[1] ?? Infinity);
  if (limit < most + 1000) fail(`the hard limit of open files is ${limit}: raise it (ulimit -Hn) above ${most + 1000}, or choose CROWD and OPUS`);
}

build();
fileLimit();
const chosen = wish.ROWS === "all" ? Object.keys(ROWS) : wish.ROWS.split(",");
for (const name of chosen) if (!(name in ROWS)) fail(`there is no row ${name}; there are ${Object.keys(ROWS).join(", ")}`);
const conditions = machine();
for (const name of chosen) {
  console.error(`— ${name}`);
  try {
    await ROWS[name]();
  } catch (failed) {
    row(name, "", `failed: ${String(failed).split("\n")[0]}`, false);
    console.error(failed);
  }
}
const text = [
  `${now()} UTC; ${conditions}. ${wish.NOTE}`.trim(),
  `\`node src/bench/table.mjs RUNS=${runs} SECONDS=${seconds} WARM=${warm}${["ROWS", "CONTENDERS", "SETTINGS"].filter((name) => wish[name] && wish[name] !== "all").map((name) => ` ${name}=${wish[name]}`).join("")}\``,
  table(["figure", "target", "measured", "holds"], rows),
  ...(contestants.length ? [`The first rows in full, medians of ${runs} runs in turn (least–most), ${listeners} listeners:`, contestTable()] : []),
].join("\n\n");
console.log(text);
writeFileSync(`${OUT}/table.json`, JSON.stringify({ conditions, rows, contestants }, null, 1));
if (wish.WRITE === "yes") writeInto("table", text);
