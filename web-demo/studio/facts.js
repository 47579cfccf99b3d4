import { ask } from "../gateway.js";

const EVERY_MS = 10_000;

/** Names of what speaks, and what a visitor is told of it. @type {Record<string, [string, string]>} */
const SPEAKERS = {
  natural: ["Natural voice", "A neural voice of this machine speaks. It stands in for the voices of the cloud."],
  embedded: ["Embedded voice", "A voice inside the gateway speaks. It stands in for the voices of the cloud."],
  program: ["Local program", "A program beside the gateway speaks."],
  qwen_tts: ["Qwen-TTS", "Qwen-TTS, a service in the cloud, speaks."],
  openai: ["Speech service", "A speech service speaks, through the API that OpenAI made known."],
};

const CLOUD =
  "With a key of Alibaba Model Studio in DASHSCOPE_API_KEY the gateway speaks with the voices of the cloud. gateway.command names a local program for other languages.";

const NATURAL =
  "There is a natural voice for English and Chinese, without a key: mvn -Pnatural spring-boot:run brings it once, and scripts/natural-voice.sh does for a jar.";

/**
 * @typedef {object} Engine what speaks, as `GET /v1/models` tells it
 * @property {string[]} speakers
 * @property {string[]} languages
 * @property {boolean} [loading] whether a better voice is being loaded
 * @property {string} [notice] why a better voice does not speak
 */

/** The facts in the page's head: what speaks and in which languages, how many listen, how late the sound is. */
export class Facts {
  #parts;
  #base;
  #onQueue;
  /** Number of texts that wait or are spoken. */
  #queued = 0;

  /**
   * @param {{engine: HTMLElement, listeners: HTMLElement, latency: HTMLElement}} parts
   * @param {string} base the channel's address
   * @param {() => void} onQueue called when the number of texts that wait or are spoken is found to be another one
   */
  constructor(parts, base, onQueue) {
    this.#parts = parts;
    this.#base = base;
    this.#onQueue = onQueue;
    setInterval(() => document.hidden || this.look(), EVERY_MS);
  }

  /** @param {Engine | undefined} engine */
  engine(engine) {
    if (!engine) return;
    const { speakers, languages, notice } = engine;
    const [name, about] = SPEAKERS[speakers[0]] ?? ["Voice", ""];
    const spoken = languages.length > 2 ? `${languages.length} languages` : languages.join(" and ");
    const place = this.#parts.engine;
    const more =
      speakers.includes("program") && speakers[0] !== "program" ? " A local program speaks other languages." : "";
    place.querySelector("summary")?.replaceChildren([name, spoken].filter(Boolean).join(" · "));
    const sentence = languages.length > 0 ? ` It speaks ${languages.join(", ")}.` : "";
    place.querySelector("#engine-about")?.replaceChildren(about + sentence + more);
    const advice = place.querySelector("#engine-advice");
    advice?.toggleAttribute("hidden", !["natural", "embedded"].includes(speakers[0]));
    const better = speakers[0] === "embedded" ? [notice ?? NATURAL] : [];
    advice?.querySelector("p")?.replaceChildren([...better, CLOUD].join(" "));
    place.hidden = false;
  }

  /** Asks how many listen, and how many texts there are. */
  async look() {
    const response = await ask(this.#base).catch(() => null);
    if (!response?.ok) return void (this.#parts.listeners.hidden = true);
    const { listeners, utterances } = await response.json();
    if (utterances !== this.#queued) this.#onQueue();
    this.#queued = utterances;
    this.#write(this.#parts.listeners, listeners === 1 ? "1 listener" : `${listeners} listeners`);
  }

  /** @param {number | null} ms how late the sound is; null while there is none */
  latency(ms) {
    if (ms !== null) this.#write(this.#parts.latency, `Latency ${ms} ms`);
  }

  /** @param {HTMLElement} place @param {string} words */
  #write(place, words) {
    place.textContent = words;
    place.hidden = false;
  }
}
