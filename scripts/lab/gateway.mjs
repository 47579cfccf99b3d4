// A gateway under test, the voice that it speaks through, and what it says of itself. Loopback only; Linux for the figures of the process.
import { execFileSync, spawn } from "node:child_process";
import { createWriteStream, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { isMainThread } from "node:worker_threads";

const RATE_HZ = 24_000;
const running = new Set();
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));
if (isMainThread) for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130));

/** @returns {Promise<number>} a port of the loopback address that nobody has just now */
export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/**
 * A speech service with OpenAI's API: a second of sound for each ten characters, four times as fast as it is heard. With faults, one call in
 * eight is refused, cut, garbage or very slow.
 */
export async function voice({ faults = false } = {}) {
  const second = Buffer.alloc(2 * RATE_HZ);
  for (let i = 0; i < RATE_HZ; i++) second.writeInt16LE(Math.round(6_000 * Math.sin((2 * Math.PI * 220 * i) / RATE_HZ)), 2 * i);
  let calls = 0;
  const server = http.createServer((request, response) => {
    const parts = [];
    request.on("data", (part) => parts.push(part));
    request.on("end", async () => {
      const { input = "" } = JSON.parse(Buffer.concat(parts).toString() || "{}");
      const fault = faults && ++calls % 8 === 0 ? ["429", "500", "cut", "garbage", "slow"][(calls / 8) % 5 | 0] : "";
      if (fault === "429" || fault === "500") {
        response.writeHead(Number(fault), { "content-type": "application/json", "retry-after": "1" });
        response.end('{"error":{"message":"a fault of the lab"}}');
        return;
      }
      response.writeHead(200, { "content-type": fault === "garbage" ? "text/html" : "audio/pcm" });
      const seconds = Math.max(1, input.length / 10);
      for (let i = 0; i < seconds && !response.destroyed; i++) {
        response.write(second);
        if (fault === "cut" && i === 1) return response.destroy();
        await after(fault === "slow" ? 1_500 : 250);
      }
      response.end();
    });
  });
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return { url: `http://127.0.0.1:${server.address().port}/v1`, end: () => (server.closeAllConnections(), server.close()), calls: () => calls };
}

function program() {
  if (process.env.STENTOR_CLASSPATH) return ["-cp", process.env.STENTOR_CLASSPATH, "dev.stentor.app.GatewayApplication"];
  const jar = existsSync("target") && readdirSync("target").find((name) => /^stentor-.*\.jar$/.test(name));
  if (!jar) throw new Error("there is no jar: run mvn -DskipTests package first");
  return ["-jar", join("target", jar)];
}

const java = () => (process.env.JAVA_HOME ? join(process.env.JAVA_HOME, "bin", "java") : "java");

/** Makes a key of a caller with that name. @returns {{key: string, line: string}} the key, and the line of the settings that admits it */
export function newKey(name) {
  const said = execFileSync(java(), ["--enable-native-access=ALL-UNNAMED", ...program(), `--new-key=${name}`], { stdio: ["ignore", "pipe", "ignore"] }).toString();
  return { key: /stk_[\w-]+/.exec(said)[0], line: new RegExp(`${name} sha256:.*`).exec(said)[0].trim() };
}

/** Takes traces as OTLP over HTTP, and counts the requests. */
export async function collector() {
  let requests = 0;
  const server = http.createServer((request, response) => {
    requests++;
    request.resume().on("end", () => response.end());
  });
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return { endpoint: `http://127.0.0.1:${server.address().port}/v1/traces`, requests: () => requests, end: () => (server.closeAllConnections(), server.close()) };
}

const spokenBy = ({ url }) => [
  "--gateway.engine=upstreams", "--gateway.upstreams[0].name=lab", "--gateway.upstreams[0].kind=openai",
  `--gateway.upstreams[0].base-url=${url}`, "--gateway.upstreams[0].requests-per-second=0",
];

