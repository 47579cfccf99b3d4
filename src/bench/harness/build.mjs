// Builds what the benchmarks are made of, into target/bench: the C programs, the libraries of the gateway's jar, the WebFlux yardstick.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { fail } from "./options.mjs";

export const ROOT = fileURLToPath(new URL("../../..", import.meta.url)).replace(/\/$/, "");
export const OUT = `${ROOT}/target/bench`;
const SOURCES = `${ROOT}/src/bench`;
const LOAD = ["load", "options", "listener", "wire", "says", "entries", "plain", "storm"];
const C_FLAGS = ["-O2", "-std=gnu17", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Werror"];

/** @param {string} program @param {string[]} parameters */
export function output(program, parameters) {
  const { status, stdout, stderr, error } = spawnSync(program, parameters, { encoding: "utf8" });
  if (status !== 0) fail(`${program} ${parameters.join(" ")}: ${error ?? stderr}`);
  return stdout.trim();
}

export const JAVA_HOME = output("bash", ["-c", `. ${ROOT}/scripts/jdk25.sh && jdk25`]);

/** The executable jar, or the one that STENTOR_JAR names. Not built here: a build would disturb what is measured. */
export function jar() {
  if (process.env.STENTOR_JAR) return process.env.STENTOR_JAR;
  const target = `${ROOT}/target`;
  const names = existsSync(target) ? readdirSync(target).filter((name) => /^stentor-.*\.jar$/.test(name)) : [];
  if (names.length === 0) fail("there is no target/stentor-….jar: mvn -DskipTests package");
  return `${target}/${names[0]}`;
}

/** Whether the load can speak TLS: with the headers of OpenSSL. */
export const hasTls = () =>
  spawnSync("cc", ["-E", "-include", "openssl/ssl.h", "-x", "c", "/dev/null"], { stdio: "ignore" }).status === 0;

/** @param {{programsOnly?: boolean}} [what] without the yardsticks, and without a jar */
export function build({ programsOnly = false } = {}) {
  mkdirSync(OUT, { recursive: true });
  if (process.platform !== "linux") fail("the benchmarks need Linux: epoll, /proc and taskset");
  const c = (name, files, tls = false) => {
    const [flags, libraries] = tls ? [["-DWITH_TLS"], ["-lssl", "-lcrypto"]] : [[], []];
    output("cc", [...C_FLAGS, ...flags, "-o", `${OUT}/${name}`, ...files.map((file) => `${SOURCES}/${file}`), ...libraries]);
  };
  c("load", LOAD.map((name) => `load/${name}.c`), hasTls());
  c("voice", ["load/voice.c"]);
  if (programsOnly) return;
  c("floor", ["yardstick/floor.c"]);
  if (!existsSync(`${ROOT}/web-demo/node_modules/ws`)) fail("ws is not there: cd web-demo && npm ci");
  const unpacked = `${OUT}/gateway`;
  if (!existsSync(unpacked) || statSync(unpacked).mtimeMs < statSync(jar()).mtimeMs) {
    rmSync(unpacked, { recursive: true, force: true });
    const java = ["-Djarmode=tools", "-jar", jar(), "extract", "--destination", unpacked];
    output(`${JAVA_HOME}/bin/java`, java);
    output(`${JAVA_HOME}/bin/javac`, ["-nowarn", "-cp", `${unpacked}/lib/*`, "-d", `${OUT}/webflux`, `${SOURCES}/yardstick/SessionSend.java`]);
  }
}
