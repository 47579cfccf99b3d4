// Runs the load generator against a server, and reads what it says.
import { createInterface } from "node:readline";
import { OUT } from "./build.mjs";
import { LOAD_CORE, start } from "./servers.mjs";

/**
 * @typedef {object} Run
 * @property {Record<string, any>} phases by name, with the server's GC pauses where it is a JVM
 * @property {string} cipher of the first listener; empty without TLS
 * @property {any} end faults of the whole run
 * @property {boolean} clean every byte was there, in order, and right
 */

/**
 * `front`: what listeners connect to instead, and whose processes count beside the server.
 *
 * @param {import("./servers.mjs").Server} server
 * @param {{listeners: number, channels?: number, channel?: string, phases: string[], reportMs?: number | "told", joins?: number, speaks?: boolean, source?: boolean,
 *   format?: string, core?: string, front?: import("./servers.mjs").Server, onPhase?: (name: string) => Promise<void> | void}} wish
 * @returns {Promise<Run>}
 */
export async function load(server, wish) {
  const { port, secure } = wish.front ?? server;
  const parameters = ["--port", `${port}`, "--pid", `${server.pid}`, "--listeners", `${wish.listeners}`];
  parameters.push("--channels", `${wish.channels ?? 1}`, "--report-ms", `${server.foreign ? 0 : (wish.reportMs ?? 1000)}`);
  if (server.foreign) {
    const { path, subprotocol, first } = server.foreign;
    parameters.push("--plain", path, "--subprotocol", subprotocol, "--first", first);
  }
  parameters.push("--joins", `${wish.joins ?? 1000}`);
  if (secure) parameters.push("--tls");
  wish.front?.processes().forEach((pid) => parameters.push("--beside", `${pid}`));
  if (wish.channel) parameters.push("--channel", wish.channel);
  if (wish.format) parameters.push("--format", wish.format);
  if (wish.source === false) parameters.push("--no-source");
  wish.phases.forEach((phase) => parameters.push("--phase", phase));
  const child = start(wish.core ?? LOAD_CORE, `${OUT}/load`, parameters, ["ignore", "pipe", "inherit"]);
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const phases = {};
  let cipher = "";
  let end = null;
  let mark = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const event = JSON.parse(line);
    if (event.event === "joined") {
      cipher = event.cipher;
      if (wish.speaks) await server.speak(wish.channels ?? 1);
    }
    if (event.event === "begin") {
      mark = gcMark(server);
      await wish.onPhase?.(event.name);
    }
    if (event.event === "phase") {
      const pauses = mark === null ? [] : server.gcPauses(mark, gcMark(server));
      phases[event.name] = { ...event, pauses };
    }
    if (event.event === "end") end = event;
  }
  const code = await ended;
  if (end === null) throw new Error(`the load ended with ${code}\n${server.log().slice(-2000)}`);
  return { phases, end, cipher, clean: code === 0 };
}

function gcMark(server) {
  try {
    return server.gcMark();
  } catch {
    return null; // not a JVM
  }
}

/** CPU of a phase: µs for each delivered 20 ms frame, and for each listener and second. */
export const perFrame = (phase) => phase.cpu_us / phase.frames;
export const perListenerSecond = (phase) => phase.cpu_us / (phase.open * phase.seconds);

/** Median, least and most. @param {number[]} values */
export function spread(values) {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = sorted.length % 2 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2;
  return { median, least: sorted[0], most: sorted.at(-1) };
}
