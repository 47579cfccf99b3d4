import { performance } from "node:perf_hooks";

const LIMITS = { lag_ms: 3000, policy: "skip" };

/** The server's end of one listener's connection: greets, resumes, answers probes, and delays messages if the gateway's network is bad. */
export class FakeListener {
  #gateway;
  #socket;
  #greeted = false;
  /** @type {{at: number, data: string | ArrayBuffer}[]} */
  #held = [];
  #timer = null;
  #levelsTimer = null;
  #levels = "";

  /** @param {import("./fake-gateway.js").FakeGateway} gateway @param {import("ws").WebSocket} socket */
  constructor(gateway, socket) {
    this.#gateway = gateway;
    this.#socket = socket;
    socket.on("message", (data) => this.#receive(JSON.parse(String(data))));
    socket.on("close", () => {
      clearTimeout(this.#timer);
      clearInterval(this.#levelsTimer);
    });
  }

  cutOff() {
    this.#socket.terminate();
  }

  /** Sends an entry, late as the network has it, never before the one before. @param {string | ArrayBuffer} data */
  offer(data) {
    if (!this.#greeted) return;
    const { jitterMs, random, stalledUntil } = this.#gateway;
    const at = Math.max(performance.now() + random() * jitterMs, stalledUntil, this.#held.at(-1)?.at ?? 0);
    this.#held.push({ at, data });
    this.#flush();
  }

  #flush() {
    clearTimeout(this.#timer);
    const now = performance.now();
    while (this.#held.length > 0 && this.#held[0].at <= now) this.#socket.send(this.#held.shift().data);
    if (this.#held.length > 0) this.#timer = setTimeout(() => this.#flush(), Math.max(1, this.#held[0].at - now));
  }

  #receive(message) {
    const now = Math.round(performance.now() * 1000);
    if (message.t === "hello") this.#greet(message);
    else if (message.t === "time") this.offer(JSON.stringify({ t: "time", t0: message.t0, t1: now, t2: now }));
    else if (message.t === "report") this.#gateway.onReport(message);
  }

  /** Tells how loud the mix is, whenever that has changed. */
  #tellLevels() {
    const levels = JSON.stringify(this.#gateway.mix.levels());
    if (levels !== this.#levels) this.#socket.send(levels);
    this.#levels = levels;
  }

  #greet({ resume, formats, levels }) {
    const { epoch, entries, leadMs, gen, packets } = this.#gateway;
    if (packets && formats[0] !== "opus/48000/1") throw new Error("this listener wants no Opus");
    const ok = resume?.epoch === epoch && resume.seq < entries.length;
    const fromSeq = ok ? resume.seq + 1 : entries.length;
    const status = ok ? "ok" : "fresh";
    this.say({
      t: "welcome",
      v: 1,
      conn: "c1",
      channel: "lobby",
      epoch,
      head_seq: entries.length - 1,
      timeline_hz: 24000,
      clock: "fake",
      server_us: Math.round(performance.now() * 1000),
      report_ms: 1000,
      limits: LIMITS,
      ...(resume ? { resume: { status, from_seq: fromSeq, missing_ms: 0 } } : {}),
      now: [],
    });
    this.say({
      t: "stream",
      codec: packets ? "opus" : "pcm_s16le",
      rate: packets ? 48000 : 24000,
      ch: 1,
      frame_ms: 20,
      lead_ms: leadMs,
      batch_ms: 20,
      preskip: packets ? 312 : 0,
      gen,
    });
    if (ok && fromSeq < entries.length) {
      this.say({ t: "replay", from_seq: fromSeq, to_seq: entries.length - 1, play_from_pos: entries[fromSeq].pos });
      for (const { data } of entries.slice(fromSeq)) this.#socket.send(data);
    }
    if (!ok && packets) this.#preRoll(entries);
    this.#greeted = true;
    if (levels) this.#levelsTimer = setInterval(() => this.#tellLevels(), 100);
  }

  /** The last four frames, for the decoder alone. @param {{data: string | ArrayBuffer, pos: number}[]} entries */
  #preRoll(entries) {
    const from = entries.map(({ data }) => typeof data !== "string").lastIndexOf(true) - 3;
    if (from < 0) return;
    const playFrom = entries[from + 3].pos + 480;
    this.say({ t: "replay", from_seq: from, to_seq: entries.length - 1, play_from_pos: playFrom });
    for (const { data } of entries.slice(from)) this.#socket.send(data);
  }

  /** @param {object} message */
  say(message) {
    this.#socket.send(JSON.stringify(message));
  }
}
