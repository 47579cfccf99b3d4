import { WINDOW } from "./spectrum.js";

const ROWS = WINDOW / 4;
const COLOURS = 256;
/** From this level on a place is shown, in dB of full scale; at full strength {@link LOUD_DB}. */
const FLOOR_DB = -95;
const LOUD_DB = -20;
/** Who prefers reduced motion sees it move once in this time. */
const STEP_MS = 1_000;
/** Spectra that wait to be drawn; more are dropped, the oldest first. */
const MOST_WAITING = 400;

/** Draws spectra one beside the other, the newest at the right. */
export class Spectrogram {
  #canvas;
  #context;
  /** @type {Float32Array[]} */
  #waiting = [];
  /** Red, green and blue of each strength. */
  #palette = new Uint8ClampedArray(COLOURS * 4);
  #scheduled = false;
  #reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.#canvas = canvas;
    this.#context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d", { willReadFrequently: true }));
    canvas.height = ROWS;
    new ResizeObserver(() => this.clear()).observe(canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.clear());
  }

  clear() {
    this.#canvas.width = Math.max(1, Math.round(this.#canvas.clientWidth));
    this.#mixColours();
    this.#waiting.length = 0;
  }

  /** @param {Float32Array} levelsDb */
  add(levelsDb) {
    this.#waiting.push(levelsDb);
    if (this.#waiting.length > MOST_WAITING) this.#waiting.shift();
    if (this.#scheduled) return;
    this.#scheduled = true;
    if (this.#reducedMotion.matches) setTimeout(() => this.#draw(), STEP_MS);
    else requestAnimationFrame(() => this.#draw());
  }

  #draw() {
    this.#scheduled = false;
    const { width } = this.#canvas;
    const fresh = this.#waiting.splice(0).slice(-width);
    if (fresh.length === 0) return; // cleared meanwhile
    this.#context.drawImage(this.#canvas, -fresh.length, 0);
    const image = this.#context.createImageData(fresh.length, ROWS);
    fresh.forEach((levels, x) => {
      for (let row = 0; row < ROWS; row++) {
        const at = 2 * (ROWS - 1 - row);
        const level = Math.max(levels[at] ?? FLOOR_DB, levels[at + 1] ?? FLOOR_DB);
        const strength = Math.min(1, Math.max(0, (level - FLOOR_DB) / (LOUD_DB - FLOOR_DB)));
        const from = Math.round(strength * (COLOURS - 1)) * 4;
        image.data.set(this.#palette.subarray(from, from + 4), (row * fresh.length + x) * 4);
      }
    });
    this.#context.putImageData(image, width - fresh.length, 0);
  }

  /** Has the canvas itself mix the colours between those of the page, from the background over the accent to the ink. */
  #mixColours() {
    const style = getComputedStyle(this.#canvas);
    const mixed = this.#context.createLinearGradient(0, 0, COLOURS, 0);
    mixed.addColorStop(0, style.backgroundColor);
    mixed.addColorStop(0.6, style.accentColor === "auto" ? style.color : style.accentColor);
    mixed.addColorStop(1, style.color);
    const { width } = this.#canvas;
    this.#canvas.width = Math.max(width, COLOURS);
    this.#context.fillStyle = mixed;
    this.#context.fillRect(0, 0, COLOURS, 1);
    this.#palette = this.#context.getImageData(0, 0, COLOURS, 1).data;
    this.#canvas.width = width;
    this.#context.fillStyle = style.backgroundColor;
    this.#context.fillRect(0, 0, width, ROWS);
  }
}
