// What sound costs, measured: in µs of one core, and in bytes. From docs/performance.md, and of the cluster from scripts/lab/relay.mjs and published.mjs.

/** Entries of a channel that speaks, a second: its frames. */
export const ENTRIES_A_SECOND = 50;

export const COSTS = {
  /** A listener and a second of sound, at 20 and at 100 ms a send. */
  listener: { 20: 409, 100: 139 },
  /** An entry at the node that owns its channel: fetched from a service, released, stored, sent to a first listener. Measured: 97 to 121. */
  owner: 120,
  /** An entry at a node that follows its channel: taken, decoded, given to the ring, sent to a first listener. Measured: 48 to 52. */
  follower: 50,
  /** One more encoding of a frame as Opus, at each node with a listener of it, and that listener. */
  opus: 107,
  /** An entry in Redis: stored; and published to each node that follows, if no others come with it (0.8 if sixteen do). */
  redisStored: 22,
  redisPublished: 4.2,
  /** Bytes of an entry to Redis, and from Redis to each node. */
  bytesStored: 1_240,
  bytesPublished: 1_096,
};

/** Bytes of a message with its head: 24 of the entry, 4 or 2 of the WebSocket. */
export const MESSAGE_BYTES = { PCM: 960 + 24 + 4, Opus: 80 + 24 + 2 };
/** Bytes of heads of Ethernet, IP and TCP with its time stamps, for each packet. */
const PACKET_HEADS = 14 + 20 + 32;
const PACKET_BYTES = 1_448;

/** Returns the bytes a second on the wire to one listener, with so many ms of sound in a send. */
export function wireBytes(format, sendMs) {
  const sends = 1_000 / sendMs;
  const bytes = (MESSAGE_BYTES[format] * sendMs) / 20;
  return sends * (bytes + Math.ceil(bytes / PACKET_BYTES) * PACKET_HEADS);
}

/** A node, and a Redis, and how much of it may be in use: the rest is for peaks, and for the listeners of a node that has died. */
export const MACHINE = { cores: 4, gbits: 5, share: 0.6 };
export const STORE = { cores: 1, gbits: 5, share: 0.6 };
