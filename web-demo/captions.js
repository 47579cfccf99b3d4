/** How long the window stays where a visitor has scrolled it to, in ms. */
const HANDS_OFF_MS = 5000;

/** Shows the text that is being spoken, with the phrase that is heard lit. The window scrolls itself, unless the visitor scrolls it. */
export class Captions {
  #box;
  /** @type {{id: string, text: string, complete: boolean} | null} */
  #current = null;
  #scrolledAt = -HANDS_OFF_MS;
  #calm = matchMedia("(prefers-reduced-motion: reduce)");

  /** @param {HTMLElement} box */
  constructor(box) {
    this.#box = box;
    const touched = () => (this.#scrolledAt = performance.now());
    for (const type of ["wheel", "touchmove", "pointerdown", "keydown"]) {
      box.addEventListener(type, touched, { passive: true });
    }
  }

  /** The text that is heard, as far as it is known; empty if none is. */
  get text() {
    return this.#current?.text ?? "";
  }

  /** @param {{phase: "started" | "ended", id: string, text?: string | null, reason?: string, open?: boolean}} event */
  utterance({ phase, id, text, reason, open = false }) {
    if (phase === "started") {
      if (this.#current?.id === id) return; // told again after a reconnect
      this.#current = { id, text: text ?? "", complete: open || Boolean(text) };
      this.#box.scrollTop = 0;
      this.#show(0, 0);
      return;
    }
    const ended = this.#current;
    if (ended?.id !== id) return;
    this.#current = null;
    if (reason !== "lost") this.#show(ended.text.length, ended.text.length, ended.text); // else it stays where it broke off
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

  /** Moves on within a phrase that does not fit into the window. @param {number} heard the part of it that was heard, from 0 to 1 */
  moveOn(heard) {
    const lit = this.#box.querySelector("mark")?.getBoundingClientRect();
    if (lit && lit.height > this.#box.clientHeight / 2) this.#scrollTo(lit.top + heard * lit.height);
  }

  /** @param {number} from @param {number} to @param {string} [text] */
  #show(from, to, text = this.#current?.text ?? "") {
    const said = document.createElement("span");
    said.className = "said";
    said.textContent = text.slice(0, from);
    const now = document.createElement("mark");
    now.textContent = text.slice(from, to);
    this.#box.replaceChildren(said, ...(from < to ? [now] : []), text.slice(to));
    delete this.#box.dataset.empty;
    this.#follow(now);
  }

  /** Brings the lit phrase into view. @param {HTMLElement} phrase */
  #follow(phrase) {
    const [line] = phrase.getClientRects();
    if (phrase.textContent && line) this.#scrollTo(line.top);
  }

  /** Brings a line into the upper half of the window. @param {number} top where it is now */
  #scrollTo(top) {
    if (performance.now() - this.#scrolledAt < HANDS_OFF_MS) return;
    const box = this.#box;
    const offset = top - box.getBoundingClientRect().top + box.scrollTop;
    box.scrollTo({ top: offset - box.clientHeight / 3, behavior: this.#calm.matches ? "instant" : "smooth" });
  }
}
