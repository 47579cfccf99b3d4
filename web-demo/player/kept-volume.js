const NAME = "stentor.volume";

/** Keeps volume and mute of a player for the next visit. What the gateway has set is not kept: it tells that again. */
export class KeptVolume {
  #storage;

  /** @param {Pick<Storage, "getItem" | "setItem"> | null} storage null: the browser lets nothing be kept */
  constructor(storage) {
    this.#storage = storage;
  }

  /** Sets a player to what was kept. @param {{volume: number, muted: boolean}} player */
  restore(player) {
    try {
      const { volume, muted } = JSON.parse(this.#storage?.getItem(NAME) ?? "{}");
      if (Number.isFinite(volume)) player.volume = volume;
      if (typeof muted === "boolean") player.muted = muted;
    } catch {
      // what is there is not ours
    }
  }

  /** @param {import("./player.js").VolumeChange} change */
  keep({ volume, muted, by }) {
    if (by === "gateway") return;
    try {
      this.#storage?.setItem(NAME, JSON.stringify({ volume, muted }));
    } catch {
      // then it counts until the page is left
    }
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
