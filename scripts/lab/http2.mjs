// Clients of HTTP/2 over TLS that keep no rules: frames by hand, so that nothing of a library is in the way.
import tls from "node:tls";

const [DATA, HEADERS, RST_STREAM, SETTINGS, PING, CONTINUATION] = [0, 1, 3, 4, 6, 9];
const [END_STREAM, END_HEADERS] = [1, 4];
const PREFACE = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
const PER_WRITE = 200;

function frame(type, flags, stream, payload = Buffer.alloc(0)) {
  const head = Buffer.alloc(9);
  head.writeUIntBE(payload.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, payload]);
}

/** A field of a header that is not indexed, RFC 7541, section 6.2.2; names and values of less than 127 bytes. */
const field = (name, value) => Buffer.concat([Buffer.from([0, name.length]), Buffer.from(name), Buffer.from([value.length]), Buffer.from(value)]);

const block = (method, path) =>
  Buffer.concat([field(":method", method), field(":scheme", "https"), field(":path", path), field(":authority", "localhost")]);

const request = (stream, path, flags = END_STREAM | END_HEADERS, method = "GET") => frame(HEADERS, flags, stream, block(method, path));

/** The setting of the window that each stream begins with. */
const window = (bytes) => {
  const payload = Buffer.alloc(6);
  payload.writeUInt16BE(4, 0);
  payload.writeUInt32BE(bytes, 2);
  return frame(SETTINGS, 0, 0, payload);
};

const open = new Set();
export const endAllHttp2 = () => open.forEach((socket) => socket.destroy());

/** One client, which comes back when it is sent away, as an attacker does. `begin` gets what writes, and what is to be repeated. */
function client(port, begin, { reads = false } = {}) {
  let on = true;
  let sent = 0;
  let closed = 0;
  let socket;
  const connect = () => {
    socket = tls.connect({ port, host: "127.0.0.1", ALPNProtocols: ["h2"], rejectUnauthorized: false });
    open.add(socket);
    const mine = socket;
    mine.on("error", () => {});
    mine.on("close", () => {
      open.delete(mine);
      closed++;
      if (on) setTimeout(connect, 50);
    });
    if (reads) mine.on("data", () => {});
    mine.once("secureConnect", () => {
      mine.write(Buffer.concat([PREFACE, frame(SETTINGS, 0, 0)]));
      const next = begin(mine);
      const more = () => {
        while (on && next && !mine.destroyed && mine.writableLength < 1_000_000) {
          sent++;
          if (!mine.write(next(), () => on && setImmediate(more))) return;
        }
      };
      more();
    });
  };
  connect();
  return { sent: () => sent, closed: () => closed, end: () => ((on = false), socket.destroy()) };
}

const PINGS = Buffer.concat(Array(PER_WRITE).fill(frame(PING, 0, 0, Buffer.alloc(8))));
const NO_SETTINGS = Buffer.concat(Array(PER_WRITE).fill(frame(SETTINGS, 0, 0)));

/** Floods with pings and reads no answer. */
export const http2Pinger = (port) => client(port, () => () => PINGS);

/** Floods with settings, each of which wants to be acknowledged, and reads nothing. */
export const http2Settler = (port) => client(port, () => () => NO_SETTINGS);

/** Opens streams and resets each at once. */
export function resetter(port, path) {
  return client(port, () => {
    let stream = -1;
    return () => Buffer.concat(Array.from({ length: PER_WRITE }, () => {
      stream += 2;
      return Buffer.concat([request(stream, path), frame(RST_STREAM, 0, stream, Buffer.alloc(4))]);
    }));
  }, { reads: true });
}

/** Opens more streams than there may be, and never agrees to the limit. */
export function opener(port, path) {
  return client(port, () => {
    let stream = -1;
    return () => Buffer.concat(Array.from({ length: PER_WRITE }, () => request((stream += 2), path)));
  }, { reads: true });
}

/** Begins a header that never ends, and goes on with it in small pieces. */
export function continuer(port) {
  return client(port, (socket) => {
    socket.write(request(1, "/", END_STREAM));
    return () => Buffer.concat(Array.from({ length: PER_WRITE }, (_, i) => frame(CONTINUATION, 0, 1, field(`x-${i}`, "y"))));
  }, { reads: true });
}

/** Says half a head and waits. */
export const halfHeads = (port, count) => crowd(count, () => client(port, (socket) => void socket.write(request(1, "/").subarray(0, 14)), { reads: true }));

/** Opens bodies that never end. */
export const halfBodies = (port, count, streams) =>
  crowd(count, () =>
    client(port, (socket) => {
      for (let stream = 1; stream < 2 * streams; stream += 2) {
        socket.write(Buffer.concat([request(stream, "/v1/audio/speech", END_HEADERS, "POST"), frame(DATA, 0, stream, Buffer.from("{"))]));
      }
    }, { reads: true }));

/** Opens feeds that it lets send a few bytes only, and holds them open. */
export const shutWindows = (port, count, streams, path) =>
  crowd(count, () =>
    client(port, (socket) => {
      socket.write(window(100));
      for (let stream = 1; stream < 2 * streams; stream += 2) socket.write(request(stream, path));
    }, { reads: true }));

/** Opens feeds and reads nothing at all. */
export const unread = (port, count, streams, path) =>
  crowd(count, () =>
    client(port, (socket) => {
      for (let stream = 1; stream < 2 * streams; stream += 2) socket.write(request(stream, path));
    }));

function crowd(count, make) {
  const all = Array.from({ length: count }, make);
  return { closed: () => all.reduce((sum, each) => sum + each.closed(), 0), end: () => all.forEach((each) => each.end()) };
}
