import { SAMPLES_PER_MS } from "./player/timeline.js";

const EVERY_MS = 500;

/** @param {number | null | undefined} value */
const ms = (value) => (value === null || value === undefined ? "—" : `${Math.round(value)} ms`);
/** @param {number | undefined} samples */
const samplesAsMs = (samples = 0) => ms(samples / SAMPLES_PER_MS);

/** Returns names and values. @param {any} stats @returns {[string, string | number][]} */
const rows = (stats) => [
  ["Buffer", ms(stats.bufferMs)],
  ["Target", ms(stats.targetMs)],
  ["Latency", ms(stats.latencyMs)],
  ["Round trip", ms(stats.rttMs)],
  ["Output", ms(stats.outMs)],
  ["Underruns", stats.underruns ?? 0],
  ["Gaps", stats.gaps],
  ["Lost", samplesAsMs(stats.lost)],
  ["Skipped", samplesAsMs(stats.skipped)],
  ["Reconnects", stats.reconnects],
  ["Protocol errors", stats.faults],
  ["Frames", stats.frames],
  ["Device rate", stats.sampleRateHz ? `${stats.sampleRateHz} Hz` : "—"],
];

/**
 * Keeps the list of figures up to date while it is open.
 *
 * @param {HTMLElement} element
 * @param {import("./player/player.js").StentorPlayer} player
 */
export function showDiagnostics(element, player) {
  const details = /** @type {HTMLDetailsElement} */ (element);
  const list = /** @type {HTMLElement} */ (details.querySelector("dl"));
  const draw = () => list.replaceChildren(...rows(player.stats).map(([name, value]) => pair(name, String(value))));
  let timer = 0;
  details.ontoggle = () => {
    clearInterval(timer);
    if (!details.open) return;
    draw();
    timer = setInterval(() => document.hidden || draw(), EVERY_MS);
  };
}

/** @param {string} name @param {string} value */
function pair(name, value) {
  const group = document.createElement("div");
  const term = document.createElement("dt");
  const description = document.createElement("dd");
  term.textContent = name;
  description.textContent = value;
  group.append(term, description);
  return group;
}