/** Makes a certificate of its own for a day, and returns the settings for TLS by it. */
export function certificate() {
  const folder = mkdtempSync(join(tmpdir(), "stentor-tls-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  const [file, word] = [join(folder, "keys.p12"), "only-for-a-test"];
  const keytool = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, "bin", "keytool") : "keytool";
  execFileSync(keytool, ["-genkeypair", "-alias", "lab", "-keyalg", "EC", "-dname", "CN=localhost", "-validity", "1", "-storetype", "PKCS12",
    "-keystore", file, "-storepass", word], { stdio: "ignore" });
  const store = "--spring.ssl.bundle.jks.lab.keystore";
  return ["--server.ssl.bundle=lab", `${store}.location=file:${file}`, `${store}.password=${word}`];
}

/**
 * Starts a gateway with that voice; without one, the embedded voice speaks.
 *
 * @param {string[]} flags of the JVM
 * @param {string[]} settings
 * @param {number} [port] where it serves; a free one without it
 */
export async function start(speaks, flags, settings = [], port = undefined) {
  const folder = mkdtempSync(join(tmpdir(), "stentor-lab-"));
  port ??= await freePort();
  const management = await freePort();
  const parameters = [
    ...flags, "-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED", `-Dio.netty.leakDetection.level=${process.env.LEAKS ?? "simple"}`,
    ...program(),
    `--server.port=${port}`, `--management.server.port=${management}`,
    ...(speaks ? spokenBy(speaks) : ["--gateway.engine=local"]),
    `--gateway.archive.directory=${join(folder, "archive")}`, `--gateway.sources.directory=${join(folder, "sounds")}`,
    ...settings,
  ];
  const log = join(folder, "log");
  const out = createWriteStream(log);
  const child = spawn(java(), parameters, { stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.pipe(out);
  child.stderr.pipe(out);
  running.add(child);
  let gone = false;
  let said;
  const exit = new Promise((resolve) => child.once("exit", (code) => ((gone = true), running.delete(child), resolve(code))));
  const gateway = {
    port,
    management,
    pid: child.pid,
    isGone: () => gone,
    log: () => said ?? readFileSync(log, "utf8"),
    secure: settings.some((setting) => setting.startsWith("--server.ssl.bundle=")),
    get url() {
      return `${this.secure ? "https" : "http"}://127.0.0.1:${port}`;
    },
    async end() {
      child.kill("SIGTERM");
      const code = await Promise.race([exit, after(30_000).then(() => (child.kill("SIGKILL"), "did not stop"))]);
      said = this.log();
      rmSync(folder, { recursive: true, force: true });
      return code;
    },
    async kill() {
      child.kill("SIGKILL");
      await exit;
      said = this.log();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  for (const until = Date.now() + 120_000; !(await isReady(gateway, 2_000)); await after(200)) {
    if (gone || Date.now() > until) throw new Error(`the gateway did not start:\n${gateway.log()}`);
  }
  return gateway;
}

/**
 * Asks one port for an address; resolves with status, text and how long it took in ms. A new connection each time, as probes do.
 *
 * @param {string} [from] address of the client
 */
export function get(port, path, limitMs = 5_000, secure = false, from = undefined) {
  const began = performance.now();
  return new Promise((resolve) => {
    const done = (status, text) => resolve({ status, text, millis: performance.now() - began });
    const to = { host: "127.0.0.1", localAddress: from, port, path, agent: false, timeout: limitMs, rejectUnauthorized: false };
    const request = (secure ? https : http).get(to, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("end", () => done(response.statusCode, Buffer.concat(parts).toString()));
      response.on("error", () => done(0, ""));
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => done(0, ""));
  });
}

export const isReady = async (gateway, limitMs) => (await get(gateway.port, "/readyz", limitMs, gateway.secure)).status === 200;

/** Speaks, and returns the status. */
export async function speak(gateway, channel, text, headers = {}) {
  try {
    const answer = await fetch(`${gateway.url}/v1/channels/${channel}/utterances`, {
      method: "POST", headers: { "content-type": "application/json", ...headers }, body: JSON.stringify({ text }),
      signal: AbortSignal.timeout(10_000),
    });
    await answer.arrayBuffer();
    return answer.status;
  } catch {
    return 0;
  }
}

/** Returns the metrics by name, those of one name added up. */
export async function metrics(gateway) {
  const { text } = await get(gateway.management, "/actuator/prometheus", 20_000, gateway.secure);
  const found = {};
  for (const [, name, labels = "", value] of text.matchAll(/^([a-z_]+)(\{.*\})? (\S+)$/gm)) {
    const key = name === "jvm_memory_used_bytes" ? name + (labels.includes('"heap"') ? "_heap" : "_other") : name;
    found[key] = (found[key] ?? 0) + Number(value);
  }
  return found;
}

/** Collects the garbage and returns what is still taken: heap, direct memory, handles, threads, resident memory in bytes. */
export async function taken(gateway) {
  const bin = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, "bin", "jcmd") : "jcmd";
  await new Promise((resolve) => spawn(bin, [`${gateway.pid}`, "GC.run"], { stdio: "ignore" }).once("exit", resolve).once("error", resolve));
  await after(500);
  const now = await metrics(gateway);
  const status = readFileSync(`/proc/${gateway.pid}/status`, "utf8");
  return {
    heap: now.jvm_memory_used_bytes_heap ?? 0,
    direct: now.stentor_memory_direct ?? 0,
    handles: now.process_files_open_files ?? 0,
    threads: now.jvm_threads_live_threads ?? 0,
    resident: 1024 * Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0),
  };
}

export const mega = (bytes) => `${(bytes / 1_048_576).toFixed(1)} MB`;
