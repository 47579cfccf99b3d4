import { SAMPLES_PER_SECOND } from "./timeline.js";

const BLOCK = SAMPLES_PER_SECOND / 5;

/**
 * Records exactly the samples that were played, with their positions, for tests that check every bit. Consecutive samples are sent in
 * blocks.
 */
export class Tap {
  #emit;
  #tellScaled;
  #block = new Int16Array(BLOCK);
  #filled = 0;
  #pos = 0;

  active = false;

  /**
   * @param {(run: {pos: number, samples: Int16Array<ArrayBuffer>}) => void} emit
   * @param {(scaling: import("./playhead.js").TimeScaling) => void} [tellScaled]
   */
  constructor(emit, tellScaled = () => {}) {
    this.#emit = emit;
    this.#tellScaled = tellScaled;
  }

  /** @param {number} pos @param {Float32Array} out @param {number} at @param {number} count */
  record(pos, out, at, count) {
    if (!this.active) return;
    if (pos !== this.#pos + this.#filled) this.flush();
    if (this.#filled === 0) this.#pos = pos;
    for (let i = 0; i < count; i++) {
      this.#block[this.#filled++] = out[at + i] * 32768;
      if (this.#filled === BLOCK) this.flush();
    }
  }

  /** Records that the sound's length was changed, after what was played before. @param {import("./playhead.js").TimeScaling} scaling */
  scaled(scaling) {
    if (!this.active) return;
    this.flush();
    this.#tellScaled(scaling);
  }

  /** Sends what was recorded so far. @param {boolean} [always] also if that is nothing */
  flush(always) {
    if (!always && this.#filled === 0) return;
    this.#emit({ pos: this.#pos, samples: this.#block.slice(0, this.#filled) });
    this.#pos += this.#filled;
    this.#filled = 0;
  }
}
