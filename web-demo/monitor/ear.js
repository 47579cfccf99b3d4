import { key } from "../gateway.js";
import { StentorPlayer } from "../player/player.js";
import { Plot } from "./plot.js";
import { SpectrumStream } from "./spectrum.js";
import { Spectrogram } from "./spectrogram.js";

/** Reports of ten minutes, one a second. */
const POINTS = 600;

/** The monitor's own listener: it plays the chosen channel if one wants to hear it, and shows what it plays and how well. */
export class Ear {
  #panel;
  #state;
  #spectrogram;
  #plot;
  #onChange;
  /** @type {StentorPlayer | null} */
  #player = null;

  /** @param {HTMLElement} panel @param {() => void} onChange is called when it begins or ends to listen */
  constructor(panel, onChange) {
    this.#panel = panel;
    this.#onChange = onChange;
    this.#state = /** @type {HTMLElement} */ (panel.querySelector("#ear-state"));
    this.#spectrogram = new Spectrogram(/** @type {HTMLCanvasElement} */ (panel.querySelector("canvas")));
    this.#plot = new Plot(/** @type {HTMLElement} */ (panel.querySelector("#ear-plots")), {
      title: "This player",
      names: ["buffer", "target", "latency"],
      unit: "ms",
      points: POINTS,
      least: 200,
    });
  }

  get isListening() {
    return this.#player !== null;
  }

  /** The player, for tests and the browser's console; null while nothing is listened to. */
  get player() {
    return this.#player;
  }

  /** Begins to listen; must be called from a click. @param {string} channel */
  listen(channel) {
    this.stop();
    const player = new StentorPlayer({ channel, token: key });
    const spectra = new SpectrumStream((levels) => this.#spectrogram.add(levels));
    this.#player = player;
    this.#panel.hidden = false;
    this.#plot.clear();
    this.#spectrogram.clear();
    player.addEventListener("state", () => this.#showState());
    player.addEventListener("tap", (event) => spectra.add(/** @type {CustomEvent} */ (event).detail.samples));
    player.addEventListener("stats", (event) => this.#showStats(/** @type {CustomEvent} */ (event).detail));
    player.tap();
    player.connect();
    player.unlock().catch((failure) => {
      console.warn("stentor", failure);
      this.#state.textContent = "The sound could not be started. Listen again.";
    });
    this.#showState();
    this.#onChange();
  }

  stop() {
    this.#player?.close();
    this.#player = null;
    this.#panel.hidden = true;
    this.#onChange();
  }

  #showState() {
    if (!this.#player) return;
    const { connection, line, audio, playout } = this.#player.state;
    const words =
      connection === "refused"
        ? line.reason || `Refused (${line.code})`
        : connection !== "open"
          ? "Connecting…"
          : audio !== "running"
            ? "Connected; the sound does not run yet."
            : playout === "playing"
              ? "Speaking"
              : "Silent";
    if (this.#state.textContent !== words) this.#state.textContent = words;
  }

  /** @param {{bufferMs: number, targetMs: number, latencyMs: number | null}} stats */
  #showStats({ bufferMs, targetMs, latencyMs }) {
    this.#plot.add(Date.now() / 1000, [bufferMs, targetMs, latencyMs]);
  }
}
