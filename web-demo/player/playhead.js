import { FadeOut } from "./fade-out.js";
import { LevelControl } from "./level-control.js";
import { Renderings } from "./renderings.js";

/**
 * What was done to the sound's length: from `pos` on, `removed` samples of the timeline were left out, or `inserted` ones added. Where samples
 * were removed, as many as `blended` after them are not heard as they were sent; inserted ones are all blended.
 *
 * @typedef {{pos: number, removed: number, inserted: number, blended: number}} TimeScaling
 */

/**
 * @typedef {object} PlayoutTap is told what is heard
 * @property {(pos: number, out: Float32Array, at: number, count: number) => void} [played] unaltered samples
 * @property {(scaling: TimeScaling) => void} [scaled]
 */

/**
 * Decides when the sound's length is changed.
 *
 * @typedef {object} Control
 * @property {() => void} reset
 * @property {(count: number, level: number) => void} passed
 * @property {(ring: import("./ring.js").SampleRing, situation: import("./level-control.js").Situation) => Change | null} next
 */

/** @typedef {import("./join.js").Join | import("./trim.js").Trim} Change */

/**
 * The place on the timeline that is heard next. It reads samples unaltered, but where a cut fades out, where a mix is cross-faded to another
 * rendering, and where the level control changes the sound's length. It skips holes. Confined to the audio thread.
 */
export class Playhead {
  #ring;
  #ramp;
  #counts;
  #tap;
  #renderings = new Renderings();
  /** The fade-out of a cut that is under way. @type {FadeOut | null} */
  #fade = null;
  /** The change of the sound's length that is under way. @type {Change | null} */
  #join = null;
  /** Position from which on the sound was played without a break. */
  #unbrokenFrom = 0;

  /** Index of the next sample to play. */
  position = 0;
  /** Where a clear cut the sound off; the reader sets it to null. @type {{gen: number, pos: number} | null} */
  cut = null;
  /** Decides when the sound's length is changed; null: never. @type {Control | null} */
  levelControl = new LevelControl();

  /**
   * @param {import("./ring.js").SampleRing} ring
   * @param {import("./ramp.js").Ramp} ramp
   * @param {import("./playout-counts.js").PlayoutCounts} counts
   * @param {PlayoutTap} tap
   */
  constructor(ring, ramp, counts, tap) {
    this.#ring = ring;
    this.#ramp = ramp;
    this.#counts = counts;
    this.#tap = tap;
  }

  /** Position of what is heard next, also within a change of the sound's length. */
  get place() {
    return this.#join?.place ?? this.position;
  }

  /** Number of samples before the position that belong to the same sound. */
  get history() {
    return this.position - this.#unbrokenFrom;
  }

  /** True while a cut fades out. */
  get fading() {
    return this.#fade !== null;
  }

  /** Number of samples that wait in the newest rendering: older ones of the same sound do not count. */
  get waiting() {
    return this.#ring.level(this.#renderings.newest(this.#join?.end ?? this.position));
  }

