import { UNREACHABLE, ask } from "./gateway.js";

/** The form for speaking on the channel. If the gateway refuses a text, the reason appears beside the field in question. */
export class Composer {
  #form;
  #base;
  #onSpeak;
  /** The voices are known, or have been asked for. */
  #voicesAsked = false;

  /**
   * @param {HTMLElement} form
   * @param {string} base the channel's address
   * @param {() => void} onSpeak called within the user gesture, before the text is sent
   */
  constructor(form, base, onSpeak) {
    this.#form = /** @type {HTMLFormElement} */ (form);
    this.#base = base;
    this.#onSpeak = onSpeak;
    this.#form.onsubmit = (event) => {
      event.preventDefault();
      this.#speak();
    };
    this.#field("text").onkeydown = (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#form.requestSubmit();
    };
    void this.#fillVoices();
  }

  async #fillVoices() {
    if (this.#voicesAsked) return;
    this.#voicesAsked = true;
    const response = await ask("/v1/voices").catch(() => null);
    this.#voicesAsked = response?.ok ?? false;
    if (!response?.ok) return; // then only the default voice is offered
    const { voices, default: preferred } = await response.json();
    const options = voices.map((/** @type {{name: string, note?: string, sex?: string}} */ { name, note, sex }) => {
      const about = note || sex;
      return new Option(about ? `${name}: ${about}` : name, name, false, name === preferred);
    });
    if (options.length > 0) this.#field("voice").replaceChildren(...options);
  }

  async #speak() {
    const text = this.#field("text").value.trim();
    const voice = this.#field("voice").value;
    this.#showError("text", "");
    this.#showError("voice", "");
    if (!text) {
      this.#showError("text", "Write something to say first.");
      return;
    }
    this.#onSpeak();
    this.#busy = true;
    try {
      const response = await ask(`${this.#base}/utterances`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(voice ? { text, voice } : { text }),
      });
      if (!response.ok) this.#showProblem(await response.json().catch(() => ({})), response.status);
    } catch {
      this.#showError("text", UNREACHABLE);
    } finally {
      this.#busy = false;
    }
  }

  /** Takes back what was said about a gateway that could not be reached, and fetches what was missing. */
  reachable() {
    if (document.getElementById("text-error")?.textContent === UNREACHABLE) this.#showError("text", "");
    void this.#fillVoices();
  }

  /** @param {{title?: string, detail?: string, field?: string}} problem @param {number} status */
  #showProblem({ title, detail, field }, status) {
    const words = detail || title || `The gateway refused this (${status}).`;
    this.#showError(field === "voice" ? "voice" : "text", words);
  }

  /** @param {"text" | "voice"} name @param {string} words empty: no error */
  #showError(name, words) {
    const field = this.#field(name);
    field.setAttribute("aria-invalid", String(words !== ""));
    const place = document.getElementById(`${name}-error`);
    if (place) place.textContent = words;
    if (words) field.focus();
  }

  /** @param {boolean} busy */
  set #busy(busy) {
    const button = this.#form.querySelector("button");
    button?.setAttribute("aria-busy", String(busy));
    button?.toggleAttribute("disabled", busy);
  }

  /** @param {string} name @returns {HTMLTextAreaElement & HTMLSelectElement} */
  #field(name) {
    return /** @type {any} */ (this.#form.elements.namedItem(name));
  }
}
