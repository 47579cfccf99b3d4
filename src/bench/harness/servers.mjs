// Starts and ends what is measured: each server alone, on core 0. The load gets core 1.
import { spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer, connect } from "node:net";
import { tmpdir } from "node:os";
import { setTimeout as after } from "node:timers/promises";
import { JAVA_HOME, OUT, ROOT, jar } from "./build.mjs";
import { bun, centrifugo } from "./fetched.mjs";
import { ask } from "./http.mjs";

export const SERVER_CORE = "0";
export const LOAD_CORE = "1";
export const BOTH_CORES = "0,1";
const READY_MS = 60_000;
const END_MS = 5_000;

/** @type {Set<import("node:child_process").ChildProcess>} */
const running = new Set();
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(1));

/** Nothing of ours outlives this process: children are ended at its exit, and C programs die with it in any case. */
export function start(core, program, parameters, stdio) {
  const child = spawn("taskset", ["-c", core, program, ...parameters], { stdio, cwd: ROOT });
  running.add(child);
  child.on("exit", () => running.delete(child));
  return child;
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export const accepts = (port) =>
  new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("connect", () => (socket.destroy(), resolve(true)));
    socket.on("error", () => resolve(false));
  });

/** A server under measurement. */
export class Server {
  /** @param {number} port @param {import("node:child_process").ChildProcess} child @param {string} folder its own, for a while */
  constructor(port, child, folder) {
    this.port = port;
    this.child = child;
    this.pid = /** @type {number} */ (child.pid);
    this.folder = folder;
    /** Whether it speaks TLS. */
    this.secure = false;
    /** What runs beside it and ends with it. @type {import("node:child_process").ChildProcess[]} */
    this.helpers = [];
    /** How to listen to a server with another protocol. @type {{path: string, subprotocol: string, first: string} | null} */
    this.foreign = null;
  }

  /** Lets channels speak without end. @param {number} channels */
  async speak(channels = 1) {
    for (let i = 0; i < channels; i++) {
      const { status, text } = await ask(this, `/v1/channels/bench-${i}/utterances`, { text: "一", language_type: "Chinese" });
      if (status !== 201) throw new Error(`speaking: ${status} ${text}`);
    }
  }

  /** Its process and those that it has started, by number. */
  processes() {
    const children = readFileSync(`/proc/${this.pid}/task/${this.pid}/children`, "utf8").trim();
    return [this.pid, ...children.split(" ").filter(Boolean).map(Number)];
  }

  /** What was written to the log of the collector so far, in bytes. */
  gcMark() {
    return statSync(`${this.folder}/gc.log`).size;
  }

  /** The pauses between two marks, in ms. */
  gcPauses(from, to) {
    const text = readFileSync(`${this.folder}/gc.log`).subarray(from, to).toString();
    return [...text.matchAll(/Pause.* (\d+\.\d+)ms$/gm)].map((match) => Number(match[1]));
  }

  log() {
    return readFileSync(`${this.folder}/log`, "utf8");
  }

