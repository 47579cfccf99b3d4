import { ChannelEvents } from "./channel-events.js";
import { LAST } from "./frames.js";
import { GroupSync } from "./group-sync.js";
import { Hello } from "./hello.js";
import { PlayerLine } from "./player-line.js";
import { Reports } from "./reports.js";
import { pageEnvironment } from "./player-environment.js";
import { checkPreset } from "./preset.js";
import { SayRequests } from "./say-requests.js";
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
 * @property {boolean} [sync] whether it plays in step with other players of the channel
 * @property {number} [deviceDelayMs] how much later than others this player's loudspeaker sounds, for players in step
 * @property {string} [sinkId] the device through which it plays, where the browser can choose one
 * @property {import("./preset.js").Preset} [preset] what the buffer is for: `conversation` (default) keeps the latency small; `kiosk` keeps
 *   the sound unbroken
 * @property {number} [maxTargetMs] the most that the player may buffer for a bad network; default: 300 in a conversation, 1,000 in a kiosk
 * @property {boolean} [exact] whether every sample is played as it was sent, even if latency that a stall cost stays then as long as sound plays
 */

/**
 * How loud the player is, and who changed it: the page, or the gateway by `control`.
 *
 * @typedef {{volume: number, muted: boolean, by: "page" | "gateway"}} VolumeChange
 */

/**
 * A listener of one channel. It may connect before audio is unlocked. Until then it is silent and keeps no sound.
 *
 * It fires these events, each with its data in `detail`: `state`; `stream`; `utterance` (phase started or ended), `caption`, `words` and `mark` at
 * the moment they are heard; `level` about thirty times a second; `phase` (idle, synthesizing, playing, stalled or paused) when the channel's speech changes; `levels` if asked for; `volume` when anybody changed it; `gap` with the `utterances` whose rest was lost (each also ends, with the
 * reason `lost`) and `restarted` if another life of the channel began; `stats` with every report; `tap` and `timescale` if asked for; `error`.
 */
export class StentorPlayer extends EventTarget {
  #line;
  #sayRequests;
  #reports;
  #speaker;
  /** Null unless it plays in step with others. @type {GroupSync | null} */
  #sync;
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

