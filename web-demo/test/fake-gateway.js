import { EventEmitter, on } from "node:events";
import { createServer } from "node:http";
import { performance } from "node:perf_hooks";
import { WebSocketServer } from "ws";
import { FIRST, LAST, MIXED } from "../player/frames.js";
import { captionsOf } from "./fake-captions.js";
import { answer } from "./fake-http.js";
import { FakeListener } from "./fake-listener.js";
import { FakeManagement } from "./fake-management.js";
import { FakeMix } from "./fake-mix.js";
import { FakeTexts } from "./fake-texts.js";
import { encodeFrame, selfIndexing } from "./wire.js";

const NEEDS_KEY = { code: 4401, reason: "A valid key is needed." };
const FRAME = 480;
const FRAME_MS = 20;

/**
 * A gateway of one channel for the browser tests. It serves the page, and speaks stentor.v1 at the pace of speech. Each sample of its signal
 * tells its own index. It can delay messages, as a bad network does, and disconnect its listeners. Loopback only.
 */
export class FakeGateway {
  #server = createServer((request, response) => answer(this, request, response));
  #sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  #events = new EventEmitter();
  /** Entries still to be released, in order, with the due times of frames. */
  #pending = [];
  #timer = null;
  #pos = 0;
  /** When it was paused. @type {number | null} */
  #heldAtMs = null;
  #dueMs = -Infinity;

  /** @type {Set<FakeListener>} */
  listeners = new Set();
  /** Released entries; the number of an entry is its index. @type {{data: string | ArrayBuffer, pos: number}[]} */
  entries = [];
  /** Reports of the listeners, newest last. */
  reports = [];
  mix = new FakeMix();
  management = new FakeManagement(this);
  texts = new FakeTexts();
  /** Requests that came but for the page's own files, such as "POST /v1/channels/lobby/pause", with their bodies. @type {{what: string, body: any}[]} */
  requests = [];
  /** Whether events of the channel's phase are sent. */
  tellsPhases = false;
  /** How long the voice needs before it speaks, in ms. */
  thinkMs = 0;
  /** Until when the voice thinks, if set. @type {Promise<void> | null} */
  thought = null;
  epoch = 17;
  gen = 1;
  /** Its address, once it was started. */
  url = "";
  /** Number of handshakes so far. */
  handshakes = 0;
  /** Whether new listeners are refused, as if the network were down. */
  refusing = false;
  /** Until when the network lets nothing through. */
  stalledUntil = 0;
  /** Whether no request is answered either. */
  away = false;
  /** The key that every caller must show, if set. @type {string | null} */
  key = null;
  /** Close code and reason that answer every handshake, if set. @type {{code: number, reason: string} | null} */
  refusal = null;

  /**
   * @param {{leadMs?: number, jitterMs?: number, random?: () => number, sample?: (index: number) => number, packets?: Uint8Array[]}} [options]
   *   `jitterMs`: every message is delayed by 0 to this, in order, as with TCP; `packets`: it sends these Opus packets, one for each frame of the timeline
   */
  constructor({ leadMs = 100, jitterMs = 0, random = Math.random, sample = selfIndexing, packets } = {}) {
    Object.assign(this, { leadMs, jitterMs, random, sample, packets });
    this.#server.on("upgrade", (request, socket, head) => this.#upgrade(request, socket, head));
  }

