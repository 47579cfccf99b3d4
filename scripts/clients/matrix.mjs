// Runs every client against a gateway, judges what it received, and writes the table.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as after } from "node:timers/promises";
import { start } from "../lab/gateway.mjs";
import { CLIENTS } from "./clients.mjs";
import { anyOf, install, Missing, need } from "./install.mjs";
import { judge, reference } from "./sound.mjs";
import { cells, write } from "./table.mjs";

const TEXT = "Good evening. Every client hears the same words, and this one too.";
const LIMIT_MS = 180_000;
const root = resolve("target/clients");
const only = (process.env.ONLY ?? "").split(/[\s,]+/).filter(Boolean);
const page = { port: 0, origin: "" };

need("ffmpeg");
page.port = 20_000 + Math.floor(Math.random() * 20_000);
page.origin = `http://127.0.0.1:${page.port}`;
const gateway = await start(null, [], [`--gateway.listen.origins=${page.origin}`, "--gateway.encoder.ffmpeg=ffmpeg"]);
const speeches = new Map();
const rows = [];
try {
  for (const client of CLIENTS.filter(({ id }) => !only.length || only.includes(id))) {
    for (const row of await tried(client)) {
      rows.push(row);
      console.log(cells(row).join(" | "));
    }
  }
} finally {
  await gateway.end();
  if (!process.env.KEEP) rmSync(root, { recursive: true, force: true });
}
if (!only.length) write("docs/clients.md", rows);
process.exitCode = rows.some(({ result }) => result === "failed") ? 1 : 0;

/** Installs and runs a client. @returns {Promise<import("./table.mjs").Row[]>} */
async function tried(client) {
  const out = mkdtempSync(join(tmpdir(), "stentor-client-"));
  try {
    mkdirSync(root, { recursive: true });
    const browser = client.browsers ? anyOf(client.browsers) : "";
    const { command, folder } = install(client, root);
    const reports = await reported(command, folder, out, browser);
    return await Promise.all(reports.map((report, index) => judged(client, report, index)));
  } catch (error) {
    if (!(error instanceof Missing)) throw error;
    return [{ client, call: "–", result: "skipped", remarks: error.message }];
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** Runs a client's program. It prints one JSON object for each call: `{call, file, form, voice, speed}`, or `{call, ok, words}`. */
async function reported(command, folder, out, browser) {
  const env = { ...process.env, BASE: gateway.url, TEXT, OUT: out, PAGE_PORT: String(page.port), BROWSER_FILE: browser, OPENAI_API_KEY: "sk-any", DASHSCOPE_API_KEY: "sk-any" };
  delete env.http_proxy, delete env.HTTP_PROXY, (env.NO_PROXY = env.no_proxy = "127.0.0.1,localhost");
  // A process group of its own, so that the browsers and players that a client starts end with it.
  const child = spawn(command[0], command.slice(1), { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"], detached: true });
  const errors = [];
  child.on("error", (error) => errors.push(Buffer.from(`error: ${error.message}`)));
  child.stderr.on("data", (data) => errors.push(data));
  const reports = [];
  createInterface({ input: child.stdout }).on("line", (line) => line.startsWith("{") && reports.push(JSON.parse(line)));
  const ended = new Promise((done) => child.once("close", done));
  const code = await Promise.race([ended, after(LIMIT_MS, "the time was over", { ref: false })]);
  if (code !== 0) {
    endGroup(child.pid);
    const lines = Buffer.concat(errors).toString().trim().split("\n");
    const last = (lines.findLast((line) => /error|exception/i.test(line) && !/^\s+at /.test(line)) ?? lines.at(-1)).slice(0, 200);
    reports.push({ call: "the rest", ok: false, words: typeof code === "string" ? code : `it ended with ${code}: ${last}` });
  }
  return reports;
}

/** @param {number | undefined} pid undefined if it did not start */
function endGroup(pid) {
  try {
    if (pid) process.kill(-pid, "SIGKILL");
  } catch {
    // all of it has ended
  }
}

async function judged(client, report, index) {
  const { call, file, form, ok, words = "", voice, speed } = report;
  const note = index === 0 ? (client.note ?? "") : "";
  if (!file) return { client, call, result: ok ? "good" : "failed", remarks: [words, note].filter(Boolean).join("; ") };
  try {
    const verdict = judge(file, form, await spoken({ text: report.text ?? TEXT, voice, speed }));
    return { client, call, result: verdict.good ? "good" : "failed", remarks: [verdict.words, words, note].filter(Boolean).join("; ") };
  } catch (error) {
    return { client, call, result: "failed", remarks: error.message.slice(0, 200) };
  }
}

function spoken(wanted) {
  const key = JSON.stringify(wanted);
  if (!speeches.has(key)) speeches.set(key, reference(gateway.url, wanted));
  return speeches.get(key);
}
