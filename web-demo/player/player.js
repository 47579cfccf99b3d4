import { ChannelEvents } from "./channel-events.js";
import { LAST } from "./frames.js";
import { Hello } from "./hello.js";
import { listenUrl } from "./listen-url.js";
import { LineHost } from "./line-host.js";
import { Reports } from "./reports.js";
import { browser } from "./environment.js";
import { SayRequests } from "./say-requests.js";
import { Tickets, withTicket } from "./tickets.js";
import { Speaker } from "./speaker.js";

/**
 * @typedef {object} PlayerOptions
 * @property {string} [channel]
 * @property {string} [url] the channel's address; default: `channel` on the page's own server
 * @property {string} [token] the caller's key, sent as a subprotocol; a gateway without keys ignores it
 * @property {() => import("./tickets.js").Ticket | Promise<import("./tickets.js").Ticket>} [getTicket] is called before each connect, and gives
 *   a ticket, which takes the place of a key
 * @property {{id?: string, name?: string}} [client] how the listener identifies itself
 * @property {"live" | "utterance" | "ring"} [join] where a new listener begins; default `live`
 * @property {boolean} [levels] whether `levels` events tell how loud the channel's mix and its sources are
 * @property {("pcm" | "opus")[]} [formats] formats in order of preference. The first one that the gateway offers and the browser decodes is
 *   taken. PCM, which is exact to the last bit, is the default and the fallback
 * @property {string | URL} [workletUrl] address of the worklet's file, if it does not lie beside the player
 * @property {string | URL} [workerUrl] address of the worker's file, if it does not lie beside the player. It must be of the page's own origin;
 *   else the page's thread does the worker's work
 * @property {number} [maxTargetMs] the most that the player may buffer for a bad network
 */

/** The close code of a gateway that wants a valid key. */
const NEEDS_KEY = 4401;

/**
 * A listener of one channel. It may connect before audio is unlocked. Until then it is silent and keeps no sound.
 *
 * It fires these events, each with its data in `detail`: `state`; `stream`; `utterance` (phase started or ended), `caption` and `mark` at
 * the moment they are heard; `level` about thirty times a second; `phase` (idle, synthesizing, playing, stalled or paused) when the channel's speech changes; `levels` if asked for; `gap` with the `utterances` whose rest was lost (each also ends, with the
 * reason `lost`) and `restarted` if another life of the channel began; `control` when somebody else has set `volume` or `muted`; `stats` with every report; `tap` if asked for; `error`.
 */
export class StentorPlayer extends EventTarget {
  #options;
  /** Set between `connect` and `close`. @type {import("./line-host.js").RunningLine | null} */
  #line = null;
  /** Null if there are none. @type {Tickets | null} */
  #tickets;
  #sayRequests;
  #reports;
  #speaker;
  #environment;
  /** @type {{offsetUs?: number, rttUs?: number}} */
  #clock = {};
  /** @type {import("./connection.js").ConnectionState} */
  #connectionState = { phase: "closed" };
  #counts = { reconnects: 0, faults: 0 };
  #events;
  /** True from the loss of an open connection until the next welcome. */
  #returning = false;
  #hello;
  /** True between `connect` and `close`. */
  #wanted = false;

