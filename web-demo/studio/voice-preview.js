import { UNREACHABLE, ask } from "../gateway.js";
import { problemOf } from "./problem-words.js";

/** Plays a sentence of a voice. It is fetched with the visitor's key, which an audio element could not show. */
export class VoicePreview {
  #problem;
  /** @type {AudioContext | null} */
  #context = null;
  /** @type {{button: HTMLElement, source: AudioBufferSourceNode | null} | null} */
  #playing = null;

  /** @param {HTMLElement} problem place for words about what did not work */
  constructor(problem) {
    this.#problem = problem;
  }

  /** Plays the voice, or stops it if it is playing. @param {HTMLElement} button @param {string} voice */
  async toggle(button, voice) {
    const same = this.#playing?.button === button;
    this.stop();
    if (same) return;
    const playing = { button, source: /** @type {AudioBufferSourceNode | null} */ (null) };
    this.#playing = playing;
    this.#problem.textContent = "";
    button.textContent = "Stop";
    button.ariaBusy = "true";
    this.#context ??= new AudioContext();
    try {
      await this.#context.resume();
      const response = await ask(`/v1/voices/${encodeURIComponent(voice)}/preview`);
      if (!response.ok) throw new Error((await problemOf(response)).user);
      const sound = await this.#context.decodeAudioData(await response.arrayBuffer());
      if (this.#playing === playing) this.#play(playing, sound);
    } catch (failure) {
      if (this.#playing === playing) this.stop();
      const known = failure instanceof Error && failure.name === "Error";
      this.#problem.textContent = known ? failure.message : UNREACHABLE;
    }
  }

  /** Ends what is playing. */
  stop() {
    const { button, source } = this.#playing ?? {};
    this.#playing = null;
    source?.stop();
    if (!button) return;
    button.textContent = "Preview";
    button.ariaBusy = null;
  }

  /** @param {{button: HTMLElement, source: AudioBufferSourceNode | null}} playing @param {AudioBuffer} sound */
  #play(playing, sound) {
    const context = /** @type {AudioContext} */ (this.#context);
    const source = context.createBufferSource();
    source.buffer = sound;
    source.connect(context.destination);
    source.onended = () => this.#playing === playing && this.stop();
    playing.source = source;
    playing.button.ariaBusy = null;
    source.start();
  }
}
