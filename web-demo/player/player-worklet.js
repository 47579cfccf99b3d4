import { HEADER_BYTES } from "./frames.js";
import { Playout } from "./playout.js";
import { Resampler } from "./resample.js";
import { SampleRing } from "./ring.js";
import { StepControl } from "./step-control.js";
import { Tap } from "./tap.js";
import { SAMPLES_PER_MS, SAMPLES_PER_SECOND } from "./timeline.js";

const REPORTS_PER_SECOND = 30;

/** Runs the play-out on the audio thread: takes messages, renders samples, and reports about thirty times a second. */
class StentorPlayout extends AudioWorkletProcessor {
  #tap = new Tap(
    (run) => this.port.postMessage({ t: "tap", ...run }, [run.samples.buffer]),
    (scaling) => this.port.postMessage({ t: "scaled", ...scaling }),
  );
  #playout = new Playout(new SampleRing(), {
    played: (pos, out, at, count) => this.#tap.record(pos, out, at, count),
    scaled: (scaling) => this.#tap.scaled(scaling),
  });
  #resampler =
    sampleRate === SAMPLES_PER_SECOND
      ? null
      : new Resampler(SAMPLES_PER_SECOND, sampleRate, (out) => this.#playout.render(out));
  /** Set if it plays in step with others. @type {StepControl | null} */
  #step = null;
  #untilReport = 0;
  #squares = 0;
  #peak = 0;
  #measured = 0;
  #state = "";
  /** The channel's life that is played; unknown until sound may come. @type {number | undefined} */
  #epoch;

  constructor() {
    super();
    this.port.onmessage = ({ data }) => this.#receive(data);
  }

  /** @param {Float32Array[][]} _inputs @param {Float32Array[][]} outputs */
  process(_inputs, outputs) {
    const [out] = outputs[0];
    this.#step?.begin(this.#renderedTo(0));
    if (this.#resampler) this.#resampler.render(out);
    else this.#playout.render(out);
    this.#measure(out);
    if (this.#playout.state !== "playing") this.#tap.flush();
    this.#untilReport -= out.length;
    if (this.#untilReport <= 0 || this.#state !== this.#playout.state || this.#playout.cut) this.#report(out.length);
    return true;
  }

  /** @param {any} message */
  #receive(message) {
    const playout = this.#playout;
    switch (message.t) {
      case "feed":
        message.port.onmessage = (/** @type {MessageEvent} */ { data }) => this.#receive(data);
        return undefined;
      case "frame":
        return playout.write(frameOf(message), message.replayed);
      case "target":
        playout.target = message.targetMs * SAMPLES_PER_MS;
        playout.lead = message.leadMs * SAMPLES_PER_MS;
        playout.network = message.networkMs * SAMPLES_PER_MS;
        return undefined;
      case "clear":
        return playout.clear(message);
      case "hold":
        return playout.hold();
      case "resume":
        return playout.resume();
      case "end":
        return playout.mayEnd();
      case "reset":
        return playout.reset();
      case "sync":
        return this.#aim(message.shift);
      case "epoch":
        this.#epoch = message.epoch;
        return undefined;
      case "exact":
        playout.levelControl = null;
        return undefined;
      case "tap":
        this.#tap.active = message.on !== false;
        return this.#tap.flush(true);
    }
  }

  /** @param {number | null} shift when sound is due; see the step control */
  #aim(shift) {
    if (!this.#step) {
      this.#step = new StepControl();
      this.#step.begin(this.#renderedTo(0));
      this.#playout.step = this.#step;
    }
    this.#step.shift = shift;
  }

  /** @param {Float32Array} out */
  #measure(out) {
    for (const sample of out) {
      this.#squares += sample * sample;
      this.#peak = Math.max(this.#peak, Math.abs(sample));
    }
    this.#measured += out.length;
  }

  /** Returns when the sample at the present position enters the device. @param {number} quantum */
  #renderedTo(quantum) {
    return (currentFrame + quantum) / sampleRate + (this.#resampler?.pending ?? 0) / SAMPLES_PER_SECOND;
  }

  /** @param {number} quantum */
  #report(quantum) {
    const playout = this.#playout;
    this.port.postMessage({
      t: "report",
      epoch: this.#epoch,
      state: playout.state,
      pos: playout.position,
      gen: playout.gen,
      time: this.#renderedTo(quantum),
      level: playout.level,
      rms: Math.sqrt(this.#squares / this.#measured),
      peak: this.#peak,
      counts: { ...playout.counts, duplicates: playout.duplicates },
      cut: playout.cut,
      lateMs: playout.state === "playing" ? (this.#step?.lateMs ?? null) : null,
    });
    this.#state = playout.state;
    playout.cut = null;
    this.#squares = this.#peak = this.#measured = 0;
    this.#untilReport = sampleRate / REPORTS_PER_SECOND;
  }
}

/**
 * Returns a frame whose header was read before. Its samples stay where they are in the gateway's message.
 *
 * @param {import("./frames.js").Frame & {buffer: ArrayBuffer | null}} message
 */
const frameOf = ({ buffer, ...frame }) => ({ ...frame, samples: buffer && new Int16Array(buffer, HEADER_BYTES) });

registerProcessor("stentor-playout", StentorPlayout);
