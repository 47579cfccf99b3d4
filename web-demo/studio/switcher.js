import { ask } from "../gateway.js";
import { objection } from "./channel-name.js";

/** The form in the page's head that goes to another channel. It checks the name before it goes. */
export class ChannelSwitcher {
  #form;
  #name;
  #error;
  #go;

  /** @param {HTMLElement} panel @param {(address: string) => void} [go] */
  constructor(panel, go = (address) => location.assign(address)) {
    const part = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (panel.querySelector(selector));
    this.#form = part("form");
    this.#name = /** @type {HTMLInputElement} */ (part("input"));
    this.#error = part(".problem");
    this.#go = go;
    panel.addEventListener("toggle", () => {
      if (!(/** @type {HTMLDetailsElement} */ (panel).open)) return;
      this.#name.focus();
      void this.#fill(part("datalist"));
    });
    this.#name.oninput = () => this.#name.ariaInvalid === "true" && this.#check();
    this.#form.onsubmit = (event) => {
      event.preventDefault();
      if (this.#check()) this.#go(addressOf(this.#name.value.trim()));
    };
  }

  #check() {
    const words = objection(this.#name.value.trim());
    this.#error.textContent = words;
    this.#name.setAttribute("aria-invalid", String(words !== ""));
    if (words) this.#name.focus();
    return words === "";
  }

  /** Offers the channels that there are, if the visitor may see them. @param {HTMLElement} list */
  async #fill(list) {
    const response = await ask("/v1/channels").catch(() => null);
    if (!response?.ok) return;
    const channels = await response.json();
    list.replaceChildren(...channels.map((/** @type {{name: string}} */ { name }) => new Option(name, name)));
  }
}

/** Returns the address of this page for a channel; the visitor's key stays in it. @param {string} channel */
const addressOf = (channel) => `?channel=${encodeURIComponent(channel)}${location.hash}`;
