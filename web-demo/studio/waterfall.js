import { ask } from "../gateway.js";
import { stages } from "./latency.js";

/** The panel that shows where the time of this page's latest text went, from the request to the first sample that is heard. */
export class Waterfall {
  #panel;
  #base;
  #rttMs;
  #onMeasured;
  /** Requests whose sound is awaited, by utterance. @type {Map<string, {askedAt: number, postMs: number}>} */
  #awaited = new Map();
  /** When utterances were first heard, in ms of the page's clock. @type {Map<string, number>} */
  #heardAt = new Map();

  /**
   * @param {HTMLElement} panel
   * @param {string} base the channel's address
   * @param {() => number} rttMs the round trip of a message
   * @param {(id: string, ms: number) => void} onMeasured called with the time to the first sound of a text that waited for no other
   */
  constructor(panel, base, rttMs, onMeasured) {
    this.#panel = panel;
    this.#base = base;
    this.#rttMs = rttMs;
    this.#onMeasured = onMeasured;
  }

  /** Takes a request of this page. @param {Promise<{id: string} | null>} answer */
  async asked(answer) {
    const askedAt = performance.now();
    const utterance = await answer.catch(() => null);
    if (!utterance) return;
    this.#awaited.set(utterance.id, { askedAt, postMs: performance.now() - askedAt });
    this.#measure(utterance.id);
  }

  /** Takes the moment at which a text is heard, perhaps before the answer to its request. @param {string} id @param {boolean} running whether there is sound */
  heard(id, running) {
    if (!running) return void this.#awaited.delete(id);
    this.#heardAt.clear(); // one at a time is heard
    this.#heardAt.set(id, performance.now());
    this.#measure(id);
  }

  /** Forgets a text of which nothing more will be heard. @param {string} id */
  ended(id) {
    this.#awaited.delete(id);
    this.#heardAt.delete(id);
  }

  /** @param {string} id */
  #measure(id) {
    const request = this.#awaited.get(id);
    const heardAt = this.#heardAt.get(id);
    if (!request || heardAt === undefined) return;
    this.#awaited.delete(id);
    this.#heardAt.delete(id);
    void this.#show(id, { postMs: request.postMs, heardMs: heardAt - request.askedAt });
  }

  /** @param {string} id @param {{postMs: number, heardMs: number}} measured */
  async #show(id, measured) {
    const response = await ask(`${this.#base}/utterances/${id}`).catch(() => null);
    if (!response?.ok) return;
    const { times = {} } = await response.json();
    const spans = stages({ ...measured, rttMs: this.#rttMs(), times });
    const waited = spans[3].toMs - spans[3].fromMs;
    if (waited < 500) this.#onMeasured(id, Math.round(measured.heardMs));
    const table = /** @type {HTMLTableElement} */ (this.#panel.querySelector("table"));
    table.tBodies[0].replaceChildren(
      ...spans.map((span) => row(span, measured.heardMs)),
      row({ name: "In all", fromMs: 0, toMs: Math.round(measured.heardMs) }, measured.heardMs),
    );
    table.hidden = false;
    this.#panel.querySelector(".hint")?.toggleAttribute("hidden", true);
  }
}

/** @param {import("./latency.js").Span} span @param {number} wholeMs */
function row({ name, fromMs, toMs }, wholeMs) {
  const row = document.createElement("tr");
  const head = document.createElement("th");
  head.scope = "row";
  head.textContent = name;
  const track = document.createElement("td");
  const bar = document.createElement("span");
  bar.className = "bar";
  bar.style.marginInlineStart = `${(100 * fromMs) / wholeMs}%`;
  bar.style.width = `${(100 * (toMs - fromMs)) / wholeMs}%`;
  const begin = document.createElement("span");
  begin.className = "unseen";
  begin.textContent = `from ${fromMs} ms`;
  track.append(bar, begin);
  const time = document.createElement("td");
  time.className = "number";
  time.textContent = `${toMs - fromMs} ms`;
  row.append(head, track, time);
  return row;
}
