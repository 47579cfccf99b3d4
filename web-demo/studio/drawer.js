import { key } from "../gateway.js";
import { copy } from "./clipboard.js";
import { snippets } from "./snippets.js";

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/** The drawer "Use this": a link to the channel with its QR code, and code that does from elsewhere what the page does. */
export class Drawer {
  #dialog;
  #channel;
  #request;

  /**
   * @param {HTMLElement} dialog
   * @param {HTMLElement} button opens it
   * @param {string} channel
   * @param {() => import("../composer.js").Spoken} request what the page would have spoken now
   */
  constructor(dialog, button, channel, request) {
    this.#dialog = /** @type {HTMLDialogElement} */ (dialog);
    this.#channel = channel;
    this.#request = request;
    button.onclick = () => this.#open();
    this.#part("[data-copy=link]").onclick = () => this.#copy("The link", this.#link);
  }

  /** The address of this page for the channel, without the visitor's key. */
  get #link() {
    return `${location.origin}${location.pathname}?channel=${encodeURIComponent(this.#channel)}`;
  }

  #open() {
    const address = /** @type {HTMLAnchorElement} */ (this.#part("#drawer-address"));
    address.href = this.#link;
    address.textContent = this.#link;
    this.#part("#drawer-local").hidden = !LOOPBACK.test(location.hostname);
    this.#part("#drawer-said").textContent = "";
    const { text, ...manner } = this.#request();
    const sample = {
      origin: location.origin,
      channel: this.#channel,
      text: text || "Good evening.",
      ...manner,
      keyed: Boolean(key),
    };
    this.#part("#drawer-code").replaceChildren(...snippets(sample).map((snippet) => this.#section(snippet)));
    this.#dialog.showModal();
    void this.#drawQr();
  }

  /** Draws the code with a library that is loaded only now. */
  async #drawQr() {
    const { drawQr } = await import("./qr.js");
    this.#part("#drawer-qr").replaceChildren(drawQr(this.#link));
  }

  /** @param {import("./snippets.js").Snippet} snippet */
  #section({ title, code }) {
    const template = /** @type {HTMLTemplateElement} */ (this.#part("#drawer-snippet"));
    const section = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
    section.querySelector("h3")?.replaceChildren(title);
    section.querySelector("code")?.replaceChildren(code);
    const button = /** @type {HTMLElement} */ (section.querySelector("button"));
    button.ariaLabel = `Copy: ${title}`;
    button.onclick = () => this.#copy(title, code);
    return section;
  }

  /** @param {string} what @param {string} words */
  async #copy(what, words) {
    const copied = await copy(words);
    this.#part("#drawer-said").textContent = copied ? `${what}: copied.` : "The browser does not let this page copy.";
  }

  /** @param {string} selector @returns {HTMLElement} */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.#dialog.querySelector(selector));
  }
}
