// What does TLS cost in the gateway, and what behind nginx? CPU of both processes together, at 100 ms of sound a send.
//
//   node src/bench/tls.mjs [LISTENERS=1000] [RUNS=3] [SECONDS=4] [WARM=10] [REPORT=1000] [WRITE=no]
//
// The gateway alone without TLS, the gateway with TLS of its own, and the gateway without TLS behind nginx with TLS, in turn; nginx once as README.md
// has it, and once with a buffer that takes a whole send. Gateway and nginx share core 0. The clients' TLS runs on core 1, and does not count.
// REPORT: ms between two reports of a player; 0: none. WRITE=yes puts the table into docs/performance.md. Needs the headers of OpenSSL. Linux only.
import { build, hasTls } from "./harness/build.mjs";
import { late, rssKib } from "./harness/contest.mjs";
import { nginx } from "./harness/fetched.mjs";
import { load, spread } from "./harness/load.mjs";
import { machine } from "./harness/machine.mjs";
import { fail, options } from "./harness/options.mjs";
import { now, shown, table, writeInto } from "./harness/report.mjs";
import { gateway } from "./harness/servers.mjs";
import { batch } from "./harness/settings.mjs";
import { certificate, nginxBefore, ownTls } from "./harness/tls.mjs";

const wish = options({ LISTENERS: "1000", RUNS: "3", SECONDS: "4", WARM: "10", REPORT: "1000", WRITE: "no", NOTE: "" });
const BATCH_MS = 100;
/** TLS handshakes have a part of an event loop's time: they join more slowly. */
const JOINS_PER_SECOND = 250;

build();
if (!hasTls()) fail("the load cannot speak TLS: the headers of OpenSSL are missing (Debian: libssl-dev)");
const { missing } = nginx();
if (missing) fail(missing);
const folder = certificate();
const CONTENDERS = [
  { name: "gateway without TLS", settings: [], chunk: null },
  { name: "gateway with TLS of its own", settings: ownTls(folder), chunk: null },
  { name: "nginx with TLS, before a gateway without", settings: [], chunk: "4k" },
  { name: "the same, `proxy_buffer_size 16k; proxy_buffers 8 16k`", settings: [], chunk: "16k" },
];

/** @param {typeof CONTENDERS[number]} contender */
async function once({ settings, chunk }) {
  const server = await gateway([...batch(BATCH_MS), ...settings]);
  const front = chunk ? await nginxBefore(folder, server, chunk) : undefined;
  try {
    const phases = [`warm:${wish.WARM}`, `calm:${wish.SECONDS}`];
    const size = { listeners: Number(wish.LISTENERS), reportMs: Number(wish.REPORT), joins: JOINS_PER_SECOND };
    const run = await load(server, { ...size, front, speaks: true, phases });
    const { calm } = run.phases;
    const each = (us) => us / calm.open / calm.seconds;
    return {
      clean: run.clean && calm.gaps === 0 && run.end.closed === 0,
      cipher: run.cipher,
      gateway: each(calm.cpu_us),
      nginx: each(calm.beside_us),
      both: each(calm.cpu_us + calm.beside_us),
      core: (calm.cpu_us + calm.beside_us) / calm.seconds / 1e4,
      late: late(calm, BATCH_MS - 20).lateP99,
      rssMib: (calm.rss_kib + (front?.processes() ?? []).reduce((sum, pid) => sum + rssKib(pid), 0)) / 1024,
    };
  } finally {
    await front?.end();
    await server.end();
  }
}

const conditions = machine();
const results = CONTENDERS.map(({ name }) => ({ name, runs: /** @type {any[]} */ ([]) }));
for (let run = 1; run <= Number(wish.RUNS); run++) {
  for (const [i, contender] of CONTENDERS.entries()) {
    const result = await once(contender);
    results[i].runs.push(result);
    console.error(`run ${run}: ${contender.name}: ${result.both.toFixed(0)} µs a listener-second${result.clean ? "" : ", NOT CLEAN"}`);
  }
}
const of = (result, figure) => spread(result.runs.map((run) => run[figure]));
const plain = of(results[0], "both").median;
const rows = results.map((result) => {
  const m = (figure) => of(result, figure).median;
  return [
    result.name + (result.runs.every((run) => run.clean) ? "" : " **NOT CLEAN**"),
    shown(of(result, "both"), 0),
    (m("both") / plain).toFixed(2),
    `${m("gateway").toFixed(0)} + ${m("nginx").toFixed(0)}`,
    `${m("core").toFixed(0)} %`,
    `${m("late").toFixed(1)} ms`,
    m("rssMib").toFixed(0),
  ];
});
const ciphers = [...new Set(results.flatMap(({ runs }) => runs.map((run) => run.cipher)).filter(Boolean))];
const text = [
  `${now()} UTC; ${conditions}. ${wish.NOTE}`.trim(),
  `\`node src/bench/tls.mjs LISTENERS=${wish.LISTENERS} RUNS=${wish.RUNS} SECONDS=${wish.SECONDS} WARM=${wish.WARM} REPORT=${wish.REPORT}\`: ${ciphers.join(", ")}; CPU per listener and second in µs, median (least to most).`,
  table(["", "CPU", "× without TLS", "gateway + nginx", "of the core", "p99 beyond what is held back", "RSS MB of both"], rows),
].join("\n\n");
console.log(text);
if (wish.WRITE === "yes") writeInto("tls", text);
process.exit(results.every(({ runs }) => runs.every((run) => run.clean)) ? 0 : 1);
