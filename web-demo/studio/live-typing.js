import { UNREACHABLE, ask } from "../gateway.js";
import { problemOf } from "./problem-words.js";

/**
 * @typedef {object} TypingListener
 * @property {() => void} onBegin a text begins, within the user gesture
 * @property {() => object} request what is asked for beside the text: voice, instructions
 * @property {(spoken: {text: string}, answer: Promise<any>) => void} onAsked as in the composer
 * @property {(problem: import("./problem-words.js").ProblemWords) => void} onProblem
 */

/** Longest time that a piece is offered again for which there was no space, in s. */
const LONGEST_WAIT_S = 5;

/**
 * Has a text spoken while it is typed. Each complete word is sent as a piece of an open text. What was sent cannot be changed any more:
 * the field keeps it as it is.
 */
export class LiveTyping {
  #field;
  #address;
  #listener;
  /** What was sent of the text. */
  #sent = "";
  /** The field's latest content that keeps what was sent. */
  #latest = "";
  /** The address of the text that is being spoken; null if none is. @type {Promise<string | null> | null} */
  #text = null;
  #pieces = 0;
  #on = false;

  /** @param {HTMLTextAreaElement} field @param {string} address where utterances are asked for @param {TypingListener} listener */
  constructor(field, address, listener) {
    this.#field = field;
    this.#address = address;
    this.#listener = listener;
    field.addEventListener("input", (event) => {
      if (this.#on && !(/** @type {InputEvent} */ (event).isComposing)) this.#typed();
    });
  }

  /** @param {boolean} on */
  set on(on) {
    if (this.#on && !on && this.#text) this.finish();
    if (on) this.#field.value = "";
    this.#on = on;
  }

  /** Sends the rest and ends the text. */
  finish() {
    this.#keepSent();
    this.#send(this.#field.value.length);
    const { promise, number } = this.#next();
    if (promise) void this.#post(promise, "/end", { seq: number });
    this.#text = null;
    this.#sent = "";
    this.#field.value = "";
  }

  #typed() {
    this.#keepSent();
    const complete = this.#field.value.search(/\S*$/);
    this.#send(complete);
  }

  /** Puts back what was there before, if the visitor has changed what was sent. */
  #keepSent() {
    if (this.#field.value.startsWith(this.#sent)) this.#latest = this.#field.value;
    else this.#field.value = this.#latest;
  }

  /** Sends what lies before a place in the field and was not sent yet. @param {number} upTo */
  #send(upTo) {
    const piece = this.#field.value.slice(this.#sent.length, upTo);
    if (piece.trim() === "") return;
    this.#sent += piece;
    if (!this.#text) this.#begin();
    const { promise, number } = this.#next();
    if (promise) this.#text = this.#post(promise, "/text", { seq: number, text: piece });
  }

  #begin() {
    this.#listener.onBegin();
    this.#pieces = 0;
    const made = this.#ask(this.#address, { open: true, ...this.#listener.request() });
    this.#listener.onAsked({ text: "" }, made);
    this.#text = made.then((utterance) => (utterance ? `${this.#address}/${utterance.id}` : null));
  }

  #next() {
    return { promise: this.#text, number: ++this.#pieces };
  }

  /** Sends a piece after those before it. Resolves with the text's address; with null once a piece was refused. */
  async #post(/** @type {Promise<string | null>} */ before, /** @type {string} */ path, /** @type {object} */ body) {
    const address = await before;
    if (address === null) return null;
    if (await this.#ask(address + path, body)) return address;
    return null;
  }

  /** @param {string} address @param {object} body @returns {Promise<any>} the answer; null if it was refused */
  async #ask(address, body) {
    try {
      const request = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
      let response = await ask(address, request);
      while (response.status === 429) {
        const seconds = Number(response.headers.get("retry-after") ?? 1);
        if (seconds > LONGEST_WAIT_S) break;
        await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
        response = await ask(address, request);
      }
      if (response.ok) return await response.json();
      this.#broken(await problemOf(response));
    } catch {
      this.#broken({ user: UNREACHABLE, operator: "" });
    }
    return null;
  }

  /** Gives up the text; what is typed from now on begins a new one. @param {import("./problem-words.js").ProblemWords} problem */
  #broken(problem) {
    this.#text = null;
    this.#sent = "";
    this.#listener.onProblem(problem);
  }
}
