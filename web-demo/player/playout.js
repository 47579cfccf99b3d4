import { Concealment } from "./concealment.js";
import { LAST, isOlder } from "./frames.js";
import { Playhead } from "./playhead.js";
import { PlayoutCounts } from "./playout-counts.js";
import { Ramp } from "./ramp.js";
import { SAMPLES_PER_MS as MS } from "./timeline.js";

const START_TIMEOUT = 250 * MS;
const RESUME_FLOOR = 40 * MS;
/** Most that may be buffered beyond the lead, except in a replay. More is skipped, so that live sound does not grow old. */
const LIVE_MAXIMUM = 4000 * MS;

/** @typedef {"idle" | "buffering" | "playing" | "stalled"} PlayoutState the public state may also be `held` */

/**
 * The play-out's state machine; decides when sound is heard. It waits until enough is buffered, and then plays. If the network is late it
 * stops, and later continues with the very next sample. It skips what will never arrive. Its clock is the number of samples that were
 * rendered. Confined to the audio thread.
 */
export class Playout {
  #ring;
  #head;
  #ramp = new Ramp();
  #concealment = new Concealment();
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
  /** True until the first live frame of a timeline: what a replay brings before it was asked for. */
  #joining = true;
  /** Samples that a listener who joined in the past is behind by its own wish. They are added to the target. */
  #behind = 0;
  #waited = 0;
  /** Samples that a replay brought at once. They are allowed on top of the maximum until they are played. */
  #replayed = 0;

  /** Keeps the sound in step with other players; null: it follows its own buffer. @type {import("./step-control.js").StepControl | null} */
  #step = null;

  gen = 0;
  target = 100 * MS;
  lead = 100 * MS;
  /** How much the network alone needs. */
  network = 0;
  counts = new PlayoutCounts();

  /** @param {import("./ring.js").SampleRing} ring @param {import("./playhead.js").PlayoutTap} [tap] */
  constructor(ring, tap = {}) {
    this.#ring = ring;
    this.#head = new Playhead(ring, this.#ramp, this.counts, tap);
  }

  /** @returns {PlayoutState | "held"} */
  get state() {
    return this.#held ? "held" : this.#state;
  }

  /** Index of the next sample to play. */
  get position() {
    return this.#head.place;
  }

  /** Where a clear cut the sound off; the reader sets it to null. */
  get cut() {
    return this.#head.cut;
  }

  set cut(cut) {
    this.#head.cut = cut;
  }

  get level() {
    return this.#ring.level(this.position);
  }

  /** Number of samples that arrived twice and were ignored. */
  get duplicates() {
    return this.#ring.duplicates;
  }

  /** What decides when the sound's length is changed; null: nothing. @param {Playhead["levelControl"]} control */
  set levelControl(control) {
    this.#head.levelControl = control;
  }

