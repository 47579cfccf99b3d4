/**
 * Shows the player on the lock screen and to media keys: as its title what is said, or the channel. Pause silences this player alone, and the
 * channel goes on.
 */
export class MediaSessionControl {
  #page;
  #channel;
  #player;
  #shown = "";

  /**
   * @param {import("./player-environment.js").Page} page
   * @param {string} channel
   * @param {{muted: boolean, unlock: () => Promise<void>}} player
   */
  constructor(page, channel, player) {
    this.#page = page;
    this.#channel = channel;
    this.#player = player;
  }

  /** Tells the system whether anything plays. @param {"none" | "playing" | "paused"} state */
  set state(state) {
    const session = this.#page.navigator?.mediaSession;
    if (!session) return;
    session.playbackState = state;
    const shown = state !== "none";
    session.setActionHandler("play", shown ? () => this.#play() : null);
    session.setActionHandler("pause", shown ? () => void (this.#player.muted = true) : null);
    if (state === "none") {
      session.metadata = null;
      this.#shown = "";
    } else if (!this.#shown) this.title = "";
  }

  #play() {
    this.#player.muted = false;
    this.#player.unlock().catch((failure) => console.warn("stentor", failure));
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
