import { workerUrl } from "./worker-url.js";

/** A worker that has not said that it runs by then is given up. */
const STARTS_WITHIN_MS = 5_000;

/**
 * A running line, wherever it runs.
 *
 * @typedef {object} RunningLine
 * @property {"worker" | "page"} thread
 * @property {(command: import("./line.js").LineCommand, transfer?: Transferable[]) => void} post
 * @property {() => void} close leaves the channel; nothing is told any more
 */

/**
 * @typedef {object} LineListener
 * @property {(event: import("./line.js").LineEvent) => void} onEvent
 * @property {(failure: Error) => void} onFailure the line cannot run anywhere
 */

/**
 * Starts a line in a worker. What is posted waits until the worker runs. If it never does, because workers must be of the page's own origin
 * or the page's policy forbids them, the same file runs on the page's thread instead.
 *
 * @implements {RunningLine}
 */
export class LineHost {
  #options;
  #listener;
  #url;
  /** @type {Worker | null} */
  #worker = null;
  /** What the commands go to, once it is known. @type {((command: any, transfer?: Transferable[]) => void) | null} */
  #target = null;
  /** @type {[import("./line.js").LineCommand, Transferable[] | undefined][]} */
  #waiting = [];
  #open = true;
  #timer;
  /** @type {"worker" | "page"} */
  thread = "worker";

  /** @param {import("./line.js").LineOptions} options @param {LineListener} listener @param {string | URL} [url] of the worker's file */
  constructor(options, listener, url = workerUrl()) {
    this.#options = options;
    this.#listener = listener;
    this.#url = new URL(url, location.href).href; // a module would take it as relative to itself
    this.#timer = setTimeout(() => this.#giveUp("it did not start in time"), STARTS_WITHIN_MS);
    try {
      const worker = new Worker(this.#url, { type: "module", name: "stentor" });
      worker.onmessage = ({ data }) => (this.#target ? this.#tell(data) : this.#run(worker));
      worker.onerror = (event) => {
        if (this.#target) return;
        event.preventDefault();
        this.#giveUp(event.message || "its file could not be loaded");
      };
      this.#worker = worker;
    } catch (failure) {
      void this.#giveUp(/** @type {Error} */ (failure).message);
    }
  }

  /** @param {import("./line.js").LineCommand} command @param {Transferable[]} [transfer] */
  post(command, transfer) {
    if (this.#target) this.#target(command, transfer);
    else this.#waiting.push([command, transfer]);
  }

  close() {
    clearTimeout(this.#timer);
    this.#open = false;
    if (this.#target) this.#target({ t: "close" });
    else this.#worker?.terminate();
  }

  /** @param {import("./line.js").LineEvent} event */
  #tell(event) {
    if (this.#open) this.#listener.onEvent(event);
  }

  /** Begins in the worker, which has said that it runs. @param {Worker} worker */
  #run(worker) {
    worker.postMessage(this.#options);
    this.#begin((command, transfer) => worker.postMessage(command, transfer ?? []));
  }

  /** Begins on the page's thread. @param {string} why */
  async #giveUp(why) {
    console.info(`stentor: no worker (${why})`);
    clearTimeout(this.#timer);
    this.#worker?.terminate();
    this.thread = "page";
    try {
      const { Line } = await import(/* @vite-ignore */ /* webpackIgnore: true */ this.#url);
      if (!this.#open) return;
      const line = new Line(this.#options, (/** @type {import("./line.js").LineEvent} */ event) => this.#tell(event));
      this.#begin((command) => line.receive(command));
    } catch (failure) {
      if (this.#open) this.#listener.onFailure(/** @type {Error} */ (failure));
    }
  }

  /** @param {(command: any, transfer?: Transferable[]) => void} target */
  #begin(target) {
    clearTimeout(this.#timer);
    this.#target = target;
    for (const [command, transfer] of this.#waiting.splice(0)) target(command, transfer);
  }
}
