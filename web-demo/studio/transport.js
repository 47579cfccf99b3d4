import { UNREACHABLE, ask } from "../gateway.js";
import { keep, recall } from "./kept.js";
import { problemOf } from "./problem-words.js";

const STORED = "stentor.single-keys";

/**
 * @typedef {object} TransportParts
 * @property {HTMLElement} start
 * @property {HTMLElement} pause
 * @property {HTMLElement} interrupt
 * @property {HTMLElement} mute
 * @property {HTMLInputElement} volume
 * @property {HTMLInputElement} singleKeys whether single keys work the buttons
 */

/** The buttons that start and stop listening, hold and end what is spoken, and set how loud it is; and their keys. */
export class Transport {
  #parts;
  #base;
  #player;
  #say;

  /**
   * @param {TransportParts} parts
   * @param {string} base the channel's address
   * @param {import("../player/player.js").StentorPlayer} player
   * @param {(words: string) => void} say shows words about what did not work
   */
  constructor(parts, base, player, say) {
    this.#parts = parts;
    this.#base = base;
    this.#player = player;
    this.#say = say;
    parts.start.onclick = () => (this.#stops ? player.close() : this.listen());
    parts.pause.onclick = () => this.#togglePause();
    parts.interrupt.onclick = () => this.#send("/clear");
    parts.mute.onclick = () => (player.muted = !player.muted);
    parts.mute.addEventListener("click", () => this.show());
    parts.volume.oninput = () => (player.volume = Number(parts.volume.value) / 100);
    parts.singleKeys.checked = recall(STORED) !== "off";
    parts.singleKeys.onchange = () => keep(STORED, parts.singleKeys.checked ? "on" : "off");
    document.addEventListener("keydown", (event) => this.#onKey(event));
  }

  /** Starts the sound, within a user gesture. */
  listen() {
    this.#player.connect();
    this.#player.unlock().catch((failure) => {
      console.warn("stentor", failure);
      this.#say("The sound could not be started. Start again.");
    });
  }

  /** Starts the sound if it never was. */
  listenAtFirst() {
    if (this.#player.state.audio === "locked") this.listen();
  }

  /** Shows what has changed. */
  show() {
    const { start, pause, mute, volume } = this.#parts;
    const { state } = this.#player;
    const refused = state.connection === "refused";
    const paused = document.body.dataset.stage === "paused";
    write(
      start,
      refused ? "Try again" : this.#stops ? "Stop listening" : "Start listening",
      this.#stops ? "stop" : "play",
    );
    start.classList.toggle("primary", !this.#stops);
    write(pause, paused ? "Resume" : "Pause", paused ? "play" : "pause");
    pause.setAttribute("aria-disabled", String(!this.#mayPause));
    mute.setAttribute("aria-pressed", String(this.#player.muted));
    if (document.activeElement !== volume) volume.value = String(Math.round(this.#player.volume * 100));
  }

  /** Tells whether the first button stops listening; else it starts, or tries again after a refusal. */
  get #stops() {
    const { audio, connection } = this.#player.state;
    return audio === "running" && connection !== "refused";
  }

  get #mayPause() {
    return document.body.dataset.stage !== "idle" && this.#player.state.connection === "open";
  }

  #togglePause() {
    if (this.#mayPause) void this.#send(document.body.dataset.stage === "paused" ? "/resume" : "/pause");
  }

  /** Changes what everybody hears. Says so if that was not done. @param {string} path */
  async #send(path) {
    try {
      const response = await ask(this.#base + path, { method: "POST" });
      if (!response.ok) this.#say((await problemOf(response)).user);
    } catch {
      this.#say(UNREACHABLE);
    }
  }

  /** Handles the single-key shortcuts, unless the focused field needs the key itself. @param {KeyboardEvent} event */
  #onKey(event) {
    const { key, target, ctrlKey, altKey, metaKey } = event;
    if (ctrlKey || altKey || metaKey || event.repeat || !this.#parts.singleKeys.checked) return;
    if (document.querySelector("dialog[open]")) return;
    if (target instanceof Element && target.closest("input, textarea, select, button, a, summary, .caption")) {
      if (key === " " || target.matches("input, textarea, select")) return;
    }
    const { start, mute, interrupt, pause } = this.#parts;
    const button = { " ": start, m: mute, i: interrupt, p: pause }[key.toLowerCase()];
    if (!button) return;
    button.click();
    event.preventDefault();
  }
}

/** @param {HTMLElement} button @param {string} words @param {string} icon */
function write(button, words, icon) {
  const place = button.querySelector(".word");
  if (!place || place.textContent === words) return;
  place.textContent = words;
  button.querySelector("use")?.setAttribute("href", `#icon-${icon}`);
}
