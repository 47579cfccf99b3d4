import { GroupSync } from "../player/group-sync.js";
import { DENSE, Probing } from "../player/probing.js";
import { Playout } from "../player/playout.js";
import { SampleRing } from "../player/ring.js";
import { ServerClock } from "../player/server-clock.js";
import { StepControl } from "../player/step-control.js";
import { FRAME_SAMPLES as FRAME, SAMPLES_PER_SECOND } from "../player/timeline.js";
import { seeded } from "./random.js";

export const QUANTUM = 128;
const GROUP_DELAY_MS = 250;

/**
 * A player of a group in virtual time: its page's clock, its device's clock, its network and its loudspeaker are its own. All times are in
 * seconds of the server's clock.
 */
export class GroupPlayer {
  #random;
  #clock = new ServerClock();
  #probing = new Probing(DENSE);
  #sync;
  #step = new StepControl();
  #playout;
  #options;
  #nextProbe = 0;
  #rendered = 0;
  #sent = 0;
  /** @type {[number, () => void][]} */
  #later = [];
  /** Unaltered samples. */
  exact = 0;

  constructor({
    seed,
    ppm = 0,
    devicePpm = 0,
    jitterS = [0.0005, 0.0005],
    startS = 0,
    latencyS = 0.03,
    scatterS = 0.0007,
    holdS = 0,
  }) {
    this.#random = seeded(seed);
    this.#options = { ppm, devicePpm, jitterS, startS, latencyS, scatterS, holdS };
    this.#playout = new Playout(new SampleRing(), { played: (_pos, _out, _at, count) => (this.exact += count) });
    this.#sync = new GroupSync(
      {
        stamp: () => {
          const atMs = this.#pageMs(this.now) - 1000 * scatterS * this.#random();
          return { time: this.#contextTime(this.now) - latencyS, atMs, exact: true };
        },
        aim: (shift) => {
          if (shift !== null) this.#step.shift = shift;
        },
      },
      () => this.#pageMs(this.now),
    );
    this.#sync.timeline({ group_delay_ms: GROUP_DELAY_MS });
    this.now = 0;
  }

  get counts() {
    return this.#playout.counts;
  }

  /** The position that leaves the loudspeaker, whole and part; null while nothing does. */
  get heard() {
    if (this.#playout.state !== "playing") return null;
    const rendered = this.#options.startS + (this.#rendered * QUANTUM) / this.#rate;
    return this.#playout.position + (this.now - rendered - this.#options.latencyS) * SAMPLES_PER_SECOND;
  }

  /** Samples a second of the server's clock that the device takes. */
  get #rate() {
    return SAMPLES_PER_SECOND * (1 + this.#options.devicePpm * 1e-6);
  }

  /** @param {number} s */
  #pageMs(s) {
    return 1e6 + 1000 * s * (1 + this.#options.ppm * 1e-6);
  }

  /** @param {number} s */
  #contextTime(s) {
    return ((s - this.#options.startS) * this.#rate) / SAMPLES_PER_SECOND;
  }

  /** Lets time pass up to `until`. @param {number} until */
  run(until) {
    for (; this.now < until; this.now += QUANTUM / SAMPLES_PER_SECOND) {
      this.#probe();
      this.#later = this.#later.filter(([at, run]) => at > this.now || void run());
      this.#receive();
      if (this.now < this.#options.startS) continue;
      if (this.#rendered === 0) {
        this.#step.begin(0);
        this.#playout.step = this.#step;
      }
      this.#sync.tick();
      while (this.#options.startS + (this.#rendered * QUANTUM) / this.#rate <= this.now) {
        this.#step.begin((this.#rendered++ * QUANTUM) / SAMPLES_PER_SECOND);
        this.#playout.render(new Float32Array(QUANTUM));
      }
    }
  }

  #probe() {
    if (this.now < this.#nextProbe) return;
    const sent = this.now;
    this.#nextProbe = sent + this.#probing.next() / 1000;
    const [there, back] = this.#options.jitterS.map((most) => 0.0004 + most * this.#random());
    const answered = sent + there;
    const us = (/** @type {number} */ s) => Math.round(1000 * this.#pageMs(s));
    this.#later.push([
      answered + back,
      () => {
        this.#clock.add(us(sent), answered * 1e6, answered * 1e6, us(answered + back));
        this.#sync.follow(this.#clock);
      },
    ]);
  }

  /** The frame at `pos` is due at its place on the timeline, and released 100 ms before. */
  #receive() {
    for (; (this.#sent * FRAME) / SAMPLES_PER_SECOND - 0.1 + 0.02 * this.#random() <= this.now; this.#sent++) {
      const pos = this.#sent * FRAME;
      const samples = Int16Array.from({ length: FRAME }, (_, i) => ((pos + i) * 7919) % 3000);
      this.#playout.write({
        type: 1,
        flags: 0,
        gen: 1,
        seq: 0,
        pos,
        tsUs: (pos / SAMPLES_PER_SECOND) * 1e6,
        count: FRAME,
        samples,
        packet: null,
      });
    }
  }
}
