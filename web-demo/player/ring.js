/**
 * A stretch of the timeline that will not be played: lost on the way, or cancelled by the server.
 *
 * @typedef {{from: number, to: number, kind: "lost" | "cancelled"}} Hole
 */

/**
 * Samples addressed by their absolute index on the channel's timeline. Written in order and read in order; what was written twice is
 * ignored and counted, what was left out is a known hole. Confined to one thread.
 */
export class SampleRing {
  #samples;
  #mask;
  /** Sorted and apart. @type {Hole[]} */
  #holes = [];

  /** Index after the last sample known. */
  end = 0;
  /** Samples that came a second time and were ignored. */
  duplicates = 0;

  /** @param {number} [bits] it holds 2^bits samples; 20 are 43 s at 24 kHz: a server's ring of 20 s, 4 s more, and room */
  constructor(bits = 20) {
    this.#samples = new Float32Array(2 ** bits);
    this.#mask = 2 ** bits - 1;
  }

  get capacity() {
    return this.#samples.length;
  }

  /** Index of the oldest sample that is still there. */
  get start() {
    return Math.max(0, this.end - this.capacity);
  }

  /** Forgets everything; the next sample is expected at `pos`. @param {number} pos */
  reset(pos) {
    this.end = pos;
    this.#holes = [];
  }

  /**
   * Adds samples; overlap with what is known is cut off, a jump ahead leaves a hole.
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

  /** Adds silence as if its zeros had been written. @param {number} pos @param {number} count */
  writeSilence(pos, count) {
    const first = this.#open(pos, count);
    const zeros = Math.min(count - first, this.capacity);
    for (let i = count - zeros; i < count; i++) this.#samples[(pos + i) & this.#mask] = 0;
    this.end = Math.max(this.end, pos + count);
  }

  /**
   * Makes a hole of what is known, or is to come, between two indexes.
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

  /** Forgets what is known from `pos` on, so that it can be written anew. @param {number} pos */
  truncate(pos) {
    if (pos >= this.end) return;
    this.#holes = this.#holes.flatMap((hole) => outside(hole, pos, this.end));
    this.end = pos;
  }

  /** The hole that begins at or around `pos`, if there is one. @param {number} pos */
  holeAt(pos) {
    return this.#holes.find((hole) => hole.from <= pos && pos < hole.to);
  }

  /** How many samples can be read from `pos` on without meeting a hole or the end. @param {number} pos */
  readable(pos) {
    const hole = this.#holes.find((next) => next.to > pos);
    return Math.max(0, Math.min(this.end, hole?.from ?? this.end) - pos);
  }

  /** How many samples are there from `pos` on, holes not counted. @param {number} pos */
  level(pos) {
    let level = this.end - pos;
    for (const hole of this.#holes) level -= Math.max(0, hole.to - Math.max(pos, hole.from));
    return Math.max(0, level);
  }

  /**
   * Copies samples out; the caller has asked `readable` first.
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

  /** One sample that is there. @param {number} pos */
  at(pos) {
    return this.#samples[pos & this.#mask];
  }

  /** Notes a jump ahead and says how many of the samples are known already. @param {number} pos @param {number} count */
  #open(pos, count) {
    if (pos > this.end) this.skip(this.end, pos, "lost");
    const known = Math.min(count, Math.max(0, this.end - pos));
    this.duplicates += known;
    return known;
  }
}

/** What is left of a hole outside a stretch. @param {Hole} hole @param {number} from @param {number} to @returns {Hole[]} */
function outside(hole, from, to) {
  if (hole.to <= from || hole.from >= to) return [hole];
  const rest = [];
  if (hole.from < from) rest.push({ ...hole, to: from });
  if (hole.to > to) rest.push({ ...hole, from: to });
  return rest;
}
