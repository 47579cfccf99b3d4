import { Ramp } from "./ramp.js";
import { LAST, isOlder } from "./frames.js";
import { Splice } from "./splice.js";
import { SAMPLES_PER_MS as MS } from "./timeline.js";

const START_TIMEOUT = 250 * MS;
const RESUME_FLOOR = 40 * MS;
/** Most that may be buffered beyond the lead, except in a replay. More is skipped, so that live sound does not grow old. */
const LIVE_MAXIMUM = 4000 * MS;

/** @typedef {"idle" | "buffering" | "playing" | "stalled"} PlayoutState the public state may also be `held` */

/**
 * The play-out's state machine; decides sample by sample what is heard. It waits until enough is buffered, and then plays. If the network
 * is late it stops, and later continues with the very next sample. It skips what will never arrive. Samples are never altered, except
 * while a cut fades out. Its clock is the number of samples that were rendered. Confined to the audio thread.
 */
export class Playout {
  #ring;
  #played;
  #ramp = new Ramp();
  /** @type {PlayoutState} */
  #state = "idle";
  /** Position at which the sound may end without an underrun: the end of an utterance, of a pause, of a gap. */
  #mayEndAt = -1;
  /** True while it is paused: nothing is heard, and nothing is lost. */
  #held = false;
  /** True if the next frame sets the position. */
  #seekNext = true;
  /** True if the next frame sets the generation too, because nothing was heard before. */
  #anyGen = true;
  #waited = 0;
  /** Samples that a replay brought at once. They are allowed on top of the maximum until they are played. */
  #replayed = 0;
  /** The fade-out of a cut that is under way. @type {{from: number, to: number, gen: number} | null} */
  #fade = null;
  /** Cross-fades to newer renderings, in order. @type {Splice[]} */
  #splices = [];

  /** Index of the next sample to play. */
  position = 0;
  gen = 0;
  target = 100 * MS;
  lead = 100 * MS;
  counts = { played: 0, concealed: 0, underruns: 0, stalled: 0, lost: 0, skipped: 0, stale: 0 };
  /** Where a clear cut the sound off; the reader sets it to null. @type {{gen: number, pos: number} | null} */
  cut = null;

  /**
   * @param {import("./ring.js").SampleRing} ring
   * @param {(pos: number, out: Float32Array, at: number, count: number) => void} [played] gets every unaltered sample that is played
   */
  constructor(ring, played = () => {}) {
    this.#ring = ring;
    this.#played = played;
  }

  /** @returns {PlayoutState | "held"} */
  get state() {
    return this.#held ? "held" : this.#state;
  }

  get level() {
    return this.#ring.level(this.position);
  }

  /** Number of samples that arrived twice and were ignored. */
  get duplicates() {
    return this.#ring.duplicates;
  }