  /**
   * Fills a part of `out` from `at` on, and returns how many samples: 0 if it went on elsewhere, so that a ramp may come first; null if
   * there is no sound.
   *
   * @param {Float32Array} out
   * @param {number} at
   */
  fill(out, at) {
    if (this.#join) return this.#fillJoin(this.#join, out, at);
    if (this.#renderings.next) return this.#fillSplice(this.#renderings.next, out, at);
    if (this.skipHole()) return 0;
    const readable = this.#ring.readable(this.position);
    return readable === 0 ? null : this.#copy(out, at, Math.min(readable, out.length - at));
  }

  /** @param {Float32Array} out @param {number} at @param {number} count */
  #copy(out, at, count) {
    count = this.#fade?.uniform(count) ?? count;
    this.#ring.read(this.position, out, at, count);
    if (!this.#fade?.apply(out, at, count)) {
      this.#tap.played?.(this.position, out, at, count);
      this.#counts.played += count;
    }
    this.#ramp.last = out[at + count - 1];
    this.position += count;
    return count;
  }

  /** Plays up to a splice and through its cross-fade. @param {import("./splice.js").Splice} splice @param {Float32Array} out @param {number} at */
  #fillSplice(splice, out, at) {
    const unchanged = splice.begun ? 0 : splice.unchanged(this.#ring, this.position);
    if (unchanged > 0) return this.#copy(out, at, Math.min(unchanged, out.length - at));
    const count = splice.fill(this.#ring, this.position, out, at);
    if (count > 0) this.#ramp.last = out[at + count - 1];
    this.position += count;
    if (this.position < splice.to) return count;
    this.cut = { gen: splice.gen, pos: splice.to };
    this.#renderings.shift();
    this.moveTo(this.position + splice.offset);
    if (count === 0) this.rampUp();
    return count;
  }

  /** Plays a change of the sound's length. @param {Change} join @param {Float32Array} out @param {number} at */
  #fillJoin(join, out, at) {
    const fade = this.#fade;
    const space = Math.min(out.length - at, fade?.left ?? Infinity);
    const count = join.fill(this.#ring, out, at, fade?.uniform(space) ?? space);
    if (!fade?.apply(out, at, count)) this.#counts.played += count;
    this.#ramp.last = out[at + count - 1];
    if (join.left > 0 && fade?.left !== 0) return count;
    this.settle();
    if (fade?.left === 0) this.endFade();
    return count;
  }

  /**
   * Begins a change of the sound's length, if one is to be made now.
   *
   * @param {{target: number, needed: number}} wanted see the level control
   */
  control({ target, needed }) {
    if (this.#join || this.#fade || this.#renderings.next || this.#ramp.active || !this.levelControl) return;
    const { position, history } = this;
    const readable = this.#ring.readable(position);
    this.#join = this.levelControl.next(this.#ring, { position, readable, history, target, needed });
  }

  /** Ends a change of the sound's length, also one that is not complete, and counts what it has done. */
  settle() {
    const join = this.#join;
    this.#join = null;
    if (!join || join.filled === 0) return;
    const complete = join.left === 0;
    const removed = complete ? Math.max(0, join.offset) : 0;
    const inserted = complete ? Math.max(0, -join.offset) : 0;
    this.position = complete ? join.end : join.pos + join.filled;
    this.#counts.removed += removed;
    this.#counts.inserted += inserted;
    this.#tap.scaled?.({ pos: join.pos, removed, inserted, blended: join.filled - inserted });
  }

  /**
   * Drops all sound that is not heard within a drain and a fade, and returns whether any is.
   *
   * @param {{gen: number, drain: number, length: number}} cut `gen`: the generation that ends; `drain`, and `length` of the fade, in samples
   * @param {boolean} playing
   */
  cutOff({ gen, drain, length }, playing) {
    this.#renderings.drop();
    const join = this.#join;
    // Positions that follow each other in what is heard: to the end of the join, and after it.
    const [joined, next] = join ? [join.left, join.end] : [0, this.position];
    const readable = playing ? joined + this.#ring.readable(next) : 0;
    const before = Math.min(readable, drain);
    const heard = before + Math.min(readable - before, length);
    const to = heard < joined ? this.position : next + heard - joined;
    this.#ring.skip(to, this.#ring.end, "cancelled");
    if (readable === 0) {
      this.cut = { gen, pos: this.position };
      this.position = this.#ring.end;
      return false;
    }
    // A fade that is under way continues, and does not become longer. Its cut belongs to its own generation.
    if (!this.#fade || heard < this.#fade.left)
      this.#fade = new FadeOut({ before, length: heard - before, gen: this.#fade?.gen ?? gen, to });
    return true;
  }

  /** Forgets all sound from the one at `pos` on, or from the end of the fade on, and goes on at `pos` afterwards. @param {number} pos */
  continueAt(pos) {
    this.#ring.truncate(Math.max(pos, this.#fade?.to ?? this.position));
    const end = this.#ring.end;
    this.#ring.skip(end, pos, "cancelled");
    return end;
  }

  /**
   * Plans the cross-fade to a newer rendering.
   *
   * @param {{gen: number, pos: number, fromPos: number, drain: number, fade: number}} newer `gen`: the older generation; what was at `fromPos`
   *   is now at `pos`; `drain` and `fade` in samples
   */
  follow(newer) {
    this.#renderings.add({ ...newer, position: this.#join?.end ?? this.position });
  }

  /**
   * Goes on at once where the newer rendering has what was at a position.
   *
   * @param {{gen: number, pos: number, fromPos: number}} newer as for the cross-fade
   * @param {number} position
   */
  replace({ gen, pos, fromPos }, position) {
    this.cut = { gen, pos: this.position };
    this.forget();
    this.position = Math.max(pos, position + pos - fromPos);
    this.#ring.skip(this.#ring.end, pos, "cancelled");
  }

  /** Leaves out the oldest sound, up to a position. @param {number} to @returns {number} how many samples that are */
  leaveOut(to) {
    this.settle();
    if (this.#renderings.next) {
      this.cut = { gen: this.#renderings.next.gen, pos: this.position };
      this.moveTo(this.#renderings.jump(this.position));
    }
    const skipped = this.#ring.level(this.position) - this.#ring.level(to);
    this.#ring.skip(this.position, to, "cancelled");
    return skipped;
  }

  /** Skips the hole at the position. Returns whether there was one. */
  skipHole() {
    if (this.position < this.#ring.start) this.#ring.skip(this.position, this.#ring.start, "lost");
    const hole = this.#ring.holeAt(this.position);
    if (!hole) return false;
    if (hole.kind === "lost") this.#counts.lost += hole.to - this.position;
    this.endFade();
    this.moveTo(hole.to);
    this.rampUp();
    return true;
  }

  endFade() {
    if (this.#fade) this.cut = { gen: this.#fade.gen, pos: this.position };
    this.#fade = null;
  }

  /** Forgets what is planned and under way. */
  forget() {
    this.settle();
    this.#fade = null;
    this.#renderings.drop();
  }

  /** Continues elsewhere on the timeline. @param {number} pos */
  moveTo(pos) {
    this.position = this.#unbrokenFrom = pos;
  }

  /** Begins a ramp to the next sample, if there is one. */
  rampUp() {
    if (this.#ring.readable(this.position) > 0) this.#ramp.to(this.#ring.at(this.position));
  }
}
