// A Redis of the lab's own, which can be killed. Loopback only.
import { execFileSync, spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import net from "node:net";
import { arch, homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as after } from "node:timers/promises";
import { freePort } from "./gateway.mjs";

const running = new Set();
process.on("exit", () => running.forEach((child) => child.kill("SIGKILL")));

/** Returns REDIS, the program that it names, or else that of the tests, unpacked from the jar in the local Maven repository. */
function program(folder) {
  if (process.env.REDIS) return process.env.REDIS;
  const versions = join(homedir(), ".m2", "repository", "com", "github", "codemonstur", "embedded-redis");
  const jars = existsSync(versions) ? readdirSync(versions).sort().map((version) => join(versions, version, `embedded-redis-${version}.jar`)) : [];
  const jar = jars.filter(existsSync).at(-1);
  if (!jar) throw new Error("there is no Redis: build the tests once, or name a redis-server in REDIS");
  const tool = process.env.JAVA_HOME ? join(process.env.JAVA_HOME, "bin", "jar") : "jar";
  const name = arch() === "arm64" ? "redis-server-6.2.7-linux-arm64" : "redis-server-6.2.6-v5-linux-amd64";
  execFileSync(tool, ["xf", jar, name], { cwd: folder });
  chmodSync(join(folder, name), 0o755);
  return join(folder, name);
}

/** Sends one command without an argument that has blanks, and resolves with the answer as text; with "" if there is none. */
function ask(port, command) {
  return new Promise((resolve) => {
    const socket = net.connect(port, "127.0.0.1");
    let answer = "";
    socket.setTimeout(1_000, () => socket.destroy());
    socket.on("error", () => {});
    socket.on("data", (part) => {
      answer += part;
      const length = /^\$(\d+)\r\n/.exec(answer);
      if (!length || answer.length >= length[0].length + Number(length[1]) + 2) socket.destroy();
    });
    socket.on("close", () => resolve(answer));
    socket.write(`${command}\r\n`);
  });
}

/** Starts a Redis. @param {{keeps?: boolean}} [options] whether it writes down what it has, once a second */
export async function redis({ keeps = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), "stentor-redis-"));
  const data = join(folder, "data");
  const binary = program(folder);
  const port = await freePort();
  let child;
  let exit;
  async function begin() {
    mkdirSync(data, { recursive: true });
    child = spawn(binary, ["--port", `${port}`, "--bind", "127.0.0.1", "--dir", data, "--save", "", "--appendonly", keeps ? "yes" : "no"], { stdio: "ignore" });
    running.add(child);
    const started = child;
    exit = new Promise((resolve) => started.once("exit", () => (running.delete(started), resolve())));
    for (const until = Date.now() + 10_000; (await ask(port, "PING")) !== "+PONG\r\n"; await after(50)) {
      if (Date.now() > until) throw new Error("Redis did not start");
    }
  }
  async function kill() {
    child.kill("SIGKILL");
    await exit;
  }
  await begin();
  return {
    port,
    kill,
    /** Starts it again. @param {boolean} empty whether it has forgotten everything */
    async restart(empty) {
      if (empty) rmSync(data, { recursive: true, force: true });
      await begin();
    },
    /** Returns what it says of itself, by name. */
    async info() {
      const lines = (await ask(port, "INFO")).split("\r\n").filter((line) => line.includes(":"));
      return Object.fromEntries(lines.map((line) => line.split(":", 2)));
    },
    async end() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
