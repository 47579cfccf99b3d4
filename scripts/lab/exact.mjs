// Listeners that compare every sample with what was to be spoken, count each entry once, and come back to another node as the protocol says.
import { connect, message, text, upgrade } from "./clients.mjs";
import { FRAME, isFrameOf, soundOf } from "./known-voice.mjs";

const HEAD = 24;
const FIRST_WAIT_MS = 150;

/**
 * A listener of a channel.
 *
 * @param {{port: number}[]} nodes where it may listen, in their order
 * @param {number} at the one where it begins
 * @param {string} channel
 * @param {(seq: number, millis: number) => void} [onFrame] told of each frame and when it came
 */
export function exactListener(nodes, at, channel, onFrame) {
  const told = {
    channel, node: at, joined: false, frames: 0, wrong: 0, jumps: 0, repeats: 0, gaps: 0, lostMs: 0, came: 0, ok: 0, fresh: 0, faults: [],
    /** Utterances that were heard from their beginning, with their ends: by id. */
    ended: new Map(),
    seq: -1, firstSeq: -1, lateMs: 0, silentMs: 0, lastMs: NaN, joinLateMs: NaN,
  };
  let epoch = 0;
  let pos = -1;
  let now = null; // the utterance that is spoken
  let clock = NaN; // µs of the server's clock, less those of this process
  let replayTo = -1;
  let tries = 0;
  let bye = null;
  let leaving = false;
  let leave = () => {};
  let waits;
  const fault = (kind, what) => {
    told[kind]++;
    if (told.faults.length < 5) told.faults.push(`${kind}: ${what}`);
  };
  const micros = () => 1_000 * performance.now();

  function entry(seq) {
    if (told.firstSeq < 0) told.firstSeq = seq;
    if (told.seq >= 0 && seq !== told.seq + 1) fault(seq <= told.seq ? "repeats" : "jumps", `entry ${seq} behind ${told.seq}`);
    told.seq = seq;
  }

  function welcome(json) {
    told.joined = true;
    tries = 0;
    clock = json.server_us - micros();
    epoch = json.epoch;
    const status = json.resume?.status;
    if (status === "ok") {
      told.ok++;
      if (json.resume.from_seq !== told.seq + 1) fault("jumps", `resumed at ${json.resume.from_seq} behind ${told.seq}`);
    } else {
      if (status === "gap") fault("gaps", `at a resume, ${json.resume.missing_ms} ms`);
      if (status === "gap") told.lostMs += json.resume.missing_ms;
      if (status === "fresh") {
        told.fresh++;
        told.ended.clear(); // what it heard last was another node's; the channel went on elsewhere meanwhile
      }
      told.seq = -1;
      pos = -1;
      now = null;
    }
    if (!now) goOnWith(json.now);
  }

  /** Takes the utterance that is being spoken where it begins to hear it; its beginning is not there. */
  function goOnWith(earlier) {
    const started = earlier.find(({ t }) => t === "utterance.started");
    now = started ? { ...started, sound: soundOf(started.text), heard: -1 } : null;
  }

  function ended(json) {
    const heard = now?.id === json.id ? now : null;
    now = heard ? null : now;
    if (heard && heard.heard >= 0) {
      const frames = Math.ceil(json.samples / FRAME) * FRAME;
      if (heard.heard !== frames) fault("wrong", `${heard.heard} samples of ${frames} of ${json.id} were heard`);
      if (json.reason === "done" && json.samples !== heard.sound.samples) fault("wrong", `${json.id} ended after ${json.samples} of ${heard.sound.samples}`);
    }
    if (told.ended.has(json.id)) fault("repeats", `${json.id} ended twice`);
    told.ended.set(json.id, { reason: json.reason, samples: json.samples, pos: json.pos, code: json.error?.code ?? "" });
  }

  function event(json) {
    if (json.t === "welcome") return welcome(json);
    if (json.t === "replay") return void (replayTo = json.to_seq);
    if (json.t === "bye") return void (bye = json);
    if (json.t === "gap") {
      fault("gaps", `${json.cause}, ${json.ms} ms`);
      told.lostMs += json.ms;
      told.seq = -1;
      pos = -1;
      return void goOnWith(json.now);
    }
    if (json.seq === undefined) return;
    entry(json.seq);
    if (json.t === "utterance.started") now = { ...json, sound: soundOf(json.text), heard: 0 };
    else if (json.t === "utterance.ended") ended(json);
    else if (json.t === "stream" && json.epoch) epoch = json.epoch;
  }

  function frame(data, millis) {
    const seq = data.readUInt32BE(4);
    const at = Number(data.readBigUInt64BE(8));
    told.frames++;
    entry(seq);
    if (pos >= 0 && at !== pos) fault(at < pos ? "repeats" : "jumps", `sample ${at} behind ${pos}`);
    pos = at + FRAME;
    if (!now || !isFrameOf(now.sound, at - now.pos, data, HEAD)) fault("wrong", `the frame at ${at}, ${now ? at - now.pos : "?"} samples into ${now?.id}`);
    if (now && now.heard >= 0) now.heard += FRAME;
    if (!Number.isNaN(told.lastMs)) told.silentMs = Math.max(told.silentMs, millis - told.lastMs);
    told.lastMs = millis;
    const late = millis + (clock - Number(data.readBigInt64BE(16))) / 1_000;
    if (Number.isNaN(told.joinLateMs)) told.joinLateMs = late;
    if (seq > replayTo) told.lateMs = Math.max(told.lateMs, late);
    onFrame?.(seq, millis);
  }

  function join() {
    let rest = Buffer.alloc(0);
    let begun = false;
    let over = false;
    bye = null;
    const socket = connect(nodes[told.node].port);
    const silence = setTimeout(() => !begun && socket.destroy(), 5_000);
    socket.setNoDelay(true);
    socket.write(upgrade(nodes[told.node].port, channel, true));
    socket.on("data", (part) => {
      const millis = performance.now();
      rest = rest.length ? Buffer.concat([rest, part]) : part;
      if (!begun) {
        const end = rest.indexOf("\r\n\r\n");
        if (end < 0) return;
        if (!rest.toString("latin1", 0, 12).endsWith("101")) return void socket.destroy();
        rest = rest.subarray(end + 4);
        begun = true;
        socket.write(text({ t: "hello", v: 1, ...(told.seq >= 0 ? { resume: { epoch, seq: told.seq, ...(pos >= 0 ? { pos } : {}) } } : {}) }));
      }
      let from = 0;
      while (!over && rest.length - from >= 2) {
        const short = rest[from + 1] & 127;
        const head = short === 126 ? 4 : short === 127 ? 10 : 2;
        if (rest.length < from + head) break;
        const length = short === 126 ? rest.readUInt16BE(from + 2) : short === 127 ? Number(rest.readBigUInt64BE(from + 2)) : short;
        if (rest.length < from + head + length) break;
        const opcode = rest[from] & 15;
        const payload = rest.subarray(from + head, from + head + length);
        from += head + length;
        if (opcode === 2) frame(payload, millis);
        else if (opcode === 1) event(JSON.parse(payload.toString()));
        else if (opcode === 9) socket.write(message(10, payload));
        else if (opcode === 8) {
          over = true;
          socket.end(message(8, payload));
        }
      }
      rest = rest.subarray(from);
    });
    socket.on("close", () => {
      clearTimeout(silence);
      if (!leaving) again();
    });
    leave = () => socket.destroy();
  }

  function again() {
    if (told.joined) told.came++;
    told.node = (told.node + 1) % nodes.length;
    const scattered = Math.min(15_000, FIRST_WAIT_MS * 1.6 ** tries++) * (0.7 + 0.6 * Math.random());
    waits = setTimeout(join, bye?.resume ? bye.reconnect_after_ms : scattered);
  }

  join();
  return { told, leave: () => ((leaving = true), clearTimeout(waits), leave()) };
}
