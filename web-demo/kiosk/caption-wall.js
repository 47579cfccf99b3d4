/** Shares of the largest size that a part of a text may have to fit on the screen. */
const SCALES = [1, 0.86, 0.74, 0.64, 0.55, 0.47, 0.4, 0.34, 0.28];

/** A lit part takes at most this share of the screen's height, so that the words around it are seen. */
const MOST_OF_THE_HEIGHT = 0.72;

/** What is shown of a very long text, before and behind the lit part, in characters. */
const CONTEXT = 1_200;

/**
 * A text on the whole screen, of which the part that is heard is lit and stays in the middle. The size is that in which the part fits; within one text it
 * only becomes smaller, so that the lines do not jump.
 */
export class CaptionWall {
  #box;
  #words;
  #scale = 0;
  #text = "";
  #from = 0;
  #to = 0;

  /** @param {HTMLElement} box whose content is the words @param {HTMLElement} words */
  constructor(box, words) {
    this.#box = box;
    this.#words = words;
    new ResizeObserver(() => this.#refit()).observe(box);
  }

  /** Shows another text, of which nothing is lit yet. @param {string} text */
  begin(text) {
    this.#scale = 0;
    this.light(text, 0, 0);
  }

  /** Lights the part between two characters. @param {string} text which may have grown @param {number} from @param {number} to */
  light(text, from, to) {
    this.#text = text;
    this.#from = from;
    this.#to = to;
    const begin = Math.max(0, from - CONTEXT);
    const end = Math.min(text.length, to + CONTEXT);
    const part = document.createElement("mark");
    part.textContent = text.slice(from, to);
    this.#words.replaceChildren(
      span("said", (begin > 0 ? "…" : "") + text.slice(begin, from)),
      part,
      span("ahead", text.slice(to, end) + (end < text.length ? "…" : "")),
    );
    this.#fit(part);
  }

  #refit() {
    this.#scale = 0;
    this.light(this.#text, this.#from, this.#to);
  }

  /** @param {HTMLElement} part */
  #fit(part) {
    const room = this.#box.clientHeight;
    if (room === 0) return;
    do this.#words.style.setProperty("--scale", String(SCALES[this.#scale]));
    while (part.offsetHeight > room * MOST_OF_THE_HEIGHT && ++this.#scale < SCALES.length);
    this.#scale = Math.min(this.#scale, SCALES.length - 1);
    const middle = part.offsetTop + part.offsetHeight / 2;
    const most = Math.max(0, this.#words.offsetHeight - room);
    const spare = Math.max(0, room - this.#words.offsetHeight) / 2;
    const up = Math.min(most, Math.max(0, middle - room / 2));
    this.#words.style.transform = `translateY(${Math.round(spare - up)}px)`;
    this.#box.toggleAttribute("data-more-above", up > 0);
    this.#box.toggleAttribute("data-more-below", up < most);
  }
}

/** @param {string} name @param {string} text */
function span(name, text) {
  const made = document.createElement("span");
  made.className = name;
  made.textContent = text;
  return made;
}
