import { nameOf } from "./listener-table.js";
import { management } from "./management.js";
import { setText } from "./text.js";
import { failureInWords } from "./words.js";

/** @typedef {import("./listeners.js").Listener} Listener */

/** What one can have done to a channel and its listeners: each order is given, if need be after a question, and it is told what became of it. */
export class Orders {
  #done;
  #problem;
  #dialog;
  #channel;
  #after;

  /**
   * @param {{done: HTMLElement, problem: HTMLElement, dialog: HTMLDialogElement}} places where it is told, and asked
   * @param {() => string} channel returns the name of the channel that is meant
   * @param {() => void} after is called after each order
   */
  constructor({ done, problem, dialog }, channel, after) {
    this.#done = done;
    this.#problem = problem;
    this.#dialog = dialog;
    this.#channel = channel;
    this.#after = after;
  }

  /** Forgets what was told. */
  clear() {
    this.#tell("");
  }

  /** @param {boolean} mute */
  muteAll(mute) {
    const said = mute ? "All players are muted." : "All players are heard again.";
    return this.#give(() => management.control(this.#channel(), { mute }), said);
  }

  /** @param {Listener} listener */
  mute(listener) {
    const mute = !listener.muted;
    const said = `${nameOf(listener)} is ${mute ? "muted" : "heard again"}.`;
    return this.#give(() => management.control(this.#channel(), { mute, listener: listener.conn }), said);
  }

  /** @param {string} text */
  say(text) {
    return this.#give(() => management.say(this.#channel(), text), "The text is in the queue.");
  }

  /** @param {Listener} listener */
  async sendAway(listener) {
    const channel = this.#channel();
    const name = nameOf(listener);
    if (!(await this.#confirmed(`Send ${name} away?`, "Its player stays away until somebody starts it again.")))
      return false;
    return this.#give(() => management.removeListener(channel, listener.conn), `${name} was sent away.`);
  }

  async removeChannel() {
    const channel = this.#channel();
    const detail = "What it says ends at once, and all who listen are sent away.";
    if (!(await this.#confirmed(`Remove the channel ${channel}?`, detail))) return false;
    return this.#give(() => management.removeChannel(channel), `The channel ${channel} was removed.`);
  }

  /** Returns whether it was done. @param {() => Promise<unknown>} order @param {string} said */
  async #give(order, said) {
    this.#tell("");
    try {
      await order();
      this.#tell(said);
      return true;
    } catch (failure) {
      setText(this.#problem, failureInWords(failure).words);
      return false;
    } finally {
      this.#after();
    }
  }

  /** @param {string} words */
  #tell(words) {
    setText(this.#done, words);
    setText(this.#problem, "");
  }

  /** @param {string} question @param {string} detail @returns {Promise<boolean>} */
  #confirmed(question, detail) {
    const dialog = this.#dialog;
    setText(dialog.querySelector(".question"), question);
    setText(dialog.querySelector(".hint"), detail);
    dialog.returnValue = "";
    dialog.showModal();
    return new Promise((resolve) => (dialog.onclose = () => resolve(dialog.returnValue === "yes")));
  }
}
