import { Connection, browser } from "./connection.js";
import { LAST } from "./frames.js";
import { Hello } from "./hello.js";
import { listenUrl } from "./listen-url.js";
import { OpenUtterances } from "./open-utterances.js";
import { OpusDecoding } from "./opus.js";
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
 * @property {number} [maxTargetMs] the most that the player may buffer for a bad network
 */

/**
 * A listener of one channel. It may connect before audio is unlocked. Until then it is silent and keeps no sound.
 *
 * It fires these events, each with its data in `detail`: `state`; `stream`; `utterance` (phase started or ended), `caption` and `mark` at
 * the moment they are heard; `level` about thirty times a second; `phase` (idle, synthesizing, playing, stalled or paused) when the channel's speech changes; `levels` if asked for; `gap` with the `utterances` whose rest was lost (each also ends, with the
 * reason `lost`) and `restarted` if another life of the channel began; `stats` with every report; `tap` if asked for; `error`.
 */
export class StentorPlayer extends EventTarget {
  #connection;
  #sayRequests;
  #speaker;
  #environment;
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
  /** Set only while the stream is in Opus. @type {OpusDecoding | null} */
  #decoding = null;

  /** @param {PlayerOptions} [options] @param {import("./connection.js").Environment} [environment] */
  constructor(options = {}, environment = browser) {
    super();
    const { channel = "lobby", token, maxTargetMs } = options;
    this.#hello = new Hello(options);
    this.#environment = environment;
    this.#speaker = new Speaker(
      {
        onState: () => this.#emit("state", this.state),
        onLevel: (level) => this.#emit("level", level),
        onCut: (cut) => this.#connection.report({ cut }),
        onTap: (run) => this.#emit("tap", run),
      },
      { capMs: maxTargetMs, workletUrl: options.workletUrl },
    );
    this.#connection = new Connection(
      { url: options.url ?? listenUrl(channel), token, hello: this.#hello.message },
      {
        onState: (line) => this.#onConnectionState(line),
        onWelcome: (welcome) => this.#onWelcome(welcome),
        sink: () => this.#decoding ?? this.#speaker,
        onFrame: (frame) => this.#onFrame(frame),
        onMessage: (message) => this.#onMessage(message),
        onFault: (what) => this.#onFault(what),
        report: () => this.#reportBody(),
      },
      environment,
    );
    this.#sayRequests = new SayRequests((message) => this.#connection.send(message));
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
    if (!this.#connection.isOpen) this.#sayRequests.lost();
    return said;
  }

  /**
   * Silences the channel for everybody. The gateway must allow this to listeners, else an `error` event follows.
   *
   * @param {{drainMs?: number, fadeMs?: number}} [how] how much more may be heard, and how long the fade is
   */
  interrupt({ drainMs = 0, fadeMs = 5 } = {}) {
    this.#connection.send({ t: "interrupt", drain_ms: drainMs, fade_ms: fadeMs });
  }

  /** Opens the connection. If it is waiting for its next attempt, tries again at once. */
  connect() {
    this.#wanted = true;
    if (this.#hello.isComplete) this.#connection.open();
    else void this.#hello.complete().then(() => this.#wanted && this.#connection.open());
  }

  /** Leaves the channel and releases the audio output. */
  close() {
    this.#wanted = this.#returning = false;
    this.#decoding?.close();
    this.#decoding = null;
    this.#speaker.close();
    this.#connection.close();
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
    const { offsetUs, rttUs } = this.#connection.clock;
    return {
      ...this.#counts,
      ...this.#speaker.stats,
      pos: this.#speaker.heard.pos,
      rttMs: rttUs === undefined ? null : rttUs / 1000,
      latencyMs: offsetUs === undefined ? null : this.#speaker.latencyMs(this.#environment.now() * 1000 + offsetUs),
    };
  }

  /** @param {import("./connection.js").ConnectionState} line */
  #onConnectionState(line) {
    if (line.phase === "waiting" && this.#connectionState.phase === "open") {
      this.#counts.reconnects++;
      this.#returning = true;
    }
    if (line.phase !== "open") this.#sayRequests.lost();
    this.#connectionState = line;
    this.#emit("state", this.state);
  }

