import { ask } from "../gateway.js";

const EVERY_MS = 10_000;

/** Names of what speaks, and what a visitor is told of it. @type {Record<string, [string, string]>} */
const SPEAKERS = {
  embedded: ["Embedded voice", "A voice inside the gateway speaks. It stands in for the voices of the cloud."],
  program: ["Local program", "A program beside the gateway speaks."],
  qwen_tts: ["Qwen-TTS", "Qwen-TTS, a service in the cloud, speaks."],
  openai: ["Speech service", "A speech service speaks, through the API that OpenAI made known."],
};

const ADVICE =
  "With a key of Alibaba Model Studio in DASHSCOPE_API_KEY the gateway speaks with the voices of the cloud. gateway.command names a local program for other languages.";

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

  /** @param {{speakers: string[], languages: string[]} | undefined} engine */
  engine(engine) {
    if (!engine) return;
    const { speakers, languages } = engine;
    const [name, about] = SPEAKERS[speakers[0]] ?? ["Voice", ""];
    const spoken = languages.length > 2 ? `${languages.length} languages` : languages.join(" and ");
    const place = this.#parts.engine;
    const more =
      speakers.includes("program") && speakers[0] !== "program" ? " A local program speaks other languages." : "";
    place.querySelector("summary")?.replaceChildren([name, spoken].filter(Boolean).join(" · "));
    const sentence = languages.length > 0 ? ` It speaks ${languages.join(", ")}.` : "";
    place.querySelector("#engine-about")?.replaceChildren(about + sentence + more);
    const advice = place.querySelector("#engine-advice");
    advice?.toggleAttribute("hidden", speakers[0] !== "embedded");
    advice?.querySelector("p")?.replaceChildren(ADVICE);
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
