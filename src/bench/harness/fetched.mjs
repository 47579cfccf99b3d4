// Servers as they are published: Bun from npm, Centrifugo as a Go module, nginx as the distribution has it. Fetched once into target/bench, nothing else is installed.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync } from "node:fs";
import { OUT } from "./build.mjs";

const BUN = "1.4.5";
const CENTRIFUGO = "v6.9.1";
/** The name of this machine's processor in the packages of Bun. */
const ARCHITECTURES = { x64: "x64", arm64: "aarch64" };

/** @typedef {{program: string, missing: null} | {program: null, missing: string}} Fetched */

/**
 * @param {string} program @param {string} what @param {[string, string[], NodeJS.ProcessEnv]} command @param {string} scratch a folder that only
 * the fetching needs
 * @returns {Fetched}
 */
function fetched(program, what, [name, parameters, environment], scratch) {
  if (existsSync(program)) return { program, missing: null };
  mkdirSync(OUT, { recursive: true });
  console.error(`fetching ${what}`);
  const { status, stderr, error } = spawnSync(name, parameters, { encoding: "utf8", cwd: OUT, env: { ...process.env, ...environment } });
  rmSync(scratch, { recursive: true, force: true });
  if (error) return { program: null, missing: `${what} needs ${name}, which is not there` };
  if (status === 0 && existsSync(program)) return { program, missing: null };
  const why = stderr.trim().split("\n").findLast((line) => line.trim() !== "") ?? "";
  return { program: null, missing: `${name} could not fetch ${what}: ${why}` };
}

export function bun() {
  const name = `@oven/bun-linux-${ARCHITECTURES[process.arch] ?? process.arch}`;
  const folder = `${OUT}/bun-${BUN}`;
  const parameters = ["install", "--prefix", folder, "--cache", `${folder}/cache`, "--no-save", "--no-audit", "--no-fund", "--ignore-scripts", `${name}@${BUN}`];
  return fetched(`${folder}/node_modules/${name}/bin/bun`, `Bun ${BUN}`, ["npm", parameters, {}], `${folder}/cache`);
}

export function centrifugo() {
  const folder = `${OUT}/centrifugo-${CENTRIFUGO}`;
  const environment = { GOBIN: folder, GOPATH: `${OUT}/go`, GOCACHE: `${OUT}/go/cache`, GOFLAGS: "-modcacherw", CGO_ENABLED: "0" };
  const parameters = ["install", `github.com/centrifugal/centrifugo/v6@${CENTRIFUGO}`];
  return fetched(`${folder}/centrifugo`, `Centrifugo ${CENTRIFUGO}`, ["go", parameters, environment], `${OUT}/go`);
}

/** The installed one, or the distribution's package, unpacked and not installed. */
export function nginx() {
  const installed = spawnSync("sh", ["-c", "PATH=$PATH:/usr/sbin command -v nginx"], { encoding: "utf8" }).stdout.trim();
  if (installed) return { program: installed, missing: null };
  const folder = `${OUT}/nginx`;
  const scratch = `${OUT}/nginx-package`;
  const script = `mkdir -p ${scratch} && cd ${scratch} && apt-get -qq download nginx && dpkg -x nginx_*.deb ${folder}`;
  return fetched(`${folder}/usr/sbin/nginx`, "nginx", ["sh", ["-c", script], {}], scratch);
}
