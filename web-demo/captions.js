/** Number of entries that the history keeps. */
const KEPT = 30;

/** Number of characters of a long text that are shown before and after the phrase that is heard. */
const CONTEXT = 300;

/** Words for the ends that are not the text's own, by reason. @type {Record<string, string>} */
const ENDS = { cleared: "interrupted", failed: "failed", lost: "the rest was lost" };

/** Shows the text that is being spoken, with the phrase that is heard highlighted. Earlier texts go into a list. */
export class Captions {
  #captionBox;
  #list;
  #empty;
  /** @type {{id: string, text: string, voice?: string, complete: boolean} | null} */
  #current = null;

  /** @param {HTMLElement} captionBox @param {HTMLElement} list @param {HTMLElement} empty */
  constructor(captionBox, list, empty) {
    this.#captionBox = captionBox;
    this.#list = list;
    this.#empty = empty;
  }

  /** @param {{phase: "started" | "ended", id: string, text?: string, voice?: string, reason?: string, open?: boolean}} event */
  utterance({ phase, id, text = "", voice, reason, open = false }) {
    if (phase === "started") {
      if (this.#current?.id === id) return; // told again after a reconnect
      this.#current = { id, text, voice, complete: open || text !== "" };
      this.#show(0, 0);
      return;
    }
    const ended = this.#current;
    if (ended?.id !== id) return;
    this.#current = null;
    if (reason !== "lost") this.#show(ended.text.length, ended.text.length, ended.text); // else it stays where it broke off
    this.#addToHistory(ended, reason);
  }

  /** @param {{id: string, text: string, from?: number, to?: number}} event */
  caption({ id, text, from, to }) {
    const current = this.#current;
    if (current?.id !== id) return;
    if (!current.complete) {
      from = current.text.length; // the text is still being written
      current.text += text;
      to = current.text.length;
    } else if ((to ?? 0) > current.text.length) {
      current.text = current.text.slice(0, from).padEnd(from ?? 0) + text; // of a very long text, only the beginning came with its start
    }
    this.#show(from ?? 0, to ?? 0);
  }

  /** @param {number} from @param {number} to @param {string} [text] */
  #show(from, to, text = this.#current?.text ?? "") {
    const said = document.createElement("span");
    said.className = "said";
    const begin = Math.max(0, from - CONTEXT);
    const end = Math.min(text.length, to + CONTEXT);
    said.textContent = (begin > 0 ? "…" : "") + text.slice(begin, from);
    const now = document.createElement("mark");
    now.textContent = text.slice(from, to);
    this.#captionBox.replaceChildren(said, now, text.slice(to, end) + (end < text.length ? "…" : ""));
    delete this.#captionBox.dataset.empty;
  }

  /** @param {{text: string, voice?: string}} utterance @param {string} [reason] */
  #addToHistory({ text, voice }, reason) {
    const item = document.createElement("li");
    const words = document.createElement("p");
    words.textContent = text;
    const about = document.createElement("small");
    const time = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    about.textContent = [voice, time, ENDS[reason ?? ""]].filter(Boolean).join(" · ");
    item.append(words, about);
    this.#list.prepend(item);
    while (this.#list.children.length > KEPT) this.#list.lastElementChild?.remove();
    this.#empty.hidden = true;
  }
}