  #upgrade(request, socket, head) {
    this.handshakes++;
    if (this.refusing) {
      socket.destroy();
      return;
    }
    this.#sockets.handleUpgrade(request, socket, head, (webSocket) => {
      const offered = (request.headers["sec-websocket-protocol"] ?? "").split(/, */);
      const refusal = this.key && !offered.includes(`bearer.${this.key}`) ? NEEDS_KEY : this.refusal;
      if (refusal) {
        webSocket.close(refusal.code, refusal.reason);
        return;
      }
      const listener = new FakeListener(this, webSocket);
      this.listeners.add(listener);
      webSocket.on("close", () => this.listeners.delete(listener));
    });
  }

  /** @returns {Promise<string>} its address */
  async start() {
    await new Promise((resolve) => this.#server.listen(0, "127.0.0.1", () => resolve(undefined)));
    this.url = `http://127.0.0.1:${this.#server.address().port}`;
    return this.url;
  }

  async close() {
    clearTimeout(this.#timer);
    this.cutOff();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Breaks every listener's connection without a message. */
  cutOff() {
    for (const listener of this.listeners) listener.cutOff();
  }

  /** Dies, as by SIGKILL: whatever it knew is gone. Nobody can reach it until {@link rise}. */
  die() {
    clearTimeout(this.#timer);
    this.refusing = this.away = true;
    this.cutOff();
    this.#pending = [];
    this.#pos = 0;
    this.#dueMs = -Infinity;
    this.texts.forget();
    this.entries = [];
    this.gen = 1;
    this.epoch++;
  }

  /** Serves again, as a new process on the same port. */
  rise() {
    this.refusing = this.away = false;
  }

  /** Queues an utterance after the voice has thought. @param {{samples: number, text: string, voice?: string}} text @returns {string} its id */
  ask(text) {
    const id = this.texts.add(text);
    if (this.thinkMs === 0 && !this.thought) return this.speak({ ...text, id }).id;
    if (this.tellsPhases) this.announce({ t: "state", phase: "synthesizing" });
    const thought = this.thought ?? new Promise((resolve) => setTimeout(resolve, this.thinkMs));
    void thought.then(() => this.speak({ ...text, id }));
    return id;
  }

  /** Queues an utterance. @returns {{id: string, pos: number, samples: number}} */
  speak({ samples, text = "A test.", voice = "Cherry", id = this.texts.add({ text, voice, samples }) }) {
    const now = performance.now();
    if (this.#pending.length === 0 && now > this.#dueMs) {
      this.#dueMs = now;
      this.#queue({ t: "timeline", pos: this.#pos, ts_us: Math.round(now * 1000), group_delay_ms: 250 });
    }
    const utterance = { id, pos: this.#pos, samples };
    this.#queue({
      t: "utterance.started",
      id: utterance.id,
      gen: this.gen,
      pos: this.#pos,
      text,
      voice,
      language: "English",
    });
    if (this.tellsPhases) this.#queue({ t: "state", phase: "playing" });
    const frames = Math.ceil(samples / FRAME);
    const captions = captionsOf(text, frames);
    for (let i = 0; i < frames; i++) {
      for (const { from, to, part, parts } of captions.filter(({ frame }) => frame === i)) {
        const words = text.slice(from, to);
        this.#queue({ t: "caption", id: utterance.id, pos: this.#pos, text: words, from, to, part, parts });
      }
      this.#queueFrame((i === 0 ? FIRST : 0) | (i === frames - 1 ? LAST : 0), Math.min(FRAME, samples - i * FRAME));
    }
    this.#queue({ t: "utterance.ended", ...utterance, reason: "done" });
    if (this.tellsPhases) this.#queue({ t: "state", phase: "idle" });
    this.#release();
    return utterance;
  }

  /** Tells all listeners of something that happens now. @param {{t: string}} event */
  announce(event) {
    this.#pending.unshift({ message: event, pos: this.#pos, dueMs: 0 });
    this.#release();
  }

  /** Holds what is heard, or lets it go on. Nothing is released in between. @param {boolean} held */
  hold(held) {
    const pos = this.#pending.find(({ frame }) => frame)?.pos ?? this.#pos;
    if (this.#heldAtMs !== null) this.#goOn(performance.now() - this.#heldAtMs);
    this.announce({ t: held ? "pause" : "resume", pos });
    this.announce({ t: "state", phase: held ? "paused" : "playing" });
    if (held) this.#heldAtMs = performance.now();
  }

  /** Moves everything that waits to a later time, and ends the pause. @param {number} ms */
  #goOn(ms) {
    for (const entry of this.#pending) {
      entry.dueMs += ms;
      if (entry.frame) entry.frame.tsUs += Math.round(ms * 1000);
    }
    this.#dueMs += ms;
    this.#heldAtMs = null;
  }

  /** Says something that is no entry to every connection. @param {{t: string}} message */
  tell(message) {
    for (const listener of this.listeners) listener.say(message);
  }

  /** Cancels everything that is spoken and queued. @returns {number} the end of the released sound */
  clear() {
    const next = this.#pending.find(({ frame }) => frame);
    const ended = this.#pending.find(({ message }) => message?.t === "utterance.ended")?.message;
    this.#pos = next?.pos ?? this.#pos;
    this.#pending = [];
    this.#heldAtMs = null;
    this.#dueMs = -Infinity;
    this.gen++;
    const how = { scope: "all", drain_ms: 0, fade_ms: 5, continues: false, reason: "request" };
    const clear = { t: "clear", gen: this.gen, pos: this.#pos, next_seq: this.entries.length + 1, ...how };
    this.#pending.push({ message: clear, pos: this.#pos, dueMs: 0 });
    if (ended) {
      const message = { ...ended, samples: this.#pos - ended.pos, reason: "cleared" };
      this.#pending.push({ message, pos: this.#pos, dueMs: 0 });
    }
    this.texts.clear();
    if (this.tellsPhases) this.#pending.push({ message: { t: "state", phase: "idle" }, pos: this.#pos, dueMs: 0 });
    this.#release();
    return this.#pos;
  }

  /** Queues so many samples of a mix, in which nobody need speak. @param {number} samples */
  queueMix(samples) {
    const now = performance.now();
    if (this.#pending.length === 0 && now > this.#dueMs) {
      this.#dueMs = now;
      this.#queue({ t: "timeline", pos: this.#pos, ts_us: Math.round(now * 1000), group_delay_ms: 0 });
    }
    for (let i = 0; i < samples; i += FRAME) this.#queueFrame(MIXED, FRAME);
    this.#release();
  }

  /**
   * Cancels the queued sound of a mix. The mix goes on from 200 ms before what is heard: the new frames are sent with the clear.
   *
   * @param {number} samples of the new mix
   * @param {(shift: number) => (index: number) => number} sample of the new mix, of which every time lies further on by `shift`
   */
  clearAndGoOn(samples, sample) {
    const next = this.#pending.find(({ frame }) => frame);
    const pos = next?.pos ?? this.#pos;
    const back = Math.min(Math.floor(pos / FRAME), Math.ceil((this.leadMs + 200) / FRAME_MS)) * FRAME;
    this.#pending = [];
    this.#dueMs = (next?.dueMs ?? this.#dueMs) - back / 24;
    this.#pos = pos;
    this.gen++;
    this.sample = sample(back);
    const how = { scope: "all", drain_ms: 0, fade_ms: 5, continues: true, from_pos: pos - back, reason: "interrupt" };
    const clear = { t: "clear", gen: this.gen, pos, next_seq: this.entries.length + 1, ...how };
    this.#pending.push({ message: clear, pos, dueMs: 0 });
    for (let i = 0; i < samples; i += FRAME) this.#queueFrame(MIXED, FRAME);
    this.#release();
  }

  /** Lets nothing through for so long; everything comes afterwards. @param {number} ms */
  stall(ms) {
    this.stalledUntil = performance.now() + ms;
  }

  /** Resolves when the samples before `pos` are released. @param {number} pos */
  async released(pos) {
    for await (const [upTo] of on(this.#events, "released")) if (upTo >= pos) return;
  }

  /** Resolves with the first report from now on that fits. @param {(report: any) => boolean} fits */
  async reported(fits) {
    for await (const [report] of on(this.#events, "report")) if (fits(report)) return report;
  }

  onReport(report) {
    this.reports.push(report);
    this.#events.emit("report", report);
  }

  #queue(message) {
    this.#pending.push({ message, pos: this.#pos, dueMs: this.#dueMs });
  }

  #queueFrame(flags, count) {
    const { sample } = this;
    const [first, packet] = [this.#pos, this.packets?.[this.#pos / FRAME]];
    // Made when it is released: a long text must not hold the beginning up.
    const samples = () => Array.from({ length: FRAME }, (_, i) => (i < count ? sample(first + i) : 0));
    const tsUs = Math.round(this.#dueMs * 1000);
    this.#pending.push({
      frame: { flags, gen: this.gen, pos: first, tsUs, samples, packet },
      pos: this.#pos,
      dueMs: this.#dueMs,
    });
    this.#pos += FRAME;
    this.#dueMs += FRAME_MS;
  }

  #release() {
    clearTimeout(this.#timer);
    if (this.#heldAtMs !== null) return;
    const now = performance.now();
    while (this.#pending.length > 0 && this.#pending[0].dueMs - this.leadMs <= now) {
      const { message, frame, pos } = this.#pending.shift();
      const seq = this.entries.length;
      const data = frame
        ? encodeFrame({ ...frame, samples: frame.samples(), seq })
        : JSON.stringify({ t: message.t, seq, ...message });
      this.entries.push({ data, pos });
      if (message) this.texts.told(message);
      for (const listener of this.listeners) listener.offer(data);
      this.#events.emit("released", frame ? pos + FRAME : pos);
    }
    if (this.#pending.length === 0) return;
    this.#timer = setTimeout(() => this.#release(), Math.max(1, this.#pending[0].dueMs - this.leadMs - now));
  }
}
