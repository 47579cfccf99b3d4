import { Connection } from "./connection.js";
import { browser } from "./environment.js";
import { Feed } from "./feed.js";

/** The end of a port to the audio thread. @typedef {{postMessage: (message: object, transfer: Transferable[]) => void, close: () => void}} SoundPort */

/**
 * What a line is to do: `open`, with this key; `close`; `send` a message to the gateway; `output`: pass sound to the audio thread at this port, or to
 * nobody; `stalled`: the play-out stalled for so long; `address`: the answer to a question for the address, or why there is none.
 *
 * @typedef {{t: "open", token?: string} | {t: "close"} | {t: "send", message: object} | {t: "output", port: SoundPort | null} | {t: "stalled", ms: number}
 *   | {t: "address", url?: string, failure?: string}} LineCommand
 */

/**
 * What a line tells, in the order in which it happens: its state; the welcome; a frame that is to be heard, without its sound; any other
 * message; a fault of the server; the server's clock, minus the own one; how much is buffered; that it needs to know the address now.
 *
 * @typedef {{t: "state", state: import("./connection.js").ConnectionState} | {t: "welcome", welcome: any} | FrameNotice
 *   | {t: "message", message: any} | {t: "fault", what: string} | {t: "clock", offsetUs?: number, rttUs?: number}
 *   | {t: "target", targetMs: number} | {t: "address"}} LineEvent
 */

/**
 * @typedef {object} FrameNotice
 * @property {"frame"} t
 * @property {number} pos
 * @property {number} gen
 * @property {number} tsUs
 * @property {number} count
 * @property {number} flags
 * @property {boolean} delivered whether the audio thread gets it
 * @property {number} unheard number of samples so far that it did not get
 */

/**
 * @typedef {object} LineOptions all of it can be sent to another thread
 * @property {string | null} url null: it is asked for before each attempt
 * @property {object} hello
 * @property {{preset?: import("./preset.js").Preset, capMs?: number}} limits
 */

/**
 * The half of the player that sound passes through: the connection, the clock, the decoder, how much to buffer. It runs in a worker, so that
 * a busy page holds up no sound, or on the page's own thread. Confined to one thread.
 */
export class Line {
  #connection;
  #feed;
  #tell;
  /** @type {{resolve: (url: string) => void, reject: (failure: Error) => void} | null} */
  #asked = null;

  /** @param {LineOptions} options @param {(event: LineEvent) => void} tell @param {import("./environment.js").Environment} [environment] */
  constructor({ url, hello, limits }, tell, environment = browser) {
    this.#tell = tell;
    const feed = new Feed(
      {
        onTarget: (targetMs) => tell({ t: "target", targetMs }),
        onFault: (what) => tell({ t: "fault", what }),
      },
      limits,
    );
    this.#feed = feed;
    this.#connection = new Connection(
      { url: url ?? (() => this.#askAddress()), hello },
      {
        onState: (state) => tell({ t: "state", state }),
        onWelcome: (welcome) => {
          feed.welcome(welcome);
          tell({ t: "welcome", welcome });
        },
        sink: () => feed.sink,
        onFrame: ({ pos, gen, tsUs, count, flags }) =>
          tell({ t: "frame", pos, gen, tsUs, count, flags, delivered: feed.delivered, unheard: feed.unheard }),
        onMessage: (message) => {
          feed.message(message);
          tell({ t: "message", message });
        },
        onFault: (what) => tell({ t: "fault", what }),
        onClock: () => {
          const { offsetUs, rttUs } = this.#connection.clock;
          tell({ t: "clock", offsetUs, rttUs });
        },
      },
      environment,
    );
  }

  /** @param {LineCommand} command */
  receive(command) {
    switch (command.t) {
      case "open":
        return this.#connection.open(command.token);
      case "close":
        this.#feed.close();
        return this.#connection.close();
      case "send":
        return this.#connection.send(command.message);
      case "output":
        this.#feed.port = command.port;
        return undefined;
      case "stalled":
        return this.#feed.stalled(command.ms);
      case "address":
        return this.#answered(command);
    }
  }

  /** @returns {Promise<string>} */
  #askAddress() {
    return new Promise((resolve, reject) => {
      this.#asked = { resolve, reject };
      this.#tell({ t: "address" });
    });
  }

  /** @param {{url?: string, failure?: string}} answer */
  #answered({ url, failure }) {
    if (url !== undefined) this.#asked?.resolve(url);
    else this.#asked?.reject(new Error(failure));
    this.#asked = null;
  }
}