  /** @param {PlayerOptions} [options] @param {import("./player-environment.js").PlayerEnvironment} [environment] */
  constructor(options = {}, environment = pageEnvironment) {
    super();
    checkPreset(options.preset);
    this.#hello = new Hello(options);
    this.#environment = environment;
    this.#line = new PlayerLine(options, this.#hello.message, (event) => this.#onLine(event), environment);
    this.#speaker = new Speaker(
      {
        onState: () => this.#emit("state", this.state),
        onLevel: (level) => {
          this.#sync?.tick();
          this.#emit("level", level);
        },
        onCut: (cut) => this.#reports.now({ cut }),
        onTap: (run) => this.#emit("tap", run),
        onScaled: (scaling) => this.#emit("timescale", scaling),
        onReady: () => {
          this.#sync?.restart();
          this.#connectOutput();
        },
        onReplaced: (ms) => this.#emit("gap", { cause: "output", ms, restarted: false, utterances: [] }),
        onStall: (ms) => {
          this.#line.post({ t: "stalled", ms });
          this.#reports.now();
        },
      },
      options,
      environment,
    );
    this.#sync = options.sync ? new GroupSync(this.#speaker, environment.now, options.deviceDelayMs) : null;
    this.#events = new ChannelEvents(this.#speaker, {
      emit: (type, detail) => this.#emit(type, detail),
      onBegun: () => this.#reports.soon(), // so that a clear knows that this player hears the utterance
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
    const starts = !this.#line.isRunning;
    this.#line.open();
    if (starts) {
      this.#speaker.disconnect();
      this.#connectOutput();
    }
    const { phase } = this.#connectionState;
    if (phase === "closed" || phase === "refused") this.#onConnectionState({ phase: "connecting", attempt: 0 });
  }

  /** Lets sound go from the line to the audio thread, as soon as there are both. */
  #connectOutput() {
    const port = this.#line.isRunning ? this.#speaker.port() : null;
    if (port) this.#line.post({ t: "output", port }, [port]);
  }

  /** Sets the caller's key, which counts from the next attempt on. @param {string | undefined} token */
  set token(token) {
    this.#line.token = token;
  }

  /** Leaves the channel and releases the audio output. */
  close() {
    this.#wanted = this.#returning = false;
    this.#speaker.close();
    this.#line.close();
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

  /**
   * Turns on `tap` events `{pos, samples}` with every sample that is played as it was sent, and `timescale` events where the sound's length was
   * changed, so that tests can account for every sample. The first event has no samples: it tells that the tap is on.
   */
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

  set volume(volume) {
    this.#setVolume({ volume }, "page");
  }

  get muted() {
    return this.#speaker.muted;
  }

  set muted(muted) {
    this.#setVolume({ muted }, "page");
  }

  /** @param {{volume?: number, muted?: boolean}} wanted @param {VolumeChange["by"]} by */
  #setVolume(wanted, by) {
    const speaker = this.#speaker;
    const { volume, muted } = speaker;
    speaker.volume = wanted.volume ?? volume;
    speaker.muted = wanted.muted ?? muted;
    if (speaker.volume !== volume || speaker.muted !== muted)
      this.#emit("volume", { volume: speaker.volume, muted: speaker.muted, by });
  }

  /** Plays through another device, where the browser can. @param {string} id empty: the system's default */
  set sinkId(id) {
    this.#speaker.sinkId = id;
  }

  /** Sets how much later than others this player's loudspeaker sounds. @param {number} ms */
  set deviceDelayMs(ms) {
    if (this.#sync) this.#sync.deviceDelayMs = ms;
  }

  /** @returns {import("./stats.js").PlayerStats} */
  get stats() {
    const { offsetUs, rttUs } = this.#clock;
    return {
      ...this.#counts,
      ...this.#events.counts,
      ...this.#speaker.stats,
      ...(this.#sync?.isExact === false && { syncErrorMs: "unknown" }),
      pos: this.#speaker.heard.pos,
      rttMs: rttUs === undefined ? null : rttUs / 1000,
      thread: this.#line.thread,
      latencyMs: offsetUs === undefined ? null : this.#speaker.latencyMs(this.#environment.now() * 1000 + offsetUs),
    };
  }

  /** @param {object} message to the gateway */
  #send(message) {
    this.#line.post({ t: "send", message });
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
        this.#reports.follow(event.message);
        return this.#events.message(event.message);
      case "fault":
        return this.#onFault(event.what);
      case "clock":
        this.#clock = event;
        this.#sync?.follow(event);
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
  #onWelcome(welcome) {
    this.#reports.start(welcome);
    const returning = this.#returning;
    this.#returning = false;
    this.#events.welcome(welcome, returning);
  }

  /** @param {import("./line.js").FrameNotice} frame */
  #onFrame(frame) {
    this.#events.frame(frame);
    this.#speaker.arrived(frame);
    if (frame.flags & LAST) this.#speaker.cue(frame.pos + frame.count, () => this.#reports.soon());
  }

  /** Handles a message that says nothing about the channel's speech. @param {any} message */
  #onMessage(message) {
    switch (message.t) {
      case "timeline":
        return this.#sync?.timeline(message);
      case "control":
        return this.#setVolume(message, "gateway");
      case "state":
        return this.#emit("phase", message);
      case "levels":
        return this.#emit("levels", message);
      case "said":
        return this.#sayRequests.said(message);
      case "error":
        if (!this.#sayRequests.refused(message)) this.#emit("error", message);
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
      ...(typeof stats.syncErrorMs === "number" && { sync_error_ms: Math.round(10 * stats.syncErrorMs) / 10 }),
      state: this.#speaker.audio === "running" ? this.#speaker.playout : "locked",
      muted: this.muted,
    };
  }

  /** @param {string} type @param {any} detail */
  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