  /** @param {any} welcome */
  #onWelcome({ epoch, resume, now = [] }) {
    const status = resume?.status ?? (this.#returning ? "fresh" : undefined);
    const restarted = this.#epoch !== null && this.#epoch !== epoch;
    if (status !== "ok" && this.#epoch !== null) {
      if (!restarted) this.#mayEnd();
      else {
        this.#decoding?.reset();
        this.#speaker.reset(); // runs every cue: what was announced is told before it is said to be lost
      }
    }
    this.#epoch = epoch;
    this.#gapReported = this.#returning = false;
    if (status === "gap" || status === "fresh") {
      const cause = status === "gap" ? "history" : "fresh";
      this.#onGap({ cause, ms: resume?.missing_ms ?? 0, now, restarted });
      this.#gapReported = true;
    } else {
      if (status !== "ok") this.#loseUtterances(now, restarted);
      this.#onSnapshot(now);
    }
  }

  /** Applies the events that still hold. If no pause is among them, an earlier pause has ended meanwhile. @param {any[]} now */
  #onSnapshot(now) {
    if (!now.some(({ t }) => t === "pause")) this.#speaker.resume();
    for (const event of now) this.#onMessage(event);
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

  /** @param {import("./frames.js").Frame} frame */
  #onFrame({ pos, count, flags }) {
    this.#gapReported = false;
    this.#counts.frames++;
    this.#end = pos + count;
    if (flags & LAST) this.#speaker.cue(pos + count, () => this.#connection.report());
  }

  /** @param {any} message */
  #onMessage(message) {
    switch (message.t) {
      case "stream":
        this.#epoch = message.epoch ?? this.#epoch;
        this.#decode(message);
        this.#speaker.follow(message);
        return this.#emit("stream", message);
      case "utterance.started":
        this.#utterances.started(message);
        return this.#speaker.cue(message.pos, () => {
          this.#emit("utterance", { ...message, phase: "started" });
          this.#connection.report(); // so that a clear knows that this player hears the utterance
        });
      case "utterance.ended":
        this.#mayEnd();
        this.#utterances.ended(message.id);
        return this.#speaker.cue(message.pos + message.samples, () =>
          this.#emit("utterance", { ...message, phase: "ended" }),
        );
      case "caption":
      case "mark":
        return this.#speaker.cue(message.pos, () => this.#emit(message.t, message));
      case "pause":
        return this.#speaker.hold();
      case "resume":
        return this.#speaker.resume();
      case "clear":
        this.#decoding?.reset();
        return this.#speaker.clear(message);
      case "gap":
        return this.#onGap(message);
      case "control":
        this.volume = message.volume ?? this.volume;
        this.muted = message.muted ?? this.muted;
        return undefined;
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

  /**
   * Creates or closes the decoder. A stream that continues, after a reconnect or with another lead, keeps its decoder.
   *
   * @param {{codec?: string, preskip?: number}} stream
   */
  #decode({ codec, preskip = 0 }) {
    if (codec === undefined) return;
    if (codec !== "opus") {
      this.#decoding?.close();
      this.#decoding = null;
      return;
    }
    this.#decoding ??= new OpusDecoding(preskip, this.#speaker, (what) => this.#onFault(what));
  }

  /** Tells the play-out that the sound may end after what has arrived so far. */
  #mayEnd() {
    if (this.#decoding) this.#decoding.after(() => this.#speaker.mayEnd());
    else this.#speaker.mayEnd();
  }

  /**
   * Handles a gap. One that the welcome reported already is counted and told once. The event also tells which utterances lost their end.
   *
   * @param {any} gap
   */
  #onGap({ now = [], restarted = false, ...gap }) {
    this.#mayEnd();
    const utterances = this.#loseUtterances(now, restarted).map(({ id, text }) => ({ id, text }));
    if (!this.#gapReported) {
      this.#counts.gaps++;
      this.#counts.missingMs += gap.ms;
      this.#emit("gap", { ...gap, restarted, utterances });
    }
    this.#gapReported = false;
    this.#onSnapshot(now);
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
      rtt_us: Math.round(this.#connection.clock.rttUs ?? 0),
      out_ms: stats.outMs,
      state: this.#speaker.audio === "running" ? this.#speaker.playout : "locked",
    };
  }

  /** @param {string} type @param {any} detail */
  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
