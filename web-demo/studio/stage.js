import { Captions } from "../captions.js";
import { Progress } from "./progress.js";

const EVERY_MS = 250;

/** Titles by state. */
const TITLES = {
  idle: "Nobody is speaking",
  preparing: "Preparing the voice…",
  speaking: "Now speaking",
  paused: "Paused",
};

/** @typedef {keyof typeof TITLES} StageState */

/** What the window says until something was spoken. */
const INVITATION = "Write something and press Speak. Every open page hears it.";
const ANNOUNCEMENT = "The voice begins in a moment.";

/** The upper part of the page: what is spoken, how far it is, and whether somebody speaks at all. */
export class Stage {
  #parts;
  #player;
  #captions;
  /** The channel's own phase, as the gateway says it. */
  #phase = "idle";
  /** Number of this page's requests without an answer. */
  #asking = 0;
  /** The text that is heard. @type {{id: string, progress: Progress} | null} */
  #heard = null;
  #onState;

  /**
   * @param {{title: HTMLElement, progress: HTMLElement, caption: HTMLElement}} parts
   * @param {import("../player/player.js").StentorPlayer} player
   * @param {(state: StageState) => void} onState called after a change
   */
  constructor(parts, player, onState) {
    this.#parts = parts;
    this.#player = player;
    this.#captions = new Captions(parts.caption);
    this.#onState = onState;
    setInterval(() => document.hidden || this.#showProgress(), EVERY_MS);
    this.show();
  }

  /** @returns {StageState} */
  get state() {
    const { connection, playout } = this.#player.state;
    if (connection !== "open") return this.#heard ? "speaking" : "idle";
    if (this.#phase === "paused" || playout === "held") return "paused";
    if (this.#heard) return "speaking";
    return this.#asking > 0 || this.#phase === "synthesizing" || this.#phase === "playing" ? "preparing" : "idle";
  }

  /** The text that is heard, as far as it is known. */
  get text() {
    return this.#captions.text;
  }

  /** @param {string} phase */
  set phase(phase) {
    this.#phase = phase;
    this.show();
  }

  /** Counts a request of this page while it waits for its answer. @param {Promise<unknown>} answer */
  async asking(answer) {
    this.#asking++;
    this.show();
    await answer.catch(() => {});
    this.#asking--;
    this.show();
  }

  /** @param {any} event */
  utterance(event) {
    const { phase, id } = event;
    this.#captions.utterance(event);
    if (phase === "started" && this.#heard?.id !== id) this.#heard = { id, progress: new Progress(event) };
    if (phase === "ended" && this.#heard?.id === id) this.#heard = null;
    this.show();
  }

  /** @param {any} event */
  caption(event) {
    this.#captions.caption(event);
    if (this.#heard?.id === event.id) this.#heard?.progress.caption(event);
    this.#showProgress();
  }

  /** Shows what has changed. */
  show() {
    const { state } = this;
    const { title, caption } = this.#parts;
    if (document.body.dataset.stage !== state) {
      document.body.dataset.stage = state;
      title.textContent = TITLES[state];
      if (caption.dataset.empty !== undefined) caption.textContent = state === "preparing" ? ANNOUNCEMENT : INVITATION;
      this.#onState(state);
    }
    this.#showProgress();
  }

  #showProgress() {
    const progress = this.#heard?.progress;
    const { pos } = this.#player.stats;
    const words = progress?.words(pos) ?? "";
    if (this.#parts.progress.textContent !== words) this.#parts.progress.textContent = words;
    if (progress) this.#captions.moveOn(progress.withinCaption(pos));
  }
}