  /** @param {PlayerOptions} [options] @param {import("./environment.js").Environment} [environment] */
  constructor(options = {}, environment = browser) {
    super();
    this.#options = options;
    this.#hello = new Hello(options);
    this.#environment = environment;
    this.#tickets = options.getTicket ? new Tickets(options.getTicket, environment) : null;
    this.#speaker = new Speaker(
      {
        onState: () => this.#emit("state", this.state),
        onLevel: (level) => this.#emit("level", level),
        onCut: (cut) => this.#reports.now({ cut }),
        onTap: (run) => this.#emit("tap", run),
        onReady: () => this.#connectOutput(),
        onStall: (ms) => this.#line?.post({ t: "stalled", ms }),
      },
      options,
    );
    this.#events = new ChannelEvents(this.#speaker, {
      emit: (type, detail) => this.#emit(type, detail),
      onBegun: () => this.#reports.now(), // so that a clear knows that this player hears the utterance
      onOther: (message) => this.#onMessage(message),
    });
    this.#reports = new Reports((more) => this.#send({ t: "report", ...this.#reportBody(), ...more }), environment);
    this.#sayRequests = new SayRequests((message) => this.#send(message));
  }

  /**
   * Asks the gateway to speak a text on the channel. The gateway must allow this to listeners. Resolves when the text was accepted. Rejects
   * with a `code` if it was refused, and with the code `lost` if there is no connection. Pass a text that is still being written in pieces:
   * `say(piece, {ref, end: false})`.
   *
   * @param {string} text
   * @param {import("./say-requests.js").SayOptions} [options]
   * @returns {Promise<{ref: string, id: string}>}
   */
  say(text, options) {
    const said = this.#sayRequests.say(text, options);
    if (this.#connectionState.phase !== "open") this.#sayRequests.lost();
    return said;
  }

  /**
   * Silences the channel for everybody. The gateway must allow this to listeners, else an `error` event follows.
   *
   * @param {{drainMs?: number, fadeMs?: number}} [how] how much more may be heard, and how long the fade is
   */
  interrupt({ drainMs = 0, fadeMs = 5 } = {}) {
    this.#send({ t: "interrupt", drain_ms: drainMs, fade_ms: fadeMs });
  }

  /** Opens the connection. If it is waiting for its next attempt, tries again at once. */
  connect() {
    this.#wanted = true;
    if (this.#hello.isComplete) this.#open();
    else void this.#hello.complete().then(() => this.#wanted && this.#open());
  }

  #open() {
    if (!this.#line) {
      this.#line = this.#startLine();
      this.#speaker.disconnect();
      this.#connectOutput();
    }
    this.#line.post({ t: "open", token: this.#options.token });
    const { phase } = this.#connectionState;
    if (phase === "closed" || phase === "refused") this.#onConnectionState({ phase: "connecting", attempt: 0 });
  }

  #startLine() {
    const { maxTargetMs, workerUrl } = this.#options;
    const options = {
      url: this.#tickets ? null : this.#url,
      hello: this.#hello.message,
      limits: { capMs: maxTargetMs },
    };
    /** @type {import("./line-host.js").LineListener} */
    const listener = {
      onEvent: (event) => this.#onLine(event),
      onFailure: ({ message }) => {
        this.#line = null;
        this.#onConnectionState({ phase: "refused", reason: message });
      },
    };
    return this.#environment.startLine?.(options, listener) ?? new LineHost(options, listener, workerUrl);
  }

  /** Lets sound go from the line to the audio thread, as soon as there are both. */
  #connectOutput() {
    const port = this.#line && this.#speaker.port();
    if (port) this.#line?.post({ t: "output", port }, [port]);
  }

  get #url() {
    const { url, channel = "lobby" } = this.#options;
    return url ?? listenUrl(channel);
  }

  /** Sets the caller's key, which counts from the next attempt on. @param {string | undefined} token */
  set token(token) {
    this.#options = { ...this.#options, token };
  }

  /** Leaves the channel and releases the audio output. */
  close() {
    this.#wanted = this.#returning = false;
    this.#speaker.close();
    this.#line?.close();
    this.#line = null;
    this.#tickets?.stop();
    this.#clock = {};
    if (this.#connectionState.phase !== "closed") this.#onConnectionState({ phase: "closed" });
    this.#events.leave();
  }

  /**
   * Starts the audio output. Must be called from a click or a key press. Resolves when the output runs. Rejects if the worklet's file cannot
   * be loaded; it may then be called again.
   */
  unlock() {
    return this.#speaker.unlock();
  }

  /** Turns on `tap` events `{pos, samples}` with every sample that is played, so that tests can prove play-out to be exact. */
  tap() {
    this.#speaker.tap();
  }

  get state() {
    return {
      connection: this.#connectionState.phase,
      line: this.#connectionState,
      audio: this.#speaker.audio,
      playout: this.#speaker.playout,
    };
  }

  get volume() {
    return this.#speaker.volume;
  }

  set volume(level) {
    this.#speaker.volume = level;
  }

  get muted() {
    return this.#speaker.muted;
  }

  set muted(muted) {
    this.#speaker.muted = muted;
  }

  get stats() {
    const { offsetUs, rttUs } = this.#clock;
    return {
      ...this.#counts,
      ...this.#events.counts,
      ...this.#speaker.stats,
      pos: this.#speaker.heard.pos,
      rttMs: rttUs === undefined ? null : rttUs / 1000,
      thread: this.#line?.thread ?? null,
      latencyMs: offsetUs === undefined ? null : this.#speaker.latencyMs(this.#environment.now() * 1000 + offsetUs),
    };
  }

  /** @param {object} message to the gateway */
  #send(message) {
    this.#line?.post({ t: "send", message });
  }

  /** @param {import("./line.js").LineEvent} event */
  #onLine(event) {
    switch (event.t) {
      case "state":
        if (event.state.code === NEEDS_KEY && this.#tickets?.refused()) return this.#open();
        return this.#onConnectionState(event.state);
      case "welcome":
        return this.#onWelcome(event.welcome);
      case "frame":
        return this.#onFrame(event);
      case "message":
        return this.#events.message(event.message);
      case "fault":
        return this.#onFault(event.what);
      case "clock":
        this.#clock = event;
        return undefined;
      case "address":
        return void this.#answerAddress();
      case "target":
        this.#speaker.targetMs = event.targetMs;
    }
  }

  /** Gives the line an address with a ticket, or the reason why there is none. */
  async #answerAddress() {
    const line = this.#line;
    try {
      const ticket = await /** @type {Tickets} */ (this.#tickets).next();
      line?.post({ t: "address", url: withTicket(this.#url, ticket) });
    } catch (failure) {
      line?.post({ t: "address", failure: /** @type {Error} */ (failure).message });
    }
  }

  /** @param {import("./connection.js").ConnectionState} line */
  #onConnectionState(line) {
    if (line.phase === "waiting" && this.#connectionState.phase === "open") {
      this.#counts.reconnects++;
      this.#returning = true;
    }
    if (line.phase !== "open") {
      this.#sayRequests.lost();
      this.#reports.stop();
    }
    this.#connectionState = line;
    this.#emit("state", this.state);
  }

  /** @param {any} welcome */
  #onWelcome(welcome) {
    this.#reports.start(welcome.report_ms);
    this.#tickets?.accepted();
    const returning = this.#returning;
    this.#returning = false;
    this.#events.welcome(welcome, returning);
  }

  /** @param {import("./line.js").FrameNotice} frame */
  #onFrame(frame) {
    this.#events.frame(frame);
    this.#speaker.arrived(frame);
    if (frame.flags & LAST) this.#speaker.cue(frame.pos + frame.count, () => this.#reports.now());
  }

  /** Handles a message that says nothing about the channel's speech. @param {any} message */
  #onMessage(message) {
    switch (message.t) {
      case "control":
        this.volume = message.volume ?? this.volume;
        this.muted = message.muted ?? this.muted;
        return this.#emit("control", { volume: this.volume, muted: this.muted });
      case "state":
        return this.#emit("phase", message);
      case "levels":
        return this.#emit("levels", message);
      case "said":
        return this.#sayRequests.said(message);
      case "error":
        return this.#sayRequests.refused(message) ? undefined : this.#emit("error", message);
    }
  }

  /** @param {string} what */
  #onFault(what) {
    this.#counts.faults++;
    this.#emit("error", { code: "protocol", message: what, fatal: false });
  }

  #reportBody() {
    const stats = this.stats;
    this.#emit("stats", stats);
    return {
      ...this.#speaker.heard,
      buffer_ms: stats.bufferMs,
      target_ms: stats.targetMs,
      underruns: stats.underruns ?? 0,
      concealed_samples: (stats.concealed ?? 0) + (stats.stalled ?? 0),
      rtt_us: Math.round(this.#clock.rttUs ?? 0),
      out_ms: stats.outMs,
      state: this.#speaker.audio === "running" ? this.#speaker.playout : "locked",
      muted: this.muted,
    };
  }

  /** @param {string} type @param {any} detail */
  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
