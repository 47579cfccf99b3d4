import { KeptVolume, storageOf } from "./kept-volume.js";
import { MediaSessionControl } from "./media-session.js";
import { WakeLock } from "./wake-lock.js";

/**
 * @typedef {object} PageLifeOptions
 * @property {boolean} [keepVolume] whether volume and mute are kept for the next visit
 * @property {boolean} [wakeLock] whether the screen stays on while the output runs
 * @property {boolean} [mediaSession] whether lock screens and media keys show what is said, and can silence this player
 * @property {string} [title] what they show while nothing is said: the channel
 */

/** Ties a player to the page and the device around it, for pages that people keep open. Everything is done only if it is asked for. */
export class PageLife {
  #player;
  #wakeLock;
  #session;
  #volume;
  /** @type {[string, (event: any) => void][]} */
  #handlers;

  /**
   * @param {import("./player.js").StentorPlayer} player
   * @param {PageLifeOptions} options
   * @param {import("./player-environment.js").Page} [page]
   */
  constructor(player, { keepVolume, wakeLock, mediaSession, title = "" }, page = globalThis) {
    this.#player = player;
    this.#wakeLock = wakeLock ? new WakeLock(page) : null;
    this.#session = mediaSession ? new MediaSessionControl(page, title, player) : null;
    this.#volume = keepVolume ? new KeptVolume(storageOf(page)) : null;
    this.#volume?.restore(player);
    this.#handlers = [
      ["state", () => this.#update()],
      ["volume", ({ detail }) => this.#onVolume(detail)],
      ["caption", ({ detail }) => this.#say(detail.text)],
      ["utterance", ({ detail }) => this.#say(detail.phase === "ended" ? "" : detail.text)],
    ];
    for (const [type, handle] of this.#handlers) player.addEventListener(type, handle);
    this.#update();
  }

  /** Lets go of the page and the device. */
  close() {
    for (const [type, handle] of this.#handlers) this.#player.removeEventListener(type, handle);
    if (this.#wakeLock) this.#wakeLock.wanted = false;
    if (this.#session) this.#session.state = "none";
  }

  /** @param {import("./player.js").VolumeChange} change */
  #onVolume(change) {
    this.#volume?.keep(change);
    this.#update();
  }

  #update() {
    const running = this.#player.state.audio === "running";
    if (this.#wakeLock) this.#wakeLock.wanted = running;
    if (this.#session) this.#session.state = !running ? "none" : this.#player.muted ? "paused" : "playing";
  }

  /** @param {string | null} text what is said now; empty: nothing */
  #say(text) {
    if (this.#session) this.#session.title = text ?? "";
  }
}
