import { UNREACHABLE, ask } from "./gateway.js";
import { LiveTyping } from "./studio/live-typing.js";
import { problemOf } from "./studio/problem-words.js";

const HINTS = {
  whole: "<Enter> speaks the text. <Shift> + <Enter> begins a new line.",
  live: "Each word is sent as soon as a blank follows, and then stays as it is. <Enter> ends the text.",
};

/** @typedef {"text" | "voice" | "instructions"} Field */
/** @typedef {{text: string, voice?: string, model?: string, instructions?: string}} Spoken the body of a request */

/**
 * @typedef {object} ComposerListener
 * @property {() => void} onSpeak called within the user gesture, before the text is sent
 * @property {(spoken: Spoken, answer: Promise<any>) => void} onAsked a text is sent; the answer is the utterance, or null if it was refused
 */

/** The form for speaking on the channel. If the gateway refuses a text, the reason appears beside the field in question. */
export class Composer {
  #form;
  #base;
  #picker;
  #listener;
  #typing;

  /**
   * @param {HTMLElement} form
   * @param {string} base the channel's address
   * @param {import("./studio/voice-picker.js").VoicePicker} picker
   * @param {ComposerListener} listener
   */
  constructor(form, base, picker, listener) {
    this.#form = /** @type {HTMLFormElement} */ (form);
    this.#base = base;
    this.#picker = picker;
    this.#listener = listener;
    this.#typing = new LiveTyping(this.#field("text"), `${base}/utterances`, {
      onBegin: () => {
        this.#clearErrors();
        listener.onSpeak();
      },
      request: () => this.#manner,
      onAsked: (spoken, answer) => listener.onAsked(spoken, answer),
      onProblem: (problem) => this.#showProblem(problem),
    });
    this.#form.onsubmit = (event) => {
      event.preventDefault();
      if (this.#isLive) this.#typing.finish();
      else void this.#speak();
    };
    this.#field("text").onkeydown = (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#form.requestSubmit();
    };
    this.#live.onchange = () => this.#showMode();
    picker.onChange = () => this.#showManner();
    this.#showMode();
    this.#showManner();
  }

  /** What the form asks for now. @returns {Spoken} */
  get request() {
    return { text: this.#field("text").value.trim(), ...this.#manner };
  }

  /** Voice and instructions; the model too where only some follow instructions. */
  get #manner() {
    const instructions = this.#field("instructions").value.trim();
    const { name: voice, instructible: model } = this.#picker;
    const how = instructions && model ? { model, instructions } : {};
    return voice ? { voice, ...how } : how;
  }

  get #live() {
    return /** @type {HTMLInputElement} */ (this.#form.querySelector("#live"));
  }

  get #isLive() {
    return this.#live.checked;
  }

  async #speak() {
    const spoken = this.request;
    this.#clearErrors();
    if (!spoken.text) return this.#showError("text", "Write something to say first.");
    this.#listener.onSpeak();
    await this.say(spoken);
  }

  /** Has a text spoken, and shows if it was refused. @param {Spoken} spoken */
  async say(spoken) {
    this.#busy = true;
    const answer = this.#post(spoken);
    this.#listener.onAsked(spoken, answer);
    await answer;
    this.#busy = false;
  }

  /** @param {Spoken} spoken @returns {Promise<any>} the utterance; null if it was refused */
  async #post(spoken) {
    try {
      const response = await ask(`${this.#base}/utterances`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify(spoken),
      });
      if (response.ok) return await response.json();
      this.#showProblem(await problemOf(response));
    } catch {
      this.#showError("text", UNREACHABLE);
    }
    return null;
  }

  /** Takes back what was said about a gateway that could not be reached, and fetches what was missing. */
  reachable() {
    if (this.#form.querySelector("#text-error")?.textContent === UNREACHABLE) this.#showError("text", "");
  }

  /** @param {import("./studio/problem-words.js").ProblemWords} problem */
  #showProblem({ user, operator, field }) {
    this.#showError(field === "voice" || field === "instructions" ? field : "text", user);
    const advice = this.#form.querySelector("#text-advice");
    advice?.toggleAttribute("hidden", operator === "");
    advice?.querySelector("p")?.replaceChildren(operator);
  }

  #clearErrors() {
    for (const field of /** @type {Field[]} */ (["text", "voice", "instructions"])) this.#showError(field, "");
    this.#form.querySelector("#text-advice")?.toggleAttribute("hidden", true);
  }

  /** @param {Field} name @param {string} words empty: no error */
  #showError(name, words) {
    const field = this.#field(name);
    if (name !== "voice") field.setAttribute("aria-invalid", String(words !== ""));
    const place = this.#form.querySelector(`#${name}-error`);
    if (place) place.textContent = words;
    if (!words) return;
    if (name === "instructions") this.#manual.open = true;
    field.focus();
  }

  get #manual() {
    return /** @type {HTMLDetailsElement} */ (this.#form.querySelector("#manner"));
  }

  #showMode() {
    const parts = HINTS[this.#isLive ? "live" : "whole"].split(/<(\w+)>/);
    const keys = parts.map((part, i) => (i % 2 === 1 ? keyOf(part) : part));
    this.#form.querySelector("#text-hint")?.replaceChildren(...keys);
    this.#form.querySelector("#speak")?.replaceChildren(this.#isLive ? "End the text" : "Speak");
    this.#typing.on = this.#isLive;
  }

  /** Says whether the voice follows instructions. */
  #showManner() {
    const follows = this.#picker.instructible !== undefined;
    const field = this.#field("instructions");
    field.disabled = !follows;
    const words = follows
      ? this.#picker.standIn
        ? "The voice that stands in takes instructions, and does not follow them."
        : "In Chinese or English."
      : "This voice takes no instructions.";
    this.#form.querySelector("#instructions-hint")?.replaceChildren(words);
  }

  /** @param {boolean} busy */
  set #busy(busy) {
    const button = this.#form.querySelector("#speak");
    button?.setAttribute("aria-busy", String(busy));
    button?.toggleAttribute("disabled", busy);
  }

  /** @param {Field} name @returns {HTMLTextAreaElement} */
  #field(name) {
    return /** @type {any} */ (this.#form.querySelector(`#${name}`));
  }
}

/** @param {string} name */
function keyOf(name) {
  const key = document.createElement("kbd");
  key.textContent = name;
  return key;
}
