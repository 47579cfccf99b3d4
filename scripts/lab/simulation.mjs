// A discrete simulation of an audience: nodes with cores that do one thing after the other, a Redis that does one thing at a time, wires that
// carry one bit after the other, and listeners that are where chance put them. Its only figures are those of costs.mjs. It knows what sums do
// not: that nodes tick apart, that all sends of a tick wait for each other, and that no two nodes have as many listeners. Seeded.
import { COSTS, ENTRIES_A_SECOND, MACHINE, STORE, wireBytes } from "./costs.mjs";

const TICK = 1e6 / ENTRIES_A_SECOND; // µs
const TICKS = 35;
/** Ticks before which nothing is counted, so that all have begun. */
const COUNTED_FROM = 10;
/** A wait of more than this is a queue that only grows. */
const HELD_MICROS = 200_000;

function chance(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** How many of many rare things happen, if so many do on average. */
function poisson(mean, random) {
  if (mean > 50) return Math.max(0, Math.round(mean + Math.sqrt(mean) * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())));
  let count = -1;
  for (let left = 1; left > Math.exp(-mean); count++) left *= 1 - random();
  return count;
}

/** Waits by thousandths of a decade, with their weights. */
function histogram() {
  const bins = new Float64Array(9_000);
  let all = 0;
  return {
    add(micros, weight) {
      bins[Math.max(0, Math.min(bins.length - 1, Math.round(1_000 * Math.log10(Math.max(1, micros)))))] += weight;
      all += weight;
    },
    millis(share) {
      let sum = 0;
      const bin = bins.findIndex((weight) => (sum += weight) >= share * all);
      return 10 ** (bin / 1_000) / 1_000;
    },
  };
}

/** Things to do at their times, the earliest first; those of one time in the order in which they came. */
function agenda() {
  const heap = [];
  let number = 0;
  const before = (one, other) => one.at < other.at || (one.at === other.at && one.number < other.number);
  return {
    add(at, what) {
      const item = { at, what, number: number++ };
      let i = heap.push(item) - 1;
      for (let up = (i - 1) >> 1; i > 0 && before(item, heap[up]); up = (i - 1) >> 1) {
        heap[i] = heap[up];
        i = up;
      }
      heap[i] = item;
    },
    next() {
      const first = heap[0];
      const last = heap.pop();
      if (heap.length === 0) return first;
      let i = 0;
      for (let down = 1; down < heap.length; down = 2 * i + 1) {
        if (down + 1 < heap.length && before(heap[down + 1], heap[down])) down++;
        if (!before(heap[down], last)) break;
        heap[i] = heap[down];
        i = down;
      }
      heap[i] = last;
      return first;
    },
    isEmpty: () => heap.length === 0,
  };
}

/**
 * Simulates half a second in which all channels speak. Returns shares of what there is, and waits in ms from release to the socket.
 *
 * @param {{audience: number, format: string, channels: number, nodes: number, heardOn: number, sendMs: number, seed?: number}} what heardOn:
 *     on how many nodes each channel has its listeners
 */
export function simulate({ audience, format, channels, nodes, heardOn, sendMs, seed = 1 }) {
  const random = chance(seed);
  const { cores } = MACHINE;
  const sendMicros = (COSTS.listener[sendMs] * sendMs) / 1_000;
  const turns = sendMs / 20;
  const wireMicros = (8 * wireBytes(format, sendMs) * (sendMs / 1_000)) / (MACHINE.gbits * 1e3);
  const relayMicros = (8 * COSTS.bytesPublished) / (STORE.gbits * 1e3);
  const phase = Array.from({ length: nodes }, () => TICK * random());
  const waits = histogram();
  const store = { free: 0, wire: 0, busy: 0 };
  let longest = 0;
  /** What comes to each node: an entry of a channel, released at a time, with how many listen there. */
  const coming = Array.from({ length: nodes }, () => []);

  // The nodes that own channels release and store entries; Redis hands them on.
  const owners = Array.from({ length: channels }, (_, channel) => Math.floor((channel * nodes) / channels) % nodes);
  const audiences = owners.map((owner) => Array.from({ length: heardOn }, (_, i) => ({ node: (owner + i) % nodes, count: poisson(audience / channels / heardOn, random) })));
  const inOrder = owners.map((_, channel) => channel).sort((one, other) => phase[owners[one]] - phase[owners[other]]);
  for (let tick = 0; tick < TICKS; tick++) {
    for (const channel of inOrder) {
      const released = tick * TICK + phase[owners[channel]];
      store.free = Math.max(store.free, released) + (nodes > 1 ? COSTS.redisStored : 0);
      if (tick >= COUNTED_FROM && nodes > 1) store.busy += COSTS.redisStored + COSTS.redisPublished * (heardOn - 1);
      for (const { node, count } of audiences[channel]) {
        const isOwner = node === owners[channel];
        if (!isOwner) {
          store.free += COSTS.redisPublished;
          store.wire = Math.max(store.wire, store.free) + relayMicros;
        }
        coming[node].push({ tick, channel, released, count, at: isOwner ? released : store.wire, micros: isOwner ? COSTS.owner : COSTS.follower });
      }
    }
  }

  /** Has a node do all that comes to it; returns how long its cores were busy, and its wire. */
  function run(entries) {
    const free = new Float64Array(cores);
    const plan = agenda();
    let wire = 0;
    let [busy, sent] = [0, 0];
    const work = (core, micros, counts) => {
      if (counts) busy += micros;
      return (free[core] += micros);
    };
    // The clock is one thread; an encoder or a loop takes the core that is free first.
    const begin = (at, core, task) => plan.add(Math.max(at, free[core]), () => (free[core] > Math.max(at, now) ? begin(at, core, task) : ((free[core] = Math.max(free[core], now)), task())));
    let now = 0;
    const idlest = () => free.indexOf(Math.min(...free));
    for (const entry of entries) {
      const counts = entry.tick >= COUNTED_FROM;
      const send = (at) => {
        const turn = Math.floor((entry.count + ((entry.tick + entry.channel) % turns)) / turns);
        for (let loop = 0; loop < cores; loop++) {
          const part = Math.floor((turn + ((loop + entry.channel) % cores)) / cores);
          if (part > 0) begin(at, loop, () => sendTo(part, loop, counts, entry.released));
        }
      };
      begin(entry.at, 0, () => {
        const taken = work(0, entry.micros, counts);
        if (format !== "Opus") send(taken);
        else plan.add(taken, () => {
          const core = idlest();
          begin(taken, core, () => send(work(core, COSTS.opus, counts)));
        });
      });
    }
    function sendTo(part, loop, counts, released) {
      const from = now;
      const done = work(loop, part * sendMicros, counts);
      wire = Math.max(wire, from) + part * wireMicros;
      const last = Math.max(done, wire);
      longest = Math.max(longest, last - released);
      if (!counts) return;
      sent += part * wireMicros;
      for (const share of [0.25, 0.5, 0.75, 1]) waits.add(from + share * (last - from) - released, part / 4);
    }
    while (!plan.isEmpty()) {
      const { at, what } = plan.next();
      now = at;
      what();
    }
    return { busy, sent };
  }

  const time = (TICKS - COUNTED_FROM) * TICK;
  const used = coming.map(run);
  const mean = (what) => used.reduce((sum, one) => sum + one[what], 0) / nodes;
  return {
    processor: mean("busy") / time / cores, busiest: Math.max(...used.map(({ busy }) => busy)) / time / cores, network: mean("sent") / time,
    store: store.busy / time / STORE.cores, p50: waits.millis(0.5), p99: waits.millis(0.99), holds: longest < HELD_MICROS,
  };
}
