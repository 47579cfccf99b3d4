import { decodesOpus } from "./opus.js";

/** The protocol's format names, by the short names of the option `formats`. */
const FORMATS = { pcm: "pcm_s16le/24000/1", opus: "opus/48000/1" };

const SDK = "stentor-player/1.0";

/** The first message of a player, which says who listens and what it wants. It is complete once it is known what the browser decodes. */
export class Hello {
  #wanted;

  /** True if the message may be sent. */
  isComplete;

  /** The message, which stays the same object. It asks for PCM alone until it is complete. */
  message;

  /** @param {import("./player.js").PlayerOptions} options */
  constructor({ client = {}, join = "live", formats = ["pcm"], levels, sync }) {
    this.#wanted = formats;
    this.isComplete = !formats.includes("opus");
    this.message = {
      client: { ...client, sdk: SDK },
      formats: [FORMATS.pcm],
      join,
      sync: sync ? "on" : "off",
      ...(levels && { levels }),
    };
  }

  /** Asks the browser what it decodes, and names the formats in order of preference; PCM is always the last one. */
  async complete() {
    const known = { pcm: true, opus: await decodesOpus() };
    const names = [...this.#wanted, /** @type {const} */ ("pcm")].filter((name) => known[name]);
    this.message.formats = [...new Set(names)].map((name) => FORMATS[name]);
    this.isComplete = true;
  }
}