  async end() {
    const gone = new Promise((resolve) => this.child.once("exit", resolve));
    this.helpers.forEach((helper) => helper.kill("SIGKILL"));
    this.child.kill("SIGTERM");
    const late = after(END_MS).then(() => this.child.kill("SIGKILL"));
    await Promise.race([gone, late]);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/**
 * @param {(port: number, folder: string) => [string, string[]]} command @param {(port: number) => Promise<boolean>} ready
 * @param {string} core
 */
export async function serve(command, ready, core = SERVER_CORE) {
  const folder = mkdtempSync(`${tmpdir()}/stentor-bench-`);
  const port = await freePort();
  const log = openSync(`${folder}/log`, "w");
  const child = start(core, ...command(port, folder), ["ignore", log, log]);
  closeSync(log);
  const server = new Server(port, child, folder);
  for (const until = Date.now() + READY_MS; !(await ready(port)); await after(100)) {
    if (child.exitCode !== null || Date.now() > until) {
      const said = server.log().trim().split("\n").slice(-40).join("\n");
      await server.end();
      throw new Error(`the server did not start:\n${said}`);
    }
  }
  return server;
}

/** The C loop. @param {number} framesPerSend */
export const floor = (framesPerSend = 1) =>
  serve((port) => [`${OUT}/floor`, [`${port}`, `${framesPerSend}`]], accepts);

/** Node's ws. @param {number} framesPerSend */
export const ws = (framesPerSend = 1) =>
  serve((port) => [process.execPath, [`${ROOT}/src/bench/yardstick/ws.mjs`, `${port}`, `${framesPerSend}`]], accepts);

/** Bun's own server. */
export const bunServer = () =>
  serve((port) => [/** @type {string} */ (bun().program), [`${ROOT}/src/bench/yardstick/bun.mjs`, `${port}`]], accepts);

/** Two commands of its protocol, each with its length before it: connect, and subscribe to the channel "sound". */
const CENTRIFUGO_FIRST = "0408012200" + "0b" + "08022a07" + "0a05736f756e64";

/**
 * Centrifugo with one channel, over its bidirectional WebSocket in Protobuf, which carries bytes as they are. A program on the load's core publishes:
 * a server of this kind has its publisher elsewhere, and pays for taking the request.
 */
export async function centrifugoServer() {
  const settings = `${ROOT}/src/bench/yardstick/centrifugo.json`;
  const command = (port) => [/** @type {string} */ (centrifugo().program), ["--config", settings, "--http_server.port", `${port}`]];
  const server = await serve(command, accepts);
  const { key } = JSON.parse(readFileSync(settings, "utf8")).http_api;
  const path = "/connection/websocket?cf_protocol=protobuf&cf_ws_frame_ping_pong=true";
  server.foreign = { path, subprotocol: "centrifuge-protobuf", first: CENTRIFUGO_FIRST };
  const publisher = [`${ROOT}/src/bench/yardstick/publish.mjs`, `${server.port}`, key];
  server.helpers.push(start(LOAD_CORE, process.execPath, publisher, ["ignore", "ignore", "inherit"]));
  return server;
}

export const SERIAL = ["-XX:+UseSerialGC"];
const HEAP = ["-Xmx512m"];

const jvm = (folder, flags) => [...HEAP, ...flags, `-Xlog:gc:file=${folder}/gc.log:uptime`, "--enable-native-access=ALL-UNNAMED"];

/** WebSocketSession.send(Flux) on the same libraries. */
export const sessionSend = (flags = SERIAL) =>
  serve(
    (port, folder) => [
      `${JAVA_HOME}/bin/java`,
      [...jvm(folder, flags), "-cp", `${OUT}/webflux:${OUT}/gateway/lib/*`, "SessionSend", `${port}`],
    ],
    accepts,
  );

const isReady = (secure) => (port) =>
  ask({ port, secure }, "/readyz").then(
    ({ status }) => status === 200,
    () => false,
  );

/** What a gateway under measurement is told, unless its own settings say otherwise. @param {number} port @param {string} folder */
const usual = (port, folder) => [
  `--server.port=${port}`,
  "--management.server.port=0",
  "--gateway.engine=local",
  "--gateway.archive.max-size=0",
  `--gateway.archive.directory=${folder}/archive`,
  `--gateway.command.arguments=${OUT}/voice`,
  "--gateway.command.format=pcm",
  "--gateway.command.rate=24000",
  "--gateway.listen.max=20000",
  "--gateway.channels.max=5000",
  "--gateway.sound.per-character=0s", // the voice speaks without end
  "--gateway.sound.longest=0s",
];

/**
 * The gateway itself: its executable jar, with a program as the voice.
 * @param {string[]} settings @param {string[]} flags @param {string} core
 */
export const gateway = async (settings = [], flags = SERIAL, core = SERVER_CORE) => {
  const own = new Set(settings.map((setting) => setting.split("=")[0]));
  const secure = own.has("--server.ssl.bundle");
  const command = (port, folder) => {
    const others = usual(port, folder).filter((setting) => !own.has(setting.split("=")[0]));
    return [`${JAVA_HOME}/bin/java`, [...jvm(folder, flags), "-jar", jar(), ...others, ...settings]];
  };
  const server = await serve(command, isReady(secure), core);
  server.secure = secure;
  return server;
};
