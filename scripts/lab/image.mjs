// What an image of the gateway takes to be ready, and to serve a hundred listeners, in a container with one CPU and 512 MB: see scripts/image.sh,
// which says how containers run here. Options by environment: IMAGE, RUN (the command that runs a container), RUNS (5).
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { loadavg } from "node:os";
import { setTimeout as after } from "node:timers/promises";
import { endAll, listener } from "./clients.mjs";
import { get, speak, voice } from "./gateway.mjs";

const IMAGE = process.env.IMAGE;
const [command, ...flags] = process.env.RUN.split(" ");
const RUNS = Number(process.env.RUNS ?? 5);
const LISTENERS = 100;
const PORT = 18_680;
const TICK_MS = 10;
const SENTENCE = "This is said for a hundred listeners, who hear it all at once. ";

const podman = (...words) => execFileSync(command, [...flags.slice(0, flags.indexOf("run")), ...words]).toString().trim();
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];
const seconds = (millis) => (millis / 1000).toFixed(2);

/** Starts a container; resolves when the gateway in it is ready. */
async function start(environment) {
  const variables = Object.entries({ SERVER_PORT: `${PORT}`, SERVER_ADDRESS: "127.0.0.1", ...environment }).flatMap(([name, value]) => ["-e", `${name}=${value}`]);
  const id = execFileSync(command, [...flags, "-d", ...variables, IMAGE]).toString().trim().split("\n").at(-1);
  const end = () => podman("rm", "-f", "-t", "1", id);
  try {
    const pid = Number(podman("inspect", "--format", "{{.State.Pid}}", id));
    for (const until = Date.now() + 60_000; (await get(PORT + 1, "/actuator/health/readiness", 5_000)).status !== 200; await after(TICK_MS)) {
      if (Date.now() > until) throw new Error(`the gateway is not ready after 60 s:\n${podman("logs", id)}`);
    }
    return { pid, millis: age(pid), cpuMillis: cpu(pid), end };
  } catch (failed) {
    end();
    throw failed;
  }
}

const stat = (pid) => readFileSync(`/proc/${pid}/stat`, "latin1").replace(/^.*\) /, "").split(" ");

/** The time since a process began. */
const age = (pid) => 1_000 * Number(readFileSync("/proc/uptime", "latin1").split(" ")[0]) - TICK_MS * Number(stat(pid)[19]);

/** The processor time of a process. */
const cpu = (pid) => TICK_MS * (Number(stat(pid)[11]) + Number(stat(pid)[12]));

/** Resident memory in MB, that of mapped files in it. */
function resident(pid) {
  const status = readFileSync(`/proc/${pid}/status`, "latin1");
  const of = (name) => Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)[1]) / 1_024);
  return { all: of("VmRSS"), files: of("RssFile"), most: of("VmHWM") };
}

const spokenBy = ({ url }) => ({
  GATEWAY_ENGINE: "upstreams", GATEWAY_UPSTREAMS_0_NAME: "lab", GATEWAY_UPSTREAMS_0_KIND: "openai", GATEWAY_UPSTREAMS_0_BASEURL: url,
  GATEWAY_UPSTREAMS_0_REQUESTSPERSECOND: "0",
});

const WITHOUT = { JDK_JAVA_OPTIONS: "-XX:AOTMode=off" };

async function startUp(name, environment) {
  const kinds = { "with the cache": environment, without: { ...environment, ...WITHOUT } };
  const times = Object.fromEntries(Object.keys(kinds).map((kind) => [kind, []]));
  for (let run = 0; run < RUNS; run++) {
    for (const [kind, variables] of Object.entries(kinds)) {
      const gateway = await start(variables);
      gateway.end();
      times[kind].push(gateway);
    }
  }
  const row = Object.entries(times).map(([kind, all]) => {
    const millis = all.map((one) => one.millis);
    console.log(`${name}, ready ${kind}: ${seconds(median(millis))} s (${millis.map(seconds).join(", ")}), CPU ${seconds(median(all.map((one) => one.cpuMillis)))} s`);
    return median(millis);
  });
  console.log(`${name}: ${(row[0] / row[1]).toFixed(2)} of the time without the cache; load average ${loadavg()[0].toFixed(1)}`);
}

/** A hundred listeners, a minute of speech: what the process takes then. */
async function memory(name, environment) {
  const gateway = await start(environment);
  try {
    const audience = Array.from({ length: LISTENERS }, () => listener(PORT, "hall"));
    await after(3_000);
    for (let i = 0; i < 5; i++) await speak({ url: `http://127.0.0.1:${PORT}` }, "hall", SENTENCE.repeat(2) + i);
    const seen = [];
    for (let i = 0; i < 6; i++) {
      await after(5_000);
      seen.push(resident(gateway.pid));
    }
    const frames = audience.map(({ told }) => told.frames);
    const lost = audience.filter(({ told }) => told.gaps || told.jumps || told.closed).length;
    console.log(`${name}, ${LISTENERS} listeners: RSS ${seen.map(({ all }) => all).join(", ")} MB every 5 s, at most ${seen.at(-1).most}, of it mapped files ` +
      `${seen.at(-1).files}; ${Math.min(...frames)} to ${Math.max(...frames)} frames each, ${lost} lost something`);
    audience.forEach((one) => one.leave());
  } finally {
    endAll();
    gateway.end();
  }
}

const speaks = await voice();
const cloud = spokenBy(speaks);
const embedded = { GATEWAY_ENGINE: "local" };
await startUp("cloud engine", cloud);
await startUp("embedded voice", embedded);
await memory("cloud engine", cloud);
await memory("embedded voice", embedded);
speaks.end();
