import { MediaSessionControl } from "./media-session.js";
import { WakeLock } from "./wake-lock.js";

/**
 * What the player does for the page around it, each only if asked to: the system's media keys, and the screen that stays on.
 */
export class PageLife {
  #wakeLock;
  #session;

  /**
   * @param {import("./player.js").PlayerOptions} options
   * @param {import("./player-environment.js").Page} page
   * @param {{play: () => void, pause: () => void}} actions
   */
  constructor({ channel = "lobby", wakeLock, mediaSession }, page, actions) {
    this.#wakeLock = wakeLock ? new WakeLock(page) : null;
    this.#session = mediaSession ? new MediaSessionControl(page, channel, actions) : null;
  }

  /** @param {{running: boolean, muted: boolean}} sound whether the output runs, and whether it is silenced */
  update({ running, muted }) {
    if (this.#wakeLock) this.#wakeLock.wanted = running;
    if (this.#session) this.#session.state = !running ? "none" : muted ? "paused" : "playing";
  }

  /** @param {string} text what is said now; empty: nothing */
  caption(text) {
    if (this.#session) this.#session.title = text;
  }
}

/** Returns where a page keeps things; null where it may not. @param {import("./player-environment.js").Page} page */
export function storageOf(page) {
  try {
    return page.localStorage ?? null;
  } catch {
    return null; // the browser forbids even to ask
  }
}