  /** Takes the next frame. @param {import("./frames.js").Frame} frame @param {boolean} [replayed] whether it belongs to a replay */
  write(frame, replayed = false) {
    if (!this.#anyGen && isOlder(frame.gen, this.gen)) {
      this.counts.stale++;
      return;
    }
    this.gen = frame.gen;
    this.#anyGen = false;
    if (this.#seekNext) this.#seek(frame.pos);
    if (frame.samples) this.#ring.write(frame.pos, frame.samples);
    else this.#ring.writeSilence(frame.pos, frame.count);
    if (frame.flags & LAST) this.mayEnd();
    if (this.#state === "idle" && this.level > 0) this.#enter("buffering");
    this.#keepLive(replayed);
  }

  /** Allows the sound to end after what is buffered: this is no underrun. */
  mayEnd() {
    this.#mayEndAt = this.#ring.end;
    if (this.#state === "stalled" && this.level === 0) this.#enter("idle");
  }

  /**
   * Ends a generation. What was not heard yet is dropped, after a drain and a fade. If the sound `continues`, the server sends it again
   * without the speech: what was at `fromPos` is now at `pos`. Then the fade is a cross-fade to the same moment of the new sound.
   *
   * @param {{gen: number, pos?: number, fromPos?: number, drainMs?: number, fadeMs?: number, continues?: boolean}} clear
   */
  clear({ gen, pos = this.position, fromPos = pos, drainMs = 0, fadeMs = 5, continues = false }) {
    const old = this.gen;
    this.gen = gen;
    this.#anyGen = false;
    if (continues) {
      this.#crossFadeTo(old, pos, fromPos, drainMs * MS, fadeMs * MS);
      return;
    }
    this.#splices = [];
    const readable = this.#state === "playing" && !this.#held ? this.#ring.readable(this.position) : 0;
    this.#held = false;
    const from = this.position + Math.min(readable, drainMs * MS);
    const to = Math.min(this.position + readable, from + fadeMs * MS);
    this.#ring.skip(to, this.#ring.end, "cancelled");
    this.#seekNext = true;
    this.mayEnd();
    const fading = this.#fade;
    if (readable > 0) {
      // A fade that is under way continues, and does not become longer. Its cut belongs to its own generation.
      if (!fading || to < fading.to) this.#fade = { from, to, gen: fading?.gen ?? old };
    } else {
      this.cut = { gen: old, pos: this.position };
      this.position = this.#ring.end;
      this.#enter("idle");
    }
  }

  /**
   * Plans the cross-fade to a newer rendering.
   *
   * @param {number} gen the older generation
   * @param {number} pos
   * @param {number} fromPos
   * @param {number} drain in samples
   * @param {number} fade in samples
   */
  #crossFadeTo(gen, pos, fromPos, drain, fade) {
    const playing = this.#state === "playing" && !this.#held;
    this.#held = false;
    if (!playing || this.#fade || this.#seekNext) {
      this.#replaceWaiting(gen, pos, fromPos);
      return;
    }
    const last = this.#splices.at(-1);
    // In positions of the older generation. A player that is further behind than `fromPos` continues at `pos`.
    const from = this.#newestPosition + drain;
    const offset = pos - Math.min(fromPos, from);
    if (last && !last.begun) last.retarget({ offset, from: from - last.offset, length: fade });
    else this.#splices.push(new Splice({ gen, limit: pos, offset, from, length: fade }));
  }

  /** The present position in the newest rendering. */
  get #newestPosition() {
    return this.#splices.reduce((heard, { offset }) => heard + offset, this.position);
  }

  /**
   * Replaces what is buffered, because nothing is heard that could fade.
   *
   * @param {number} gen
   * @param {number} pos
   * @param {number} fromPos
   */
  #replaceWaiting(gen, pos, fromPos) {
    if (this.#seekNext) return; // there is no older rendering: the next frame sets the position
    this.cut = { gen, pos: this.position };
    this.#fade = null;
    this.#splices = [];
    const next = this.#state === "idle" ? this.#ring.end : this.position;
    this.position = Math.max(pos, next + pos - fromPos);
    this.#ring.skip(this.#ring.end, pos, "cancelled");
  }

  /** Falls silent with a short fade, and keeps every sample. */
  hold() {
    if (this.#held) return;
    this.#held = true;
    if (this.#state === "playing") this.#ramp.to(0);
  }

  /** Continues with the very next sample. */
  resume() {
    if (!this.#held) return;
    this.#held = false;
    this.#waited = 0;
    if (this.#state === "playing" && this.#ring.readable(this.position) > 0)
      this.#ramp.to(this.#ring.at(this.position));
  }

  /** Forgets everything, because another timeline begins. */
  reset() {
    this.#held = false;
    this.#seekNext = true;
    this.#anyGen = true;
    this.#fade = null;
    this.#splices = [];
    this.#ring.reset(this.position);
    this.#enter("idle");
  }

  /** Fills `out` completely. @param {Float32Array} out */
  render(out) {
    this.#waited += out.length;
    for (let at = 0; at < out.length;) at += this.#fill(out, at);
  }

  /** Fills a part of `out` from `at` on, and returns how many samples. @param {Float32Array} out @param {number} at */
  #fill(out, at) {
    if (this.#ramp.active) {
      const count = this.#ramp.fill(out, at);
      this.counts.concealed += count;
      return count;
    }
    if (this.#held) {
      this.#ramp.last = 0;
      out.fill(0, at);
      return out.length - at;
    }
    if (this.#state !== "playing" && !this.#start()) {
      out.fill(0, at);
      if (this.#state === "stalled") this.counts.stalled += out.length - at;
      return out.length - at;
    }
    if (this.#ramp.active) return 0;
    if (this.#splices.length > 0) return this.#splice(this.#splices[0], out, at);
    if (this.#skipHole()) return 0;
    const readable = this.#ring.readable(this.position);
    if (readable === 0) {
      this.#halt();
      return 0;
    }
    return this.#copy(out, at, Math.min(readable, out.length - at));
  }

  /** Plays up to a splice and through its cross-fade. @param {Splice} splice @param {Float32Array} out @param {number} at */
  #splice(splice, out, at) {
    const unchanged = splice.begun ? 0 : splice.unchanged(this.#ring, this.position);
    if (unchanged > 0) return this.#copy(out, at, Math.min(unchanged, out.length - at));
    const count = splice.fill(this.#ring, this.position, out, at);
    if (count > 0) this.#ramp.last = out[at + count - 1];
    this.position += count;
    if (this.position < splice.to) return count;
    this.cut = { gen: splice.gen, pos: splice.to };
    this.position += splice.offset;
    this.#splices.shift();
    if (count === 0 && this.#ring.readable(this.position) > 0) this.#ramp.to(this.#ring.at(this.position));
    return count;
  }

  /** @param {Float32Array} out @param {number} at @param {number} count */
  #copy(out, at, count) {
    const fade = this.#fade;
    if (fade && this.position < fade.from) count = Math.min(count, fade.from - this.position);
    this.#ring.read(this.position, out, at, count);
    if (fade && this.position >= fade.from) {
      for (let i = 0; i < count; i++) out[at + i] *= (fade.to - this.position - i) / (fade.to - fade.from + 1);
    } else {
      this.#played(this.position, out, at, count);
      this.counts.played += count;
    }
    this.#ramp.last = out[at + count - 1];
    this.position += count;
    return count;
  }

  /** Starts to play if enough is buffered. Returns whether it did. */
  #start() {
    const level = this.level;
    if (level === 0) return false;
    const resuming = this.#state === "stalled";
    const enough = resuming ? Math.max(this.target / 2, RESUME_FLOOR) : this.target;
    const ended = this.#mayEndAt > this.position;
    if (level < enough && !ended && (resuming || this.#waited < START_TIMEOUT)) return false;
    this.#enter("playing");
    if (!this.#skipHole()) this.#ramp.to(this.#ring.at(this.position));
    return true;
  }

  /** Skips the hole at the position. Returns whether there was one. */
  #skipHole() {
    if (this.position < this.#ring.start) this.#ring.skip(this.position, this.#ring.start, "lost");
    const hole = this.#ring.holeAt(this.position);
    if (!hole) return false;
    if (hole.kind === "lost") this.counts.lost += hole.to - this.position;
    if (this.#fade) {
      this.cut = { gen: this.#fade.gen, pos: this.position };
      this.#fade = null;
    }
    this.position = hole.to;
    if (this.#ring.readable(this.position) > 0) this.#ramp.to(this.#ring.at(this.position));
    return true;
  }

  /** Stops because the buffer is empty: at the end, or by an underrun. A ramp leads from the last sample to silence. */
  #halt() {
    if (this.#fade) this.cut = { gen: this.#fade.gen, pos: this.position };
    this.#fade = null;
    const ended = this.#mayEndAt === this.position;
    if (!ended) this.counts.underruns++;
    this.#enter(ended ? "idle" : "stalled");
    this.#ramp.to(0);
  }

  /** @param {number} pos */
  #seek(pos) {
    this.#seekNext = false;
    if (this.#state === "idle" || this.level === 0) {
      this.#ring.reset(pos);
      this.position = pos;
      this.#enter("idle");
    } else {
      this.#ring.truncate(Math.max(pos, this.#fade?.to ?? this.position));
      this.#mayEndAt = this.#ring.end;
      this.#ring.skip(this.#ring.end, pos, "cancelled");
    }
  }

  /** Skips sound if too much is buffered. @param {boolean} replayed */
  #keepLive(replayed) {
    const level = this.#ring.level(this.#newestPosition); // older renderings of the same sound do not count
    if (replayed) this.#replayed = level;
    else if (level <= LIVE_MAXIMUM) this.#replayed = 0;
    if (level <= this.lead + LIVE_MAXIMUM + this.#replayed) return;
    this.#endSplices();
    const to = this.#ring.end - this.target;
    this.counts.skipped += level - this.#ring.level(to);
    this.#ring.skip(this.position, to, "cancelled");
  }

  /** Jumps to the newest rendering, because the older ones are skipped anyway. */
  #endSplices() {
    if (this.#splices.length === 0) return;
    this.cut = { gen: this.#splices[0].gen, pos: this.position };
    this.position = Math.max(this.#newestPosition, ...this.#splices.map(({ limit }) => limit));
    this.#splices = [];
  }

  /** @param {PlayoutState} state */
  #enter(state) {
    this.#state = state;
    this.#waited = 0;
  }
}
