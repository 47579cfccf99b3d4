import { Ramp } from "./ramp.js";
import { LAST, isOlder } from "./frames.js";
import { Splice } from "./splice.js";
import { SAMPLES_PER_MS as MS } from "./timeline.js";

const START_TIMEOUT = 250 * MS;
const RESUME_FLOOR = 40 * MS;
/** Outside a replay, what waits beyond the lead and this is skipped: live sound must not grow old. */
const LIVE_MAXIMUM = 4000 * MS;

/** @typedef {"idle" | "buffering" | "playing" | "stalled"} PlayoutState `held` comes on top of it */

/**
 * Decides sample by sample what is heard: waits until enough is there, plays without a seam, halts where the network is late and goes on
 * at the very next sample, jumps over what will never come. Samples of the timeline are never altered, except while a cut fades out.
 * Its clock is the number of samples asked for. Confined to the audio thread.
 */
export class Playout {
  #ring;
  #played;
  #ramp = new Ramp();
  /** @type {PlayoutState} */
  #state = "idle";
  /** The sound may stop here without a fault: the end of an utterance, of a pause, of a gap. */
  #mayEndAt = -1;
  /** Nothing is heard, and nothing is lost, until it is let go on. */
  #held = false;
  /** The next frame says where the timeline goes on, */
  #seekNext = true;
  /** and, where nothing was heard before, the generation too. */
  #anyGen = true;
  #waited = 0;
  /** What a replay brought at once, allowed on top of the maximum until it is played. */
  #replayed = 0;
  /** @type {{from: number, to: number, gen: number} | null} */
  #fade = null;
  /** Where the sound goes over to a newer rendering, and what comes after that. @type {Splice[]} */
  #splices = [];

  /** Index of the next sample to play. */
  position = 0;
  gen = 0;
  target = 100 * MS;
  lead = 100 * MS;
  counts = { played: 0, concealed: 0, underruns: 0, stalled: 0, lost: 0, skipped: 0, stale: 0 };
  /** Where a clear cut the sound off, until it is asked for. @type {{gen: number, pos: number} | null} */
  cut = null;

  /**
   * @param {import("./ring.js").SampleRing} ring
   * @param {(pos: number, out: Float32Array, at: number, count: number) => void} [played] told of every unaltered sample that is played
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

  /** Samples that came twice and were ignored. */
  get duplicates() {
    return this.#ring.duplicates;
  }

  /** Takes the next frame. @param {import("./frames.js").Frame} frame @param {boolean} [replayed] whether it is history */
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

  /** Whatever comes next, the sound may stop after what is here: it is no underrun. */
  mayEnd() {
    this.#mayEndAt = this.#ring.end;
    if (this.#state === "stalled" && this.level === 0) this.#enter("idle");
  }

  /**
   * Drops a generation: what is not heard yet is cancelled, after a drain and a fade. If the sound `continues`, it is there again from `pos` on
   * as it was from `fromPos` on, without the speech, and the fade leads over to it at the very sample.
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
      // What fades already goes on fading, no longer than it would have, and is cut in its own generation.
      if (!fading || to < fading.to) this.#fade = { from, to, gen: fading?.gen ?? old };
    } else {
      this.cut = { gen: old, pos: this.position };
      this.position = this.#ring.end;
      this.#enter("idle");
    }
  }

  /** @param {number} gen the older one @param {number} pos @param {number} fromPos @param {number} drain @param {number} fade samples */
  #crossFadeTo(gen, pos, fromPos, drain, fade) {
    const playing = this.#state === "playing" && !this.#held;
    this.#held = false;
    if (!playing || this.#fade || this.#seekNext) {
      this.#replaceWaiting(gen, pos, fromPos);
      return;
    }
    const last = this.#splices.at(-1);
    // In the positions of the generation that is left; who is further behind than `fromPos` goes on at `pos`.
    const from = this.#newestPosition + drain;
    const offset = pos - Math.min(fromPos, from);
    if (last && !last.begun) last.retarget({ offset, from: from - last.offset, length: fade });
    else this.#splices.push(new Splice({ gen, limit: pos, offset, from, length: fade }));
  }

  /** What is heard now, in the positions of the newest rendering. */
  get #newestPosition() {
    return this.#splices.reduce((heard, { offset }) => heard + offset, this.position);
  }

  /** Nothing is heard that could fade: what waits is replaced. @param {number} gen @param {number} pos @param {number} fromPos */
  #replaceWaiting(gen, pos, fromPos) {
    if (this.#seekNext) return; // nothing is known of the older rendering: the next frame says where it goes on
    this.cut = { gen, pos: this.position };
    this.#fade = null;
    this.#splices = [];
    const next = this.#state === "idle" ? this.#ring.end : this.position;
    this.position = Math.max(pos, next + pos - fromPos);
    this.#ring.skip(this.#ring.end, pos, "cancelled");
  }

  /** Falls silent at once, within a short fade, and keeps every sample. */
  hold() {
    if (this.#held) return;
    this.#held = true;
    if (this.#state === "playing") this.#ramp.to(0);
  }

  /** Goes on with the very next sample. */
  resume() {
    if (!this.#held) return;
    this.#held = false;
    this.#waited = 0;
    if (this.#state === "playing" && this.#ring.readable(this.position) > 0)
      this.#ramp.to(this.#ring.at(this.position));
  }

  /** Forgets everything: another timeline begins. */
  reset() {
    this.#held = false;
    this.#seekNext = true;
    this.#anyGen = true;
    this.#fade = null;
    this.#splices = [];
    this.#ring.reset(this.position);
    this.#enter("idle");
  }

  /** Fills the whole of `out`. @param {Float32Array} out */
  render(out) {
    this.#waited += out.length;
    for (let at = 0; at < out.length;) at += this.#fill(out, at);
  }

  /** Fills a part of `out` from `at` on and says how much. @param {Float32Array} out @param {number} at */
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

  /** Plays up to a splice, and over it. @param {Splice} splice @param {Float32Array} out @param {number} at */
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

  /** Goes over to playing if enough is there. */
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

  /** Jumps over the hole at the position, if there is one. */
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

  /** Nothing is left to play: the end, or an underrun. The last sample fades to silence. */
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

  /** @param {boolean} replayed */
  #keepLive(replayed) {
    const level = this.#ring.level(this.#newestPosition); // older renderings of the same time do not count
    if (replayed) this.#replayed = level;
    else if (level <= LIVE_MAXIMUM) this.#replayed = 0;
    if (level <= this.lead + LIVE_MAXIMUM + this.#replayed) return;
    this.#endSplices();
    const to = this.#ring.end - this.target;
    this.counts.skipped += level - this.#ring.level(to);
    this.#ring.skip(this.position, to, "cancelled");
  }

  /** So much waits that it is skipped anyway: nothing older is played any more. */
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
