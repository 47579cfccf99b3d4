import { BackOff, reactionTo } from "./backoff.js";
import { browser } from "./environment.js";
import { EntryOrder } from "./entry-order.js";
import { decodeFrame, isEarlier, nextSeq } from "./frames.js";
import { DENSE, Probing, SPARSE } from "./probing.js";
import { ServerClock } from "./server-clock.js";

const PROTOCOL = "stentor.v1";
/** After three probes without an answer the connection counts as dead, whatever the socket says. */
const DEAD_AFTER_MS = 3 * SPARSE.pauseMs;
/** A connection that lasted this long resets the back-off. */
const STABLE_MS = 2_000;

/**
 * @typedef {object} ConnectionState
 * @property {"connecting" | "open" | "waiting" | "closed" | "refused"} phase
 * @property {number} [attempt] number of attempts since the last connection that lasted
 * @property {number} [retryInMs]
 * @property {number} [code] close code
 * @property {string} [reason]
 */

/**
 * @typedef {object} ConnectionListener is called in the order in which things arrive
 * @property {(state: ConnectionState) => void} onState
 * @property {(welcome: any) => void} onWelcome
 * @property {() => FrameSink} sink returns where frames go now
 * @property {(frame: import("./frames.js").Frame) => void} onFrame a frame that is to be heard was passed to the sink
 * @property {(message: any) => void} onMessage a text message, for the whole channel or for this connection
 * @property {(what: string) => void} onFault the server violated the protocol
 * @property {() => void} onClock another probe of the server's clock was answered, or the clock is another one
 */

/**
 * @typedef {object} FrameSink takes frames with sound
 * @property {(frame: import("./frames.js").Frame, buffer: ArrayBuffer, replayed: boolean, arrivalMs: number, playFrom: number) => void} write
 *   takes a frame and its message; what is before `playFrom` is decoded but not played
 */

/**
 * One listener's connection to its channel. Reconnects by itself, resumes where it broke off, and checks the order of entries. Confined
 * to one thread.
 */
export class Connection {
  #options;
  #listener;
  #environment;
  #backOff;
  #order = new EntryOrder();
  /** @type {WebSocket | null} */
  #socket = null;
  /** @type {Map<string, any>} */
  #timers = new Map();
  /** @type {number | null} */
  #epoch = null;
  /** Position after the last sample that arrived. @type {number | null} */
  #pos = null;
  #codec = "pcm_s16le";
  #clockName = "";
  /** Last entry of the replay that is under way. @type {number | null} */
  #replayTo = null;
  /** Position before which a replay is decoded but not played. */
  #playFrom = 0;
  #openedAt = Infinity;
  /** @type {string | undefined} */
  #token;
  /** The address that is being waited for. @type {Promise<string> | null} */
  #asking = null;
  #probing = new Probing(SPARSE);
  /** @type {{reconnect_after_ms?: number, resume?: boolean} | null} */
  #bye = null;

  clock = new ServerClock();

  /**
   * @param {{url: string | (() => string | Promise<string>), hello: object}} options a promise that is rejected is a failed attempt
   * @param {ConnectionListener} listener
   * @param {import("./environment.js").Environment} [environment]
   */
  constructor(options, listener, environment = browser) {
    this.#options = options;
    this.#listener = listener;
    this.#environment = environment;
    this.#backOff = new BackOff(environment.random);
  }

  get #isInStep() {
    return Reflect.get(this.#options.hello, "sync") === "on";
  }

  get isOpen() {
    return this.#openedAt !== Infinity;
  }

