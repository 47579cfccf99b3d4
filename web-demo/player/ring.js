/**
 * A span of the timeline that will not be played: it was lost on the way, or cancelled by the server.
 *
 * @typedef {{from: number, to: number, kind: "lost" | "cancelled"}} Hole
 */

/**
 * A ring buffer of samples, addressed by their position on the channel's timeline. It is written in order and read in order. Samples that
 * are written twice are ignored and counted. Samples that are left out become a hole. Confined to one thread.
 */
export class SampleRing {
  #samples;
  #mask;
  /** Sorted; they do not overlap. @type {Hole[]} */
  #holes = [];

  /** Position after the last known sample. */
  end = 0;
  /** Number of samples that came a second time and were ignored. */
  duplicates = 0;

  /** @param {number} [bits] the capacity is 2^bits samples; 20 bits are 43 s: a server's ring of 20 s, 4 s more, and a reserve */
  constructor(bits = 20) {
    this.#samples = new Float32Array(2 ** bits);
    this.#mask = 2 ** bits - 1;
  }

  get capacity() {
    return this.#samples.length;
  }

  /** Position of the oldest sample that is still there. */
  get start() {
    return Math.max(0, this.end - this.capacity);
  }

  /** Forgets everything and expects the next sample at `pos`. @param {number} pos */
  reset(pos) {
    this.end = pos;
    this.#holes = [];
  }

  /**
   * Adds samples. An overlap with known samples is cut off. A jump ahead leaves a hole.
   *
   * @param {number} pos
   * @param {Int16Array} samples
   */
  write(pos, samples) {
    const first = this.#open(pos, samples.length);
    for (let i = first; i < samples.length; i++) {
      this.#samples[(pos + i) & this.#mask] = samples[i] / 32768; // exact in a float
    }
    this.end = Math.max(this.end, pos + samples.length);
  }

  /** Adds silence. @param {number} pos @param {number} count */
  writeSilence(pos, count) {
    const first = this.#open(pos, count);
    const zeros = Math.min(count - first, this.capacity);
    for (let i = count - zeros; i < count; i++) this.#samples[(pos + i) & this.#mask] = 0;
    this.end = Math.max(this.end, pos + count);
  }

  /**
   * Makes a hole between two positions, whether their samples are known already or not.
   *
   * @param {number} from
   * @param {number} to
   * @param {Hole["kind"]} kind
   */
  skip(from, to, kind) {
    if (to <= from) return;
    this.#holes = this.#holes.flatMap((hole) => outside(hole, from, to));
    this.#holes.push({ from, to, kind });
    this.#holes.sort((a, b) => a.from - b.from);
    this.end = Math.max(this.end, to);
  }

  /** Forgets the samples from `pos` on, so that they can be written again. @param {number} pos */
  truncate(pos) {
    if (pos >= this.end) return;
    this.#holes = this.#holes.flatMap((hole) => outside(hole, pos, this.end));
    this.end = pos;
  }

  /** Returns the hole that contains `pos`, if there is one. @param {number} pos */
  holeAt(pos) {
    return this.#holes.find((hole) => hole.from <= pos && pos < hole.to);
  }

  /** Returns how many samples can be read from `pos` on, up to the next hole or the end. @param {number} pos */
  readable(pos) {
    const hole = this.#holes.find((next) => next.to > pos);
    return Math.max(0, Math.min(this.end, hole?.from ?? this.end) - pos);
  }

  /** Returns how many samples there are from `pos` on, without holes. @param {number} pos */
  level(pos) {
    let level = this.end - pos;
    for (const hole of this.#holes) level -= Math.max(0, hole.to - Math.max(pos, hole.from));
    return Math.max(0, level);
  }

  /**
   * Copies samples to `out`. The caller must have checked `readable` first.
   *
   * @param {number} pos
   * @param {Float32Array} out
   * @param {number} at
   * @param {number} count
   */
  read(pos, out, at, count) {
    for (let i = 0; i < count; i++) out[at + i] = this.#samples[(pos + i) & this.#mask];
    while (this.#holes.length > 0 && this.#holes[0].to <= pos) this.#holes.shift();
  }

  /** Returns one sample, which must be there. @param {number} pos */
  at(pos) {
    return this.#samples[pos & this.#mask];
  }

  /** Makes a hole for a jump ahead, and returns how many of the samples are known already. @param {number} pos @param {number} count */
  #open(pos, count) {
    if (pos > this.end) this.skip(this.end, pos, "lost");
    const known = Math.min(count, Math.max(0, this.end - pos));
    this.duplicates += known;
    return known;
  }
}

/** Returns the parts of a hole outside a span. @param {Hole} hole @param {number} from @param {number} to @returns {Hole[]} */
function outside(hole, from, to) {
  if (hole.to <= from || hole.from >= to) return [hole];
  const rest = [];
  if (hole.from < from) rest.push({ ...hole, to: from });
  if (hole.to > to) rest.push({ ...hole, from: to });
  return rest;
}
