// Clients on plain sockets: good listeners that look at every sample, and bad ones of each kind.
import net from "node:net";
import tls from "node:tls";

const KEY = "AAAAAAAAAAAAAAAAAAAAAA==";

/** The credential that all clients show, if the gateway wants one. */
export const credential = { key: "" };

/** Whether the gateway's port speaks TLS. */
export const transport = { secure: false };

const open = new Set();

/** @returns {net.Socket} a socket whose errors are nobody's concern */
export function connect(port) {
  const to = { port, host: "127.0.0.1" };
  const socket = transport.secure ? tls.connect({ ...to, rejectUnauthorized: false }) : net.connect(to);
  open.add(socket);
  socket.on("error", () => {});
  socket.on("close", () => open.delete(socket));
  return socket;
}

export const upgrade = (port, channel, protocol) =>
  `GET /v1/channels/${channel}/listen HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
  `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${KEY}\r\n${credential.key && `Authorization: Bearer ${credential.key}\r\n`}${protocol ? "Sec-WebSocket-Protocol: stentor.v1\r\n" : ""}\r\n`;

/** A masked message of a client; the mask is zero. */
export function message(opcode, payload) {
  const data = Buffer.from(payload);
  const head = data.length < 126 ? Buffer.from([0x80 | opcode, 0x80 | data.length, 0, 0, 0, 0]) : Buffer.alloc(8);
  if (data.length >= 126) {
    head[0] = 0x80 | opcode;
    head[1] = 0x80 | 126;
    head.writeUInt16BE(data.length, 2);
  }
  return Buffer.concat([head, data]);
}

export const text = (json) => message(1, JSON.stringify(json));

/**
 * A listener of stentor.v1 that reads everything, answers pings, and checks that no entry and no sample is missing. Until it has joined, it
 * comes back when it is sent away, as players do; once it has, a close is a fault.
 */
export function listener(port, channel) {
  const told = { frames: 0, gaps: 0, lostMillis: 0, jumps: 0, closed: 0, turnedAway: 0, joined: false };
  let leave = join(port, channel, told, again);
  let waits;
  function again() {
    told.turnedAway++;
    waits = setTimeout(() => (leave = join(port, channel, told, again)), 1_000);
  }
  return { told, leave: () => (clearTimeout(waits), leave()) };
}

function join(port, channel, told, again) {
  let seq = -1;
  let pos = -1n;
  let rest = Buffer.alloc(0);
  let begun = false;
  let leaving = false;
  const socket = connect(port);
  socket.write(upgrade(port, channel, true));
  const entry = (number) => {
    if (seq >= 0 && number !== (seq + 1) >>> 0) told.jumps++;
    seq = number;
  };
  const event = (json) => {
    if (json.t === "welcome") {
      told.joined = true;
    } else if (json.t === "gap") {
      told.gaps++;
      told.lostMillis += json.ms;
      seq = -1;
      pos = -1n;
    } else if (json.seq !== undefined) {
      entry(json.seq >>> 0);
    }
  };
  const frame = (data) => {
    told.frames++;
    entry(data.readUInt32BE(4));
    const at = data.readBigUInt64BE(8);
    if (pos >= 0n && at !== pos) told.jumps++;
    pos = at + 480n;
  };
  socket.on("data", (part) => {
    rest = Buffer.concat([rest, part]);
    if (!begun) {
      const end = rest.indexOf("\r\n\r\n");
      if (end < 0) return;
      if (!rest.toString("latin1", 0, 12).endsWith("101")) return void socket.destroy();
      rest = rest.subarray(end + 4);
      begun = true;
      socket.write(text({ t: "hello", v: 1, client: { id: `lab-${Math.floor(1e9 * Math.random())}` } }));
    }
    for (;;) {
      if (rest.length < 2) return;
      const short = rest[1] & 127;
      const head = short === 126 ? 4 : short === 127 ? 10 : 2;
      if (rest.length < head) return;
      const length = short === 126 ? rest.readUInt16BE(2) : short === 127 ? Number(rest.readBigUInt64BE(2)) : short;
      if (rest.length < head + length) return;
      const payload = rest.subarray(head, head + length);
      const opcode = rest[0] & 15;
      rest = rest.subarray(head + length);
      if (opcode === 1) event(JSON.parse(payload.toString()));
      else if (opcode === 2) frame(payload);
      else if (opcode === 9) socket.write(message(10, payload));
    }
  });
  const reports = setInterval(() => {
    if (told.joined) socket.write(text({ t: "report", pos: Number(pos < 0n ? 0n : pos), gen: 1, buffer_ms: 100, underruns: 0, state: "buffering" }));
  }, 1_000);
  socket.on("close", () => {
    clearInterval(reports);
    if (leaving) return;
    if (told.joined) told.closed++;
    else again();
  });
  return () => ((leaving = true), clearInterval(reports), socket.destroy());
}

/** A client that sends the same bytes as fast as the gateway takes them, and never reads. */
function flood(port, channel, protocol, first, bytes) {
  const socket = connect(port);
  let on = true;
  let sent = 0;
  socket.write(upgrade(port, channel, protocol));
  const more = () => {
    while (on && !socket.destroyed && socket.writableLength < 1_000_000) {
      sent++;
      if (!socket.write(bytes, () => on && setImmediate(more))) return;
    }
  };
  socket.once("data", () => {
    socket.pause();
    if (first) socket.write(first);
    more();
  });
  return { sent: () => sent, end: () => ((on = false), socket.destroy()) };
}

const PINGS = Buffer.concat(Array(200).fill(message(9, Buffer.alloc(125, 120))));
const SAYS = Buffer.concat(Array(100).fill(text({ t: "say", ref: "x".repeat(60), text: "no" })));
const TIMES = Buffer.concat(Array(200).fill(text({ t: "time", t0: 1 })));

export const pinger = (port, channel, protocol = false) => flood(port, channel, protocol, protocol ? text({ t: "hello", v: 1 }) : null, PINGS);
export const sayer = (port, channel) => flood(port, channel, true, text({ t: "hello", v: 1 }), SAYS);
export const asker = (port, channel) => flood(port, channel, true, text({ t: "hello", v: 1 }), TIMES);

/** A listener that joins and then never reads. */
export function stalled(port, channel) {
  const socket = connect(port);
  socket.write(upgrade(port, channel, true));
  socket.once("data", () => {
    socket.pause();
    socket.write(text({ t: "hello", v: 1 }));
  });
  return { end: () => socket.destroy() };
}

/** Connections that say so much and no more; counts those that the gateway has closed. */
export function silent(port, count, bytes) {
  let closed = 0;
  const sockets = Array.from({ length: count }, () => {
    const socket = connect(port);
    socket.on("close", () => closed++);
    socket.on("data", () => {});
    if (bytes) socket.write(bytes);
    return socket;
  });
  return { closed: () => closed, end: () => sockets.forEach((socket) => socket.destroy()) };
}

/** Handshakes without a hello, 2,500 a second; counts the close codes with which the gateway sends them away. */
export function speechless(port, channel, count) {
  const sockets = [];
  const codes = {};
  let upgraded = 0;
  let closed = 0;
  let on = true;
  const open = () => {
    const socket = connect(port);
    let rest = Buffer.alloc(0);
    let head = false;
    sockets.push(socket);
    socket.write(upgrade(port, channel, true));
    socket.on("data", (part) => {
      rest = Buffer.concat([rest, part]);
      const end = head ? 0 : rest.indexOf("\r\n\r\n") + 4;
      if (!head && end < 4) return;
      if (!head) upgraded++;
      head = true;
      rest = rest.subarray(end);
      if (rest.length >= 4 && rest[0] === 0x88) {
        const code = rest.readUInt16BE(2);
        codes[code] = (codes[code] ?? 0) + 1;
        socket.end();
      }
    });
    socket.on("close", () => closed++);
  };
  const more = () => {
    for (let i = 0; i < 25 && sockets.length < count; i++) open();
    if (on && sockets.length < count) setTimeout(more, 10);
  };
  more();
  return { upgraded: () => upgraded, codes, closed: () => closed, end: () => ((on = false), sockets.forEach((socket) => socket.destroy())) };
}

/** Sends one request as a foreign page does; resolves with its status. */
export function foreignPage(port, path) {
  return new Promise((resolve) => {
    const socket = connect(port);
    let answer = "";
    socket.on("data", (part) => (answer += part));
    socket.on("close", () => resolve(Number(answer.split(" ")[1] ?? 0)));
    socket.write(
      `POST ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: https://evil.example\r\nSec-Fetch-Site: cross-site\r\n` +
        "Content-Length: 0\r\nConnection: close\r\n\r\n",
    );
  });
}

/** Sends bytes that are no request. */
export function rubbish(port) {
  const socket = connect(port);
  const bytes = Buffer.alloc(2_000);
  for (let i = 0; i < bytes.length; i++) bytes[i] = Math.floor(Math.random() * 256);
  socket.write(bytes);
  setTimeout(() => socket.destroy(), 500);
}

export const endAll = () => open.forEach((socket) => socket.destroy());
