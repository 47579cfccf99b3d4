/**
 * Shows the player on the lock screen and to media keys: as its title what is said, or the channel. Pause silences this player alone, and the
 * channel goes on.
 */
export class MediaSessionControl {
  #page;
  #channel;
  #actions;
  #shown = "";

  /**
   * @param {import("./player-environment.js").Page} page
   * @param {string} channel
   * @param {{play: () => void, pause: () => void}} actions
   */
  constructor(page, channel, actions) {
    this.#page = page;
    this.#channel = channel;
    this.#actions = actions;
  }

  /** Tells the system whether anything plays. @param {"none" | "playing" | "paused"} state */
  set state(state) {
    const session = this.#page.navigator?.mediaSession;
    if (!session) return;
    session.playbackState = state;
    const actions = state === "none" ? { play: null, pause: null } : this.#actions;
    for (const name of /** @type {const} */ (["play", "pause"])) session.setActionHandler(name, actions[name]);
    if (state === "none") {
      session.metadata = null;
      this.#shown = "";
    } else if (!this.#shown) this.title = "";
  }

  /** @param {string} caption what is said now; empty: nothing */
  set title(caption) {
    const { navigator, MediaMetadata } = this.#page;
    const title = caption || this.#channel;
    if (!navigator?.mediaSession || !MediaMetadata || title === this.#shown) return;
    this.#shown = title;
    navigator.mediaSession.metadata = new MediaMetadata({ title, artist: caption ? this.#channel : "" });
  }
}
