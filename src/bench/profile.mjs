// Where the time of a gateway goes while it sends.
//
//   node src/bench/profile.mjs [SECONDS=10] [WARM=12] [LISTENERS=1000] [SEND=] [BATCH=] [REPORTS=1000] [FLOOR=no]
//
// With perf, if it is there and may be used (root, or kernel.perf_event_paranoid < 1): shares of kernel, compiled Java, JVM and libc, and the
// functions on top, also of Java. JFR's view of the Java methods comes besides. FLOOR=yes profiles the C loop in its place.
import { spawnSync } from "node:child_process";
import { JAVA_HOME, OUT, build } from "./harness/build.mjs";
import { load, perFrame } from "./harness/load.mjs";
import { machine } from "./harness/machine.mjs";
import { options } from "./harness/options.mjs";
import { SERIAL, floor, gateway, start } from "./harness/servers.mjs";
import { batch, send } from "./harness/settings.mjs";

const wish = options({ SECONDS: "10", WARM: "12", LISTENERS: "1000", SEND: "", BATCH: "", REPORTS: "1000", FLOOR: "no" });
const TOP = 25;
const run = (program, parameters) => spawnSync(program, parameters, { encoding: "utf8", maxBuffer: 1 << 28 });
const jcmd = (pid, ...command) => run(`${JAVA_HOME}/bin/jcmd`, [`${pid}`, ...command]).stdout;

build();
console.log(machine());
const java = wish.FLOOR !== "yes";
const settings = [...(wish.SEND ? send(wish.SEND) : []), ...(wish.BATCH ? batch(Number(wish.BATCH)) : [])];
const flags = [...SERIAL, "-XX:+PreserveFramePointer", "-XX:+UnlockDiagnosticVMOptions", "-XX:+DebugNonSafepoints"];
const server = java ? await gateway(settings, flags) : await floor();
const data = `${OUT}/perf.data`;
let perf = null;

function begin() {
  if (java) jcmd(server.pid, "JFR.start", "name=profile", "settings=profile");
  perf = start("1", "perf", ["record", "-q", "-e", "cpu-clock", "-F", "997", "-o", data, "-p", `${server.pid}`, "--", "sleep", wish.SECONDS], ["ignore", "ignore", "pipe"]);
  perf.on("error", () => {});
}

const phases = [`warm:${wish.WARM}`, `profile:${wish.SECONDS}`, "after:2"];
const { phases: told } = await load(server, {
  listeners: Number(wish.LISTENERS),
  speaks: java,
  reportMs: Number(wish.REPORTS),
  phases,
  onPhase: (name) => void (name === "profile" && begin()),
});
const { profile } = told;
console.log(`\n${perFrame(profile).toFixed(2)} µs a frame, p99 ${(profile.latency.p99 / 1000).toFixed(1)} ms; by thread, % of the server's time:`);
for (const [name, us] of Object.entries(profile.threads).sort(([, a], [, b]) => b - a).slice(0, 10))
  console.log(`${((100 * us) / profile.cpu_us).toFixed(1).padStart(6)}  ${name.replace(/^\d+ /, "")}`);

if (java) {
  jcmd(server.pid, "Compiler.perfmap");
  jcmd(server.pid, "JFR.dump", "name=profile", `filename=${OUT}/profile.jfr`);
}
const report = (...keys) =>
  run("perf", ["report", "-i", data, "--stdio", "-q", "-g", "none", "--percent-limit", "0.4", "--sort", keys.join(",")])
    .stdout.split("\n").filter((line) => line.trim());
const shares = report("dso");
if (shares.length === 0) console.log("\nperf recorded nothing: not there, or not allowed");
else {
  console.log(`\nby place:\n${shares.slice(0, 8).join("\n")}`);
  console.log(`\nby function:\n${report("dso", "symbol").slice(0, TOP).join("\n")}`);
}
if (java) {
  const view = run(`${JAVA_HOME}/bin/jfr`, ["view", "--width", "120", "hot-methods", `${OUT}/profile.jfr`]).stdout;
  console.log(`\nJFR, methods on top of the stacks of Java threads:\n${view.trim()}`);
}
await server.end();
