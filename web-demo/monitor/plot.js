import "./language.js";
import uPlot from "../vendor/uplot/uPlot.esm.js";
import { History } from "./history.js";

/** The dashes of each line; its entry in the legend has the same, and its colour. */
const DASHES = [[], [8, 5], [2, 4]];
/** The time axis always shows this much. */
const SPAN_SECONDS = 600;
const LINE_WIDTH = 2;
const HEIGHT = 160;
const SPOKEN_EVERY_MS = 15_000;

/** A plot of some series over the last minutes, with its newest values in words. */
export class Plot {
  #history;
  #names;
  #unit;
  #title;
  #figure = document.createElement("figure");
  #caption = document.createElement("figcaption");
  #box = document.createElement("div");
  #drawn;
  #spokenAt = -Infinity;

  /**
   * @param {HTMLElement} place where it is appended
   * @param {{title: string, names: string[], unit: string, points: number, least: number}} about `points`: how many are kept; `least`: the
   *   value up to which the scale goes at least
   */
  constructor(place, { title, names, unit, points, least }) {
    this.#title = title;
    this.#names = names;
    this.#unit = unit;
    this.#history = new History(names.length, points);
    this.#box.className = "plot";
    this.#box.setAttribute("role", "img");
    const bold = document.createElement("b");
    bold.textContent = title;
    this.#caption.append(bold, ...names.map(() => document.createElement("span")));
    this.#figure.append(this.#caption, this.#box);
    place.append(this.#figure);
    const colours = {
      text: () => getComputedStyle(/** @type {Element} */ (this.#caption.lastElementChild)).color,
      grid: () => getComputedStyle(this.#box).borderTopColor,
      line: (/** @type {number} */ i) =>
        getComputedStyle(/** @type {Element} */ (this.#caption.children[i + 1]), "::before").borderTopColor,
    };
    this.#drawn = new uPlot(options(names, least, colours), this.#history.columns, this.#box);
    new ResizeObserver(() => this.#drawn.setSize({ width: this.#box.clientWidth, height: HEIGHT })).observe(this.#box);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#drawn.redraw());
    this.#tell([]);
  }

  /** @param {boolean} hidden */
  set hidden(hidden) {
    this.#figure.hidden = hidden;
  }

  /** @param {number} seconds since 1970 @param {(number | null)[]} values one for each series */
  add(seconds, values) {
    this.#history.add(seconds, values);
    this.#tell(values);
    if (!document.hidden) this.#drawn.setData(this.#history.columns);
  }

  clear() {
    this.#history.clear();
    this.#spokenAt = -Infinity;
    this.#tell([]);
    this.#drawn.setData(this.#history.columns);
  }

  /** @param {(number | null)[]} values */
  #tell(values) {
    const words = this.#names.map((name, i) => `${name} ${this.#inWords(values[i])}`);
    words.forEach((text, i) => this.#caption.children[i + 1]?.replaceChildren(text));
    const now = performance.now();
    if (now - this.#spokenAt < SPOKEN_EVERY_MS) return;
    this.#spokenAt = now;
    this.#box.setAttribute("aria-label", `${this.#title}: ${words.join(", ")}`);
  }

  /** @param {number | null | undefined} value */
  #inWords(value) {
    return value === null || value === undefined
      ? "–"
      : `${Math.round(value * 10) / 10}${this.#unit && ` ${this.#unit}`}`;
  }
}

/**
 * @typedef {object} Colours as the sheet has them at this moment: a canvas does not know the sheet's variables
 * @property {() => string} text
 * @property {() => string} grid
 * @property {(series: number) => string} line
 */

/** @param {string[]} names @param {number} least @param {Colours} colours @returns {uPlot.Options} */
function options(names, least, { text, grid, line }) {
  const axis = { stroke: text, grid: { stroke: grid, width: 1 }, ticks: { show: false } };
  return {
    width: 300,
    height: HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { range: (_, _first, newest) => [(newest ?? 0) - SPAN_SECONDS, newest ?? 0] },
      y: { range: (_, _least, most) => [0, Math.max(least, (most ?? 0) * 1.1)] },
    },
    axes: [
      { ...axis, size: 30, space: 64, values: (_, ticks) => ticks.map((tick) => clock(tick)) },
      { ...axis, size: 52, space: 36 },
    ],
    series: [
      {},
      ...names.map((label, i) => ({
        label,
        stroke: () => line(i),
        dash: DASHES[i] ?? [],
        width: LINE_WIDTH,
        points: { show: false },
      })),
    ],
  };
}

/** @param {number} seconds */
function clock(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}
