const NAME = "stentor.volume";

/**
 * How loud the player is, whoever changed it: the page, the gateway (`control`), or the system's media keys.
 *
 * @typedef {{volume: number, muted: boolean, by: "page" | "gateway" | "system"}} VolumeChange
 */

/** Sets how loud the player is, and keeps it for the next visit if asked to. What the gateway has set is not kept: it tells that again. */
export class VolumeControl {
  #output;
  #storage;
  #tell;

  /**
   * @param {{volume: number, muted: boolean}} output
   * @param {Pick<Storage, "getItem" | "setItem"> | null} storage null: nothing is kept
   * @param {(change: VolumeChange) => void} tell
   */
  constructor(output, storage, tell) {
    this.#output = output;
    this.#storage = storage;
    this.#tell = tell;
    const { volume = 1, muted = false } = this.#kept();
    Object.assign(output, { volume, muted });
  }

  /** @param {{volume?: number, muted?: boolean}} wanted @param {VolumeChange["by"]} by */
  change(wanted, by) {
    const output = this.#output;
    const { volume: volumeBefore, muted: mutedBefore } = output;
    output.volume = wanted.volume ?? volumeBefore;
    output.muted = wanted.muted ?? mutedBefore;
    const { volume, muted } = output;
    if (volume === volumeBefore && muted === mutedBefore) return;
    if (by !== "gateway") this.#keep({ volume, muted });
    this.#tell({ volume, muted, by });
  }

  /** @returns {{volume?: number, muted?: boolean}} */
  #kept() {
    try {
      const { volume, muted } = JSON.parse(this.#storage?.getItem(NAME) ?? "{}");
      return {
        ...(Number.isFinite(volume) && { volume }),
        ...(typeof muted === "boolean" && { muted }),
      };
    } catch {
      return {}; // the browser lets nothing be kept, or it is not ours
    }
  }

  /** @param {{volume: number, muted: boolean}} level */
  #keep(level) {
    try {
      this.#storage?.setItem(NAME, JSON.stringify(level));
    } catch {
      // then it counts until the page is left
    }
  }
}
