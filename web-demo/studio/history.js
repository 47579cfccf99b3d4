import { UNREACHABLE, ask } from "../gateway.js";
import { copy } from "./clipboard.js";
import { Entries, isOver } from "./entries.js";
import { HistoryRow } from "./history-row.js";
import { problemOf } from "./problem-words.js";

/** Time after which the list is asked for once something has happened, so that several events cost one request. */
const SETTLED_MS = 200;

/** Answers by which the gateway says that this visitor may not see the list. */
const FORBIDDEN = [401, 403];

/** The queue and the history of the channel as one list, the latest text first. */
export class History {
  #list;
  #empty;
  #said;
  #template;
  #base;
  #again;
  #entries = new Entries();
  /** @type {Map<string, HistoryRow>} */
  #rows = new Map();
  #timer = 0;
  #forbidden = false;

  /**
   * @param {HTMLElement} panel
   * @param {string} base the channel's address
   * @param {(spoken: import("../composer.js").Spoken) => void} again has a text spoken once more
   */
  constructor(panel, base, again) {
    const part = (/** @type {string} */ id) => /** @type {HTMLElement} */ (panel.querySelector(`#history${id}`));
    this.#list = part("");
    this.#empty = part("-empty");
    this.#said = part("-said");
    this.#template = /** @type {HTMLTemplateElement} */ (part("-row"));
    this.#base = base;
    this.#again = again;
  }

  /** Asks for the list soon, because something has happened. */
  refresh() {
    if (this.#forbidden) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#fetch(), SETTLED_MS);
  }

  /** Asks for the list after a connection was opened, perhaps with another key. */
  reachable() {
    this.#forbidden = false;
    this.refresh();
  }

  /** Takes an answer to a request of this page. @param {Promise<any>} answer */
  async asked(answer) {
    const utterance = await answer.catch(() => null);
    if (utterance) this.#entries.listed([utterance]);
    this.#show();
    this.refresh();
  }

  /** @param {{phase: "started" | "ended", id: string, text?: string | null}} event */
  utterance(event) {
    if (event.phase === "started") this.#entries.started(event);
    else this.#entries.ended(event);
    this.#show();
    this.refresh();
  }

  /** Takes the words of the text that is heard, which grow if it is still being written. @param {string} id @param {string} text */
  grew(id, text) {
    this.#entries.grew(id, text);
    this.#show();
  }

  /** @param {string} id @param {number} ms */
  measured(id, ms) {
    this.#entries.measured(id, ms);
    this.#show();
  }

  /** Ends what a gateway that was started again has forgotten. */
  forgotten() {
    this.#entries.forgotten();
    this.#show();
  }

  async #fetch() {
    const response = await ask(`${this.#base}/utterances`).catch(() => null);
    this.#forbidden = FORBIDDEN.includes(response?.status ?? 0);
    if (!response?.ok) return; // then the list has what is heard here
    this.#entries.listed((await response.json()).utterances);
    this.#show();
  }

  #show() {
    const entries = this.#entries.latestFirst;
    const known = new Set(entries.map(({ id }) => id));
    for (const [id, row] of this.#rows) {
      if (known.has(id)) continue;
      row.element.remove();
      this.#rows.delete(id);
    }
    entries.forEach((entry, i) => {
      const row = this.#rows.get(entry.id) ?? this.#row(entry.id);
      row.show(entry, isOver(entry));
      if (this.#list.children[i] !== row.element) this.#list.insertBefore(row.element, this.#list.children[i] ?? null);
    });
    this.#empty.hidden = entries.length > 0;
  }

  /** @param {string} id */
  #row(id) {
    const row = new HistoryRow(this.#template, (action) => void this.#act(action, id));
    this.#rows.set(id, row);
    return row;
  }

  /** @param {import("./history-row.js").RowAction} action @param {string} id */
  async #act(action, id) {
    const entry = this.#entries.find(id);
    if (!entry) return;
    const { text, voice, model } = entry;
    switch (action) {
      case "copy":
        return this.#tell((await copy(text)) ? "Copied." : "The browser does not let this page copy.");
      case "replay":
        return this.#again({ text, ...(voice && { voice }), ...(model && { model }) });
      case "cancel":
        return this.#cancel(id);
      case "download":
        return this.#download(id);
    }
  }

  /** @param {string} id */
  async #cancel(id) {
    const utterance = await this.#ask(id, { method: "DELETE" });
    if (utterance) this.#tell("Cancelled.");
    this.refresh();
  }

  /** Saves the recording, at an address that is asked for now because it is valid for a while only. @param {string} id */
  async #download(id) {
    const utterance = await this.#ask(id);
    if (!utterance) return;
    if (!utterance.file) return this.#tell("There is no recording any more.");
    const link = document.createElement("a");
    const { pathname, search } = new URL(utterance.file.url);
    link.href = pathname + search; // the gateway may know itself by another name than this page does
    link.download = `${id}.wav`;
    link.click();
  }

  /** @param {string} id @param {RequestInit} [request] @returns {Promise<any>} the utterance; null if that was refused */
  async #ask(id, request) {
    try {
      const response = await ask(`${this.#base}/utterances/${encodeURIComponent(id)}`, request);
      if (response.ok) return await response.json();
      this.#tell((await problemOf(response)).user);
    } catch {
      this.#tell(UNREACHABLE);
    }
    return null;
  }

  /** @param {string} words */
  #tell(words) {
    this.#said.textContent = words;
  }
}
