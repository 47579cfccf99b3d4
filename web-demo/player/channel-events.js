import { OpenUtterances } from "./open-utterances.js";

/**
 * @typedef {object} EventsListener
 * @property {(type: "stream" | "utterance" | "caption" | "words" | "mark" | "gap", detail: any) => void} emit
 * @property {() => void} onBegun an utterance begins to be heard
 * @property {(message: any) => void} onOther a message that says nothing about the channel's speech
 */

/**
 * Turns what arrives into the player's events, each at the moment in which its sample is heard. It also knows what a gap has cost: utterances
 * whose end was lost end nevertheless.
 */
export class ChannelEvents {
  #speaker;
  #listener;
  /** @type {number | null} */
  #epoch = null;
  /** Position after the last sample that arrived. */
  #end = 0;
  #utterances = new OpenUtterances();
  /** True if the welcome reported a gap, which a `gap` message may report again. */
  #gapReported = false;

  counts = { gaps: 0, missingMs: 0, frames: 0 };

  /** @param {import("./speaker.js").Speaker} speaker @param {EventsListener} listener */
  constructor(speaker, listener) {
    this.#speaker = speaker;
    this.#listener = listener;
  }

  /** Takes a greeting. @param {any} welcome @param {boolean} returning whether an open connection was lost before */
  welcome({ epoch, resume, now = [] }, returning) {
    const status = resume?.status ?? (returning ? "fresh" : undefined);
    const restarted = this.#epoch !== null && this.#epoch !== epoch;
    if (status !== "ok" && restarted) this.#speaker.reset(epoch); // runs every cue: what was announced is told before it is said to be lost
    this.#epoch = this.#speaker.epoch = epoch;
    this.#gapReported = false;
    if (status === "gap" || status === "fresh") {
      const cause = status === "gap" ? "history" : "fresh";
      this.#onGap({ cause, ms: resume?.missing_ms ?? 0, now, restarted });
      this.#gapReported = true;
    } else {
      if (status !== "ok") this.#lose(now, restarted);
      for (const event of now) this.message(event);
    }
  }

  /** @param {import("./line.js").FrameNotice} frame */
  frame({ pos, count }) {
    this.#gapReported = false;
    this.counts.frames++;
    this.#end = pos + count;
  }

  /** @param {any} message */
  message(message) {
    const { emit, onBegun, onOther } = this.#listener;
    switch (message.t) {
      case "stream":
        this.#epoch = this.#speaker.epoch = message.epoch ?? this.#epoch;
        return emit(message.t, message);
      case "utterance.started":
        if (!this.#utterances.started(message)) return undefined;
        return this.#speaker.cue(message.pos, () => {
          emit("utterance", { ...message, phase: "started" });
          onBegun();
        });
      case "utterance.ended":
        this.#utterances.ended(message.id);
        return this.#speaker.cue(message.pos + message.samples, () =>
          emit("utterance", { ...message, phase: "ended" }),
        );
      case "caption":
        if (!this.#utterances.captioned(message)) return undefined;
      // falls through
      case "mark":
      case "words":
        return this.#speaker.cue(message.pos, () => emit(message.t, message));
      case "clear":
        return this.#speaker.clear(message);
      case "gap":
        return this.#onGap(message);
      default:
        return onOther(message);
    }
  }

  /** Ends the utterances that are open, because the listener leaves. */
  leave() {
    this.#lose([], true);
  }

  /**
   * Handles a gap. One that the welcome reported already is counted and told once. The event also tells which utterances lost their end.
   *
   * @param {any} gap
   */
  #onGap({ now = [], restarted = false, ...gap }) {
    const utterances = this.#lose(now, restarted).map(({ id, text }) => ({ id, text }));
    if (!this.#gapReported) {
      this.counts.gaps++;
      this.counts.missingMs += gap.ms;
      this.#listener.emit("gap", { ...gap, restarted, utterances });
    }
    this.#gapReported = false;
    for (const event of now) this.message(event);
  }

  /**
   * Ends the utterances whose end will not come, because it lay in a gap, as soon as what has arrived of them is heard.
   *
   * @param {any[]} now the events that still hold
   * @param {boolean} [restarted] whether another timeline begins, so that none of them goes on
   * @returns {{id: string, text?: string}[]} the utterances
   */
  #lose(now, restarted = false) {
    const stillSpoken = restarted ? [] : now.filter(({ t }) => t === "utterance.started").map(({ id }) => id);
    const lost = this.#utterances.except(stillSpoken);
    for (const { id, pos } of lost) {
      this.#utterances.ended(id);
      const ended = { t: "utterance.ended", id, pos, samples: Math.max(0, this.#end - pos), reason: "lost" };
      const { emit } = this.#listener;
      this.#speaker.cue(restarted ? 0 : this.#end, () => emit("utterance", { ...ended, phase: "ended" }));
    }
    if (restarted) this.#end = 0;
    return lost;
  }
}
