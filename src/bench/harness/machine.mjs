// What the figures were measured on, in a sentence or two.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, loadavg, release } from "node:os";
import { JAVA_HOME, ROOT } from "./build.mjs";

const quiet = (program, parameters) => spawnSync(program, parameters, { encoding: "utf8", cwd: ROOT }).stdout?.trim() ?? "";

export function machine() {
  const java = readFileSync(`${JAVA_HOME}/release`, "utf8").match(/JAVA_RUNTIME_VERSION="(.*)"/)?.[1];
  const compiler = quiet("cc", ["--version"]).split("\n")[0];
  const congestion = readFileSync("/proc/sys/net/ipv4/tcp_congestion_control", "utf8").trim();
  const commit = quiet("git", ["rev-parse", "--short", "HEAD"]) + (quiet("git", ["status", "--porcelain", "src/main"]) ? " and changes" : "");
  return (
    `${cpus().length} cores of ${cpus()[0].model.trim()}, Linux ${release().split("-")[0]} (${congestion}), JDK ${java}, ` +
    `Node ${process.version.slice(1)}, ${compiler}; server on core 0, load on core 1, loopback; commit ${commit}; ` +
    `load average at the start ${loadavg()[0].toFixed(1)}`
  );
}
