import { LAST } from "./frames.js";
import { Hello } from "./hello.js";
import { listenUrl } from "./listen-url.js";
import { LineHost } from "./line-host.js";
import { OpenUtterances } from "./open-utterances.js";
import { Reports } from "./reports.js";
import { browser } from "./environment.js";
import { SayRequests } from "./say-requests.js";
import { Speaker } from "./speaker.js";

/**
 * @typedef {object} PlayerOptions
 * @property {string} [channel]
 * @property {string} [url] the channel's address; default: `channel` on the page's own server
 * @property {string} [token] the caller's key, sent as a subprotocol; a gateway without keys ignores it
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

/**
 * A listener of one channel. It may connect before audio is unlocked. Until then it is silent and keeps no sound.
 *
 * It fires these events, each with its data in `detail`: `state`; `stream`; `utterance` (phase started or ended), `caption` and `mark` at
 * the moment they are heard; `level` about thirty times a second; `levels` if asked for; `gap` with the `utterances` whose rest was lost (each also ends, with the
 * reason `lost`) and `restarted` if another life of the channel began; `control` when somebody else has set `volume` or `muted`; `stats` with every report; `tap` if asked for; `error`.
 */
export class StentorPlayer extends EventTarget {
  #options;
  /** Set between `connect` and `close`. @type {import("./line-host.js").RunningLine | null} */
  #line = null;
  #sayRequests;
  #reports;
  #speaker;
  #environment;
  /** @type {{offsetUs?: number, rttUs?: number}} */
  #clock = {};
  /** @type {import("./connection.js").ConnectionState} */
  #connectionState = { phase: "closed" };
  #counts = { gaps: 0, missingMs: 0, reconnects: 0, faults: 0, frames: 0 };
  /** @type {number | null} */
  #epoch = null;
  /** Position after the last sample that arrived. */
  #end = 0;
  #utterances = new OpenUtterances();
  /** True if the welcome reported a gap, which a `gap` message may report again. */
  #gapReported = false;
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
    this.#speaker = new Speaker(
      {
        onState: () => this.#emit("state", this.state),
        onLevel: (level) => this.#emit("level", level),
        onCut: (cut) => this.#reports.now({ cut }),
        onTap: (run) => this.#emit("tap", run),
        onOutput: (port) => this.#line?.post({ t: "output", port }, [port]),
        onStall: (ms) => this.#line?.post({ t: "stalled", ms }),
      },
      options,
    );
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
    this.#line ??= this.#startLine();
    this.#line.post({ t: "open" });
    const { phase } = this.#connectionState;
    if (phase === "closed" || phase === "refused") this.#onConnectionState({ phase: "connecting", attempt: 0 });
  }

  #startLine() {
    const { url, channel = "lobby", token, maxTargetMs, workerUrl } = this.#options;
    const options = {
      url: url ?? listenUrl(channel),
      token,
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

  /** Leaves the channel and releases the audio output. */
  close() {
    this.#wanted = this.#returning = false;
    this.#speaker.close();
    this.#line?.close();
    this.#line = null;
    this.#clock = {};
    if (this.#connectionState.phase !== "closed") this.#onConnectionState({ phase: "closed" });
    this.#loseUtterances([], true);
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
        return this.#onConnectionState(event.state);
      case "welcome":
        return this.#onWelcome(event.welcome);
      case "frame":
        return this.#onFrame(event);
      case "message":
        return this.#onMessage(event.message);
      case "fault":
        return this.#onFault(event.what);
      case "clock":
        this.#clock = event;
        return undefined;
      case "target":
        this.#speaker.targetMs = event.targetMs;
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
  #onWelcome({ epoch, resume, report_ms: reportMs, now = [] }) {
    this.#reports.start(reportMs);
    const status = resume?.status ?? (this.#returning ? "fresh" : undefined);
    const restarted = this.#epoch !== null && this.#epoch !== epoch;
    if (status !== "ok" && restarted) this.#speaker.reset(); // runs every cue: what was announced is told before it is said to be lost
    this.#epoch = epoch;
    this.#gapReported = this.#returning = false;
    if (status === "gap" || status === "fresh") {
      const cause = status === "gap" ? "history" : "fresh";
      this.#onGap({ cause, ms: resume?.missing_ms ?? 0, now, restarted });
      this.#gapReported = true;
    } else {
      if (status !== "ok") this.#loseUtterances(now, restarted);
      for (const event of now) this.#onMessage(event);
    }
  }

  /**
   * Ends the utterances whose end will not come, because it lay in a gap, as soon as what has arrived of them is heard.
   *
   * @param {any[]} now the events that still hold
   * @param {boolean} [restarted] whether another timeline begins, so that none of them goes on
   * @returns {{id: string, text?: string}[]} the utterances
   */
  #loseUtterances(now, restarted = false) {
    const stillSpoken = restarted ? [] : now.filter(({ t }) => t === "utterance.started").map(({ id }) => id);
    const lost = this.#utterances.except(stillSpoken);
    for (const { id, pos } of lost) {
      this.#utterances.ended(id);
      const ended = { t: "utterance.ended", id, pos, samples: Math.max(0, this.#end - pos), reason: "lost" };
      this.#speaker.cue(restarted ? 0 : this.#end, () => this.#emit("utterance", { ...ended, phase: "ended" }));
    }
    if (restarted) this.#end = 0;
    return lost;
  }

  /** @param {import("./line.js").FrameNotice} frame */
  #onFrame(frame) {
    const { pos, count, flags } = frame;
    this.#gapReported = false;
    this.#counts.frames++;
    this.#end = pos + count;
    this.#speaker.arrived(frame);
    if (flags & LAST) this.#speaker.cue(pos + count, () => this.#reports.now());
  }

  /** @param {any} message */
  #onMessage(message) {
    switch (message.t) {
      case "stream":
        this.#epoch = message.epoch ?? this.#epoch;
        return this.#emit("stream", message);
      case "utterance.started":
        if (!this.#utterances.started(message)) return undefined;
        return this.#speaker.cue(message.pos, () => {
          this.#emit("utterance", { ...message, phase: "started" });
          this.#reports.now(); // so that a clear knows that this player hears the utterance
        });
      case "utterance.ended":
        this.#utterances.ended(message.id);
        return this.#speaker.cue(message.pos + message.samples, () =>
          this.#emit("utterance", { ...message, phase: "ended" }),
        );
      case "caption":
        if (!this.#utterances.captioned(message)) return undefined;
        return this.#speaker.cue(message.pos, () => this.#emit("caption", message));
      case "mark":
        return this.#speaker.cue(message.pos, () => this.#emit("mark", message));
      case "clear":
        return this.#speaker.clear(message);
      case "gap":
        return this.#onGap(message);
      case "control":
        this.volume = message.volume ?? this.volume;
        this.muted = message.muted ?? this.muted;
        return this.#emit("control", { volume: this.volume, muted: this.muted });
      case "levels":
        return this.#emit("levels", message);
      case "said":
        return this.#sayRequests.said(message);
      case "error":
        return this.#sayRequests.refused(message) ? undefined : this.#emit("error", message);
    }
  }

  /**
   * Handles a gap. One that the welcome reported already is counted and told once. The event also tells which utterances lost their end.
   *
   * @param {any} gap
   */
  #onGap({ now = [], restarted = false, ...gap }) {
    const utterances = this.#loseUtterances(now, restarted).map(({ id, text }) => ({ id, text }));
    if (!this.#gapReported) {
      this.#counts.gaps++;
      this.#counts.missingMs += gap.ms;
      this.#emit("gap", { ...gap, restarted, utterances });
    }
    this.#gapReported = false;
    for (const event of now) this.#onMessage(event);
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
    };
  }

  /** @param {string} type @param {any} detail */
  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