  /** Keeps the sound in step with other players from now on. @param {import("./step-control.js").StepControl} step */
  set step(step) {
    this.#step = step;
    this.#head.levelControl = step;
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
    this.#step?.frame(frame.pos, frame.tsUs);
    const known = this.duplicates;
    if (frame.samples) this.#ring.write(frame.pos, frame.samples);
    else this.#ring.writeSilence(frame.pos, frame.count);
    this.counts.received += frame.count - (this.duplicates - known);
    if (frame.flags & LAST) this.mayEnd();
    if (this.#state === "idle" && this.level > 0) this.#enter("buffering");
    this.#joining &&= replayed;
    if (this.#joining) this.#behind = Math.max(0, this.level - this.target);
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
    const playing = this.#state === "playing" && !this.#held;
    this.gen = gen;
    this.#anyGen = this.#held = false;
    if (!playing) this.#silence();
    if (!continues) {
      const heard = this.#head.cutOff({ gen: old, drain: drainMs * MS, length: fadeMs * MS }, playing);
      this.#seekNext = true;
      this.mayEnd();
      if (!heard) this.#enter("idle");
    } else if (playing && !this.#head.fading && !this.#seekNext) {
      this.#head.follow({ gen: old, pos, fromPos, drain: drainMs * MS, fade: fadeMs * MS });
    } else if (!this.#seekNext) {
      // Nothing is heard that could fade. Without an older rendering the next frame sets the position.
      this.#head.replace({ gen: old, pos, fromPos }, this.#state === "idle" ? this.#ring.end : this.position);
    }
  }

  /** Falls silent with a short fade, and keeps every sample. */
  hold() {
    if (this.#held) return;
    this.#held = true;
    this.#head.settle();
    this.#silence();
  }

  /** Continues with the very next sample. */
  resume() {
    if (!this.#held) return;
    this.#held = false;
    this.#waited = 0;
    this.#step?.forget(); // what is still to be heard is due right before what comes next
    if (this.#state === "playing") this.#head.rampUp();
  }

  /** Forgets everything, because another timeline begins. */
  reset() {
    this.#held = false;
    this.#seekNext = this.#anyGen = this.#joining = true;
    this.#head.forget();
    this.#step?.forget();
    this.#ring.reset(this.position);
    this.#silence();
    this.#enter("idle");
  }

  /** Fills `out` completely. @param {Float32Array} out */
  render(out) {
    const { played } = this.counts;
    this.#waited += out.length;
    if (this.state === "playing") this.#keepStep();
    if (this.state === "playing") {
      const endIsThere = this.#mayEndAt > this.position;
      const needed = this.network > this.lead && !endIsThere ? this.network : 0;
      this.#head.control({ target: this.target + this.#behind, needed });
    }
    for (let at = 0; at < out.length;) at += this.#fill(out, at);
    const { waiting } = this.#head;
    if (this.#state === "playing") this.#head.levelControl?.passed(out.length, waiting);
    this.#step?.rendered(out.length);
    this.counts.rendered(out.length, this.counts.played - played, waiting, this);
  }

  /** Fills a part of `out` from `at` on, and returns how many samples. @param {Float32Array} out @param {number} at */
  #fill(out, at) {
    if (this.#ramp.active) {
      const count = this.#ramp.fill(out, at);
      this.counts.concealed += count;
      return count;
    }
    if (this.#held) return this.#fillSilence(out, at);
    if (this.#state !== "playing") {
      const silent = this.#silentFor(out.length - at, at);
      if (silent > 0) return this.#fillSilence(out, at, silent);
      this.#start();
    }
    if (this.#ramp.active) return 0;
    const count = this.#head.fill(out, at);
    if (count === null) this.#halt();
    return count ?? 0;
  }

  /** @param {Float32Array} out @param {number} at @param {number} [silent] number of samples to fill at most */
  #fillSilence(out, at, silent = out.length - at) {
    if (this.#concealment.active) {
      const count = this.#concealment.fill(out.subarray(0, at + silent), at);
      this.#ramp.last = out[at + count - 1];
      this.counts.concealed += count;
      this.counts.extended += count;
      return count;
    }
    this.#ramp.last = 0;
    out.fill(0, at, at + silent);
    if (this.state === "stalled") this.counts.stalled += silent;
    return silent;
  }

  /**
   * Returns how many of the next samples must be silent before the sound begins.
   *
   * @param {number} space the most that matters
   * @param {number} after number of samples that were rendered since the step control was told the time
   */
  #silentFor(space, after) {
    const early = this.#step?.early(this.position, after) ?? null;
    if (early === null || this.level === 0) return this.#enoughIsThere() && !this.#step?.settling ? 0 : space;
    const wait = Math.round(early) - this.#rampTo(this.position + Math.max(0, Math.round(-early)));
    if (wait < 0) this.#leaveOut(-wait);
    return this.level === 0 ? space : Math.min(space, Math.max(0, wait));
  }

  /** Jumps if the sound is far out of step. */
  #keepStep() {
    const early = this.#step?.jump(this.position) ?? 0;
    if (early < 0) this.#leaveOut(-early + this.#rampTo(this.position - early));
    if (early <= 0) return;
    this.#head.settle();
    this.#silence();
    this.#enter("buffering");
  }

  /** Returns how many samples lead to the one at a position, before it is heard. @param {number} pos */
  #rampTo(pos) {
    return pos < this.#ring.end ? this.#ramp.lengthTo(this.#ring.at(pos)) : 0;
  }

  /** @param {number} count */
  #leaveOut(count) {
    if (count > 0) this.counts.skipped += this.#head.leaveOut(Math.min(this.#ring.end, this.position + count));
  }

  /** Tells whether enough is buffered to play. */
  #enoughIsThere() {
    const level = this.level;
    if (level === 0) return false;
    const resuming = this.#state === "stalled";
    const enough = resuming ? Math.max(this.target / 2, RESUME_FLOOR) : this.target;
    const ended = this.#mayEndAt > this.position;
    return level >= enough || ended || (!resuming && this.#waited >= START_TIMEOUT);
  }

  /** Starts to play. */
  #start() {
    this.#concealment.stop();
    this.#enter("playing");
    if (!this.#head.skipHole()) this.#head.rampUp();
  }

  /** Stops because the buffer is empty. At the end a ramp leads to silence; an underrun is concealed. */
  #halt() {
    this.#head.endFade();
    const ended = this.#mayEndAt === this.position;
    if (!ended) this.counts.underruns++;
    this.#enter(ended ? "idle" : "stalled");
    if (ended || !this.#concealment.begin(this.#ring, this.position, this.#head.history)) this.#ramp.to(0);
  }

  /** Falls silent with a ramp. */
  #silence() {
    this.#concealment.stop();
    this.#ramp.to(0);
  }

  /** @param {number} pos */
  #seek(pos) {
    this.#seekNext = false;
    if (this.#state !== "idle" && this.level > 0) {
      this.#mayEndAt = this.#head.continueAt(pos);
      return;
    }
    this.#ring.reset(pos);
    this.#head.moveTo(pos);
    this.#enter("idle");
  }

  /** Skips sound if too much is buffered. @param {boolean} replayed */
  #keepLive(replayed) {
    const { waiting } = this.#head;
    if (replayed) this.#replayed = waiting;
    else if (waiting <= LIVE_MAXIMUM) this.#replayed = 0;
    if (waiting <= this.lead + LIVE_MAXIMUM + this.#replayed) return;
    this.counts.skipped += this.#head.leaveOut(this.#ring.end - this.target);
  }

  /** @param {PlayoutState} state */
  #enter(state) {
    this.#state = state;
    this.#waited = 0;
    if (state === "idle") this.#behind = 0;
    this.#head.levelControl?.reset();
  }
}
