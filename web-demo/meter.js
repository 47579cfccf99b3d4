const FLOOR_DB = -54;
const BAR = 3;
const GAP = 3;
/** Assistive technology gets the level at most once a second. */
const ANNOUNCE_EVERY_MS = 1000;

/** Draws the loudness of the last seconds as bars; for users who prefer reduced motion, as one bar of changing length. */
export class LevelMeter {
  #canvas;
  #context;
  /** Levels from 0 to 1, the newest last. @type {number[]} */
  #levels = [];
  #announcedAt = 0;
  #reducedMotion = matchMedia("(prefers-reduced-motion: reduce)");

  /** @param {HTMLElement} canvas */
  constructor(canvas) {
    this.#canvas = /** @type {HTMLCanvasElement} */ (canvas);
    this.#context = /** @type {CanvasRenderingContext2D} */ (this.#canvas.getContext("2d"));
    new ResizeObserver(() => this.#fit()).observe(this.#canvas);
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.#draw());
  }

  /** Whether sound is being played. If not, the bars stand still. */
  running = false;

  /** @param {{rms: number, peak: number}} level */
  show({ rms }) {
    const level = rms > 0 ? Math.max(0, 1 - (20 * Math.log10(rms)) / FLOOR_DB) : 0;
    this.#announce(level);
    if (!this.running && level === 0 && this.#levels.every((old) => old === 0)) return;
    this.#levels.push(level);
    while (this.#levels.length > this.#capacity) this.#levels.shift();
    if (!document.hidden) requestAnimationFrame(() => this.#draw());
  }

  get #capacity() {
    return Math.max(1, Math.floor(this.#canvas.clientWidth / (BAR + GAP)));
  }

  #fit() {
    this.#canvas.width = this.#canvas.clientWidth * devicePixelRatio;
    this.#canvas.height = this.#canvas.clientHeight * devicePixelRatio;
    this.#draw();
  }

  #draw() {
    const { clientWidth: width, clientHeight: height } = this.#canvas;
    const style = getComputedStyle(this.#canvas);
    const context = this.#context;
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    context.clearRect(0, 0, width, height);
    if (this.#reducedMotion.matches) {
      context.fillStyle = style.color;
      context.fillRect(0, height / 2 - 4, Math.max(2, width * (this.#levels.at(-1) ?? 0)), 8);
      return;
    }
    const count = this.#capacity;
    for (let i = 0; i < count; i++) {
      const level = this.#levels[this.#levels.length - count + i] ?? 0;
      const bar = Math.max(BAR, level * height);
      context.fillStyle = level > 0 ? style.color : style.borderColor;
      context.beginPath();
      context.roundRect(i * (BAR + GAP), (height - bar) / 2, BAR, bar, BAR / 2);
      context.fill();
    }
  }

  /** @param {number} level */
  #announce(level) {
    const now = performance.now();
    if (now - this.#announcedAt < ANNOUNCE_EVERY_MS) return;
    this.#announcedAt = now;
    const percent = Math.round(level * 100);
    this.#canvas.setAttribute("aria-valuenow", String(percent));
    this.#canvas.setAttribute("aria-valuetext", percent === 0 ? "silent" : `${percent} percent`);
  }
}
