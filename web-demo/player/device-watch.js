import { warn } from "./audio-output.js";

/**
 * @typedef {object} DeviceOutput
 * @property {string} state of the audio context
 * @property {string} sinkId the chosen device; empty: the system's default
 * @property {(id: string) => Promise<void>} setSink
 * @property {() => Promise<void>} resume
 */

/** Lets an output go on when devices come and go: a chosen device that is gone gives way to the default one. */
export class DeviceWatch {
  #output;
  #devices;
  #onChange = () => void this.#follow().catch(warn);

  /** @param {DeviceOutput} output @param {import("./player-environment.js").Page} page */
  constructor(output, page) {
    this.#output = output;
    this.#devices = page.navigator?.mediaDevices;
    this.#devices?.addEventListener?.("devicechange", this.#onChange);
  }

  close() {
    this.#devices?.removeEventListener?.("devicechange", this.#onChange);
  }

  async #follow() {
    const { sinkId } = this.#output;
    if (sinkId) {
      const there = (await this.#devices?.enumerateDevices()) ?? [];
      if (!there.some(({ kind, deviceId }) => kind === "audiooutput" && deviceId === sinkId))
        await this.#output.setSink("");
    }
    if (this.#output.state === "suspended") await this.#output.resume();
  }
}
