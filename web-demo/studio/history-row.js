import { clock } from "./progress.js";

/** Words and icons of the states, as they are told to a visitor. @type {Record<string, [string, string]>} */
const STATES = {
  queued: ["waiting", "wait"],
  synthesizing: ["preparing", "busy"],
  playing: ["speaking", "speaking"],
  done: ["", "ready"],
  failed: ["failed", "trouble"],
  cleared: ["interrupted", "stop"],
  expired: ["came too late to be spoken", "stop"],
  lost: ["the rest was lost", "trouble"],
};

/** @typedef {"cancel" | "replay" | "download" | "copy"} RowAction */

/** One row of the history: a text, what became of it, and what can be done with it. */
export class HistoryRow {
  element;
  /** What the row shows, to change only what is different. */
  #shown = "";

  /** @param {HTMLTemplateElement} template @param {(action: RowAction) => void} act */
  constructor(template, act) {
    this.element = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
    for (const button of this.#buttons) {
      button.onclick = () => act(/** @type {RowAction} */ (button.dataset.action));
    }
  }

  /** @param {import("./entries.js").Entry} entry @param {boolean} over whether nothing of it is still to come */
  show(entry, over) {
    const shown = JSON.stringify([entry, over]);
    if (shown === this.#shown) return;
    this.#shown = shown;
    const state = entry.heard ? "playing" : entry.state;
    const [, icon] = STATES[state] ?? STATES.queued;
    this.element.dataset.state = state;
    this.element.querySelector("use")?.setAttribute("href", `#icon-${icon}`);
    this.#write(".text", entry.text || "A text that is being written");
    this.#write(".about", about(entry, state));
    for (const button of this.#buttons) {
      const { action } = button.dataset;
      const name = NAMES[/** @type {RowAction} */ (action)];
      button.title = name;
      button.ariaLabel = `${name}: ${entry.text.slice(0, 60)}`;
      button.hidden =
        action === "cancel"
          ? over
          : action === "replay"
            ? !over || !entry.text
            : action === "download"
              ? !entry.file
              : false;
    }
  }

  /** @returns {HTMLButtonElement[]} */
  get #buttons() {
    return [...this.element.querySelectorAll("button")];
  }

  /** @param {string} selector @param {string} words */
  #write(selector, words) {
    const place = this.element.querySelector(selector);
    if (place && place.textContent !== words) place.textContent = words;
  }
}

/** @type {Record<RowAction, string>} */
const NAMES = { cancel: "Cancel", replay: "Say it again", download: "Download the recording", copy: "Copy the text" };

/** @param {import("./entries.js").Entry} entry @param {string} state */
function about({ voice, at, error, firstSoundMs, samples }, state) {
  const time = new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  const [words] = STATES[state] ?? STATES.queued;
  const length = state === "done" && samples ? clock(samples) : "";
  const first = firstSoundMs === undefined ? "" : `${firstSoundMs} ms to first sound`;
  return [words, voice, time, length, first, error].filter(Boolean).join(" · ");
}
