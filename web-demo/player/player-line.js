import { LineHost } from "./line-host.js";
import { listenUrl } from "./listen-url.js";
import { Tickets, withTicket } from "./tickets.js";

/** The close code of a gateway that wants a valid key. */
const NEEDS_KEY = 4401;

/**
 * The player's line to its channel: one that runs between `open` and `close`, and gets its address, with a ticket if the page gives tickets,
 * and its key.
 */
export class PlayerLine {
  #options;
  #hello;
  #tell;
  #environment;
  /** Null if the page gives none. @type {Tickets | null} */
  #tickets;
  /** @type {import("./line-host.js").RunningLine | null} */
  #running = null;

  /** The caller's key, which counts from the next attempt on. */
  token;

  /**
   * @param {import("./player.js").PlayerOptions} options
   * @param {object} hello
   * @param {(event: import("./line.js").LineEvent) => void} tell
   * @param {import("./player-environment.js").PlayerEnvironment} environment
   */
  constructor(options, hello, tell, environment) {
    this.#options = options;
    this.#hello = hello;
    this.#tell = tell;
    this.#environment = environment;
    this.token = options.token;
    this.#tickets = options.getTicket ? new Tickets(options.getTicket, environment) : null;
  }

  /** Where it runs; null while it does not. */
  get thread() {
    return this.#running?.thread ?? null;
  }

  get isRunning() {
    return this.#running !== null;
  }

  /** Connects. If it waits for its next attempt, tries again at once. */
  open() {
    this.#running ??= this.#start();
    this.#running.post({ t: "open", token: this.token });
  }

  close() {
    this.#running?.close();
    this.#running = null;
    this.#tickets?.stop();
  }

  /** @param {import("./line.js").LineCommand} command @param {Transferable[]} [transfer] */
  post(command, transfer) {
    this.#running?.post(command, transfer);
  }

  get #url() {
    const { url, channel = "lobby" } = this.#options;
    return url ?? listenUrl(channel);
  }

  #start() {
    const { preset, maxTargetMs, workerUrl } = this.#options;
    const options = {
      url: this.#tickets ? null : this.#url,
      hello: this.#hello,
      limits: { preset, capMs: maxTargetMs },
    };
    /** @type {import("./line-host.js").LineListener} */
    const listener = {
      onEvent: (event) => this.#onEvent(event),
      onFailure: ({ message }) => {
        this.#running = null;
        this.#tell({ t: "state", state: { phase: "refused", reason: message } });
      },
    };
    return this.#environment.startLine?.(options, listener) ?? new LineHost(options, listener, workerUrl);
  }

  /** @param {import("./line.js").LineEvent} event */
  #onEvent(event) {
    if (event.t === "address") {
      void this.#answerAddress();
      return;
    }
    if (event.t === "state" && event.state.code === NEEDS_KEY && this.#tickets?.refused()) {
      this.open(); // with another ticket
      return;
    }
    if (event.t === "welcome") this.#tickets?.accepted();
    this.#tell(event);
  }

  /** Gives the line an address with a ticket, or the reason why there is none. */
  async #answerAddress() {
    const line = this.#running;
    try {
      const ticket = await /** @type {Tickets} */ (this.#tickets).next();
      line?.post({ t: "address", url: withTicket(this.#url, ticket) });
    } catch (failure) {
      line?.post({ t: "address", failure: /** @type {Error} */ (failure).message });
    }
  }
}