  /** Connects. If it waits for its next attempt, tries again at once. @param {string} [token] the caller's key */
  open(token = this.#token) {
    this.#token = token;
    if (this.#socket || this.#asking) return;
    this.#stopTimers();
    this.#listener.onState({ phase: "connecting", attempt: this.#backOff.attempt });
    const { url } = this.#options;
    const address = typeof url === "function" ? url() : url;
    if (typeof address === "string") this.#openAt(address);
    else void this.#await(address);
  }

  /** Waits for an address that is not known yet. @param {Promise<string>} address */
  async #await(address) {
    this.#asking = address;
    try {
      const url = await address;
      if (this.#asking !== address) return; // it was closed meanwhile
      this.#asking = null;
      this.#openAt(url);
    } catch (failure) {
      if (this.#asking !== address) return;
      this.#asking = null;
      this.#retry("resume", { reason: /** @type {Error} */ (failure).message });
    }
  }

  /** @param {string} url */
  #openAt(url) {
    const token = this.#token;
    const socket = this.#environment.open(url, token ? [PROTOCOL, `bearer.${token}`] : [PROTOCOL]);
    this.#socket = socket;
    socket.binaryType = "arraybuffer";
    socket.onopen = () => this.send(this.#hello());
    socket.onmessage = ({ data }) => this.#receive(data);
    socket.onclose = ({ code, reason }) => this.#lost(code, reason);
    this.#restartWatchdog();
  }

  /** Says goodbye and closes. Opening again makes a new listener. */
  close() {
    this.send({ t: "bye" });
    this.#drop();
    this.#order = new EntryOrder();
    this.#listener.onState({ phase: "closed" });
  }

  /** @param {object} message */
  send(message) {
    if (this.#socket?.readyState === 1) this.#socket.send(JSON.stringify(message));
  }

  #hello() {
    const seq = this.#order.last;
    const pos = this.#pos === null ? {} : { pos: this.#pos };
    const resume = this.#epoch !== null && seq !== null ? { resume: { epoch: this.#epoch, seq, ...pos } } : {};
    return { t: "hello", v: 1, ...this.#options.hello, ...resume };
  }

  /** @param {string | ArrayBuffer} data */
  #receive(data) {
    this.#restartWatchdog();
    try {
      if (typeof data === "string") this.#receiveText(JSON.parse(data));
      else this.#receiveFrame(data);
    } catch (failure) {
      if (!(failure instanceof SyntaxError || failure instanceof RangeError)) throw failure;
      this.#listener.onFault(`not understood: ${failure.message}`);
    }
  }

  /** @param {ArrayBuffer} data */
  #receiveFrame(data) {
    const frame = decodeFrame(data, this.#codec);
    if (!this.#take(frame.seq)) return;
    this.#pos = frame.pos + frame.count;
    const replayed = this.#isReplayed(frame.seq);
    if (frame.count === 0) return;
    this.#listener.sink().write(frame, data, replayed, this.#environment.now(), this.#playFrom);
    if (this.#pos > this.#playFrom) this.#listener.onFrame(frame);
  }

  /** @param {any} message */
  #receiveText(message) {
    if (Number.isInteger(message.seq) && !this.#take(message.seq, message.t === "clear" || message.t === "stream"))
      return;
    switch (message.t) {
      case "welcome":
        return this.#welcome(message);
      case "time":
        this.clock.add(message.t0, message.t1, message.t2, this.#nowUs());
        return this.#listener.onClock();
      case "bye":
        this.#bye = message;
        break;
      case "gap":
        this.#order.expect(nextSeq(message.to_seq));
        break;
      case "replay":
        this.#order.expect(message.from_seq);
        this.#replayTo = message.to_seq;
        this.#playFrom = message.play_from_pos ?? 0;
        break;
      case "clear":
        this.#order.jumpTo(message.next_seq);
        break;
      case "stream":
        this.#codec = message.codec ?? this.#codec;
        this.#epoch = message.epoch ?? this.#epoch;
        break;
    }
    this.#listener.onMessage(message);
  }

  /** @param {any} welcome */
  #welcome(welcome) {
    const resumed = welcome.resume?.status === "ok";
    if (welcome.epoch !== this.#epoch) this.#pos = null;
    this.#epoch = welcome.epoch;
    this.#replayTo = null;
    this.#playFrom = 0;
    this.#openedAt = this.#environment.now();
    if (welcome.clock !== this.#clockName) {
      this.clock.reset();
      this.#listener.onClock();
    }
    this.#clockName = welcome.clock;
    this.#order.expect(resumed ? welcome.resume.from_seq : null);
    if (!resumed) this.#order.last = welcome.head_seq ?? null;
    this.#probing = new Probing(this.#isInStep ? DENSE : SPARSE);
    this.#probe();
    this.#listener.onWelcome(welcome); // first, so that whoever is told of the state knows what was missed
    if (this.isOpen) this.#listener.onState({ phase: "open" }); // the listener may have left meanwhile
  }

  /** @param {number} seq @param {boolean} [mayJump] */
  #take(seq, mayJump) {
    const order = this.#order.take(seq, mayJump);
    if (order !== "next") this.#listener.onFault(`entry ${seq} came unannounced: ${order}`);
    return order !== "repeated";
  }

  /** @param {number} seq */
  #isReplayed(seq) {
    if (this.#replayTo !== null && isEarlier(this.#replayTo, seq)) this.#replayTo = null;
    return this.#replayTo !== null;
  }

  #probe() {
    this.send({ t: "time", t0: this.#nowUs() });
    this.#after("probe", this.#probing.next(), () => this.#probe());
  }

  #nowUs() {
    return Math.round(this.#environment.now() * 1000);
  }

  #restartWatchdog() {
    this.#after("watchdog", DEAD_AFTER_MS, () => this.#lost(1006, "nothing heard from the server"));
  }

  /** @param {number} code @param {string} reason */
  #lost(code, reason) {
    const bye = this.#bye;
    if (this.#environment.now() - this.#openedAt >= STABLE_MS) this.#backOff.reset();
    this.#drop();
    const reaction = reactionTo(code);
    if (reaction === "never") {
      this.#listener.onState({ phase: "refused", code, reason });
      return;
    }
    if (reaction === "fresh" || bye?.resume === false) this.#order.last = null;
    this.#retry(reaction, { code, reason }, bye?.reconnect_after_ms);
  }

  /**
   * Waits, and tries again.
   *
   * @param {import("./backoff.js").Reaction} reaction
   * @param {{code?: number, reason: string}} why
   * @param {number} [askedMs] the time after which the server asked to come back
   */
  #retry(reaction, why, askedMs) {
    const scattered = this.#backOff.next(reaction);
    const retryInMs = askedMs ?? scattered;
    this.#listener.onState({ phase: "waiting", attempt: this.#backOff.attempt, retryInMs, ...why });
    this.#after("retry", retryInMs, () => this.open());
  }

  /** Closes the socket and ignores whatever it still delivers. */
  #drop() {
    this.#stopTimers();
    this.#asking = null;
    this.#openedAt = Infinity;
    this.#bye = null;
    const socket = this.#socket;
    this.#socket = null;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close(1000);
  }

  /** Starts a timer, and stops an earlier one of the same name. @param {string} name @param {number} ms @param {() => void} run */
  #after(name, ms, run) {
    this.#environment.clearTimeout(this.#timers.get(name));
    this.#timers.set(name, this.#environment.setTimeout(run, ms));
  }

  #stopTimers() {
    for (const timer of this.#timers.values()) this.#environment.clearTimeout(timer);
    this.#timers.clear();
  }
}
