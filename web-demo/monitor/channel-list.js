import { setText } from "./text.js";

/** The most channels that are listed at once; the filter finds the others. */
const MOST = 100;
/** With more channels than this there is a filter. */
const FILTER_FROM = 8;

/**
 * @typedef {object} ChannelState as `GET /v1/channels` tells of it
 * @property {string} name
 * @property {string} phase
 * @property {number} utterances
 * @property {number} listeners
 * @property {number} lead_ms
 * @property {number} lag_ms
 * @property {boolean} [muted]
 * @property {number} [volume]
 */

/** The list of channels, one of which is chosen. Its buttons stay the same ones while the figures change, so that none loses the focus. */
export class ChannelList {
  #list;
  #more;
  #filterRow;
  #filter;
  #choose;
  /** @type {Map<string, HTMLLIElement>} */
  #items = new Map();
  /** @type {ChannelState[]} */
  #channels = [];
  #chosen = "";

  /** @param {HTMLElement} panel @param {(name: string) => void} choose */
  constructor(panel, choose) {
    const inside = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (panel.querySelector(selector));
    this.#list = inside("#channels");
    this.#more = inside("#channels-more");
    this.#filterRow = inside("#filter-row");
    this.#filter = /** @type {HTMLInputElement} */ (inside("#filter"));
    this.#choose = choose;
    this.#filter.oninput = () => this.#draw();
  }

  /** @param {ChannelState[]} channels @param {string} chosen name of the chosen one */
  show(channels, chosen) {
    this.#channels = channels;
    this.#chosen = chosen;
    this.#draw();
  }

  #draw() {
    const wanted = this.#filter.value.trim().toLowerCase();
    this.#filterRow.hidden = this.#channels.length <= FILTER_FROM && wanted === "";
    const found = this.#channels.filter(({ name }) => name.toLowerCase().includes(wanted));
    const shown = found.slice(0, MOST);
    const names = new Set(shown.map(({ name }) => name));
    for (const [name, item] of this.#items) {
      if (names.has(name)) continue;
      item.remove();
      this.#items.delete(name);
    }
    shown.forEach((channel, i) => {
      const item = this.#item(channel);
      if (this.#list.children[i] !== item) this.#list.insertBefore(item, this.#list.children[i] ?? null);
    });
    const rest = found.length - shown.length;
    this.#more.textContent =
      rest > 0 ? `and ${rest} more; filter by name` : wanted && !found.length ? "No such channel." : "";
  }

  /** @param {ChannelState} channel */
  #item({ name, phase, listeners, utterances }) {
    let item = this.#items.get(name);
    if (!item) {
      item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.innerHTML =
        '<span class="label"><span></span><small></small></span>' +
        '<span class="count"><svg class="icon" aria-hidden="true"><use href="#icon-ear" /></svg><span></span> <span class="unseen"></span></span>';
      button.onclick = () => this.#choose(name);
      item.append(button);
      this.#items.set(name, item);
    }
    const button = /** @type {HTMLButtonElement} */ (item.firstElementChild);
    button.dataset.phase = phase;
    button.setAttribute("aria-current", String(name === this.#chosen));
    setText(button.querySelector(".label > span"), name);
    setText(button.querySelector("small"), utterances > 0 ? `${phase} · ${utterances} queued` : phase);
    setText(button.querySelector(".count > span"), String(listeners));
    setText(button.querySelector(".unseen"), listeners === 1 ? "listener" : "listeners");
    return item;
  }
}
