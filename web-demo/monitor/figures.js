import { ListenerSummary } from "./listeners.js";
import { Plot } from "./plot.js";

/** Ten minutes of what is asked for every two seconds. */
const POINTS = 300;

/** The plots of a channel's listeners. */
export class ListenerFigures {
  #summary = new ListenerSummary();
  #lag;
  #buffer;
  #troubles;
  #sync;

  /** @param {HTMLElement} place */
  constructor(place) {
    const plot = (
      /** @type {string} */ title,
      /** @type {string[]} */ names,
      /** @type {string} */ unit,
      /** @type {number} */ least,
    ) => new Plot(place, { title, names, unit, points: POINTS, least });
    this.#lag = plot("Lag of the listeners", ["worst", "median"], "ms", 500);
    this.#buffer = plot("Buffer of those that play", ["least", "median"], "ms", 200);
    this.#troubles = plot("Underruns and losses", ["since the last look"], "", 5);
    this.#sync = plot("Sync error", ["worst"], "ms", 5);
    this.clear();
  }

  /** Begins anew, with another channel. */
  clear() {
    this.#summary = new ListenerSummary();
    for (const plot of [this.#lag, this.#buffer, this.#troubles, this.#sync]) plot.clear();
    this.#sync.hidden = true; // until somebody tells one
  }

  /** @param {import("./listeners.js").Listener[]} listeners as they are now */
  add(listeners) {
    const { worstLagMs, usualLagMs, leastBufferMs, usualBufferMs, syncErrorMs, troubles } = this.#summary.of(listeners);
    const now = Date.now() / 1000;
    this.#lag.add(now, [worstLagMs, usualLagMs]);
    this.#buffer.add(now, [leastBufferMs, usualBufferMs]);
    this.#troubles.add(now, [troubles]);
    this.#sync.add(now, [syncErrorMs]);
    if (syncErrorMs !== null) this.#sync.hidden = false;
  }
}
