// How many nodes an audience needs, and what gives out first: by sums of measured costs, and, beside them, by a simulation of nodes, Redis and
// listeners from the same costs. Prints the tables of docs/scaling.md; with WRITE=yes it writes them there.
import { readFileSync, writeFileSync } from "node:fs";
import { COSTS, ENTRIES_A_SECOND, MACHINE, STORE, wireBytes } from "./costs.mjs";
import { simulate } from "./simulation.mjs";

const SEND_MS = 100;
const bits = (bytes) => (8 * bytes) / 1e9;

/**
 * What one node uses, as shares of all that it has, if an audience is spread evenly over so many nodes.
 *
 * @param heardOn on how many nodes each channel has its listeners
 */
export function nodeUse({ audience, channels, format, nodes, heardOn }) {
  const here = audience / nodes;
  const owned = (channels * ENTRIES_A_SECOND) / nodes;
  const followed = owned * (heardOn - 1);
  const made = owned * COSTS.owner + followed * COSTS.follower + (format === "Opus" ? (owned + followed) * COSTS.opus : 0);
  return {
    processor: (here * COSTS.listener[SEND_MS] + made) / 1e6 / MACHINE.cores,
    network: bits(here * wireBytes(format, SEND_MS) + followed * COSTS.bytesPublished) / MACHINE.gbits,
  };
}

/** What Redis uses, as shares of all that it has. Without a second node there is none. */
export function storeUse({ channels, nodes, heardOn }) {
  if (nodes === 1) return { processor: 0, network: 0 };
  const entries = channels * ENTRIES_A_SECOND;
  return {
    processor: (entries * (COSTS.redisStored + (heardOn - 1) * COSTS.redisPublished)) / 1e6 / STORE.cores,
    network: bits(entries * (heardOn - 1) * COSTS.bytesPublished) / STORE.gbits,
  };
}

const highest = (use) => Object.entries(use).reduce((most, one) => (one[1] > most[1] ? one : most));
const fits = (row) => highest(nodeUse(row))[1] <= MACHINE.share;

/** Returns the fewest nodes that carry the audience, each below its share. @param apart whether the balancer sends a channel's listeners to few nodes */
function sized(audience, format, channels, apart) {
  for (let nodes = 1; ; nodes++) {
    // A channel that is heard on few nodes has as many of them as its audience needs, and one more.
    const heardOn = apart ? Math.min(nodes, 1 + Math.ceil(nodes / channels)) : nodes;
    const row = { audience, format, channels, nodes, heardOn, apart };
    if (fits(row)) return row;
  }
}

function row(...of) {
  const one = sized(...of);
  const [node, store] = [nodeUse(one), storeUse(one)];
  const [ofNode, ofStore] = [highest(node), highest(store)];
  const first = ofStore[1] / STORE.share > ofNode[1] / MACHINE.share ? `Redis: ${ofStore[0]}` : `node: ${ofNode[0]}`;
  return { ...one, node, store, first, sum: bits(one.audience * wireBytes(one.format, SEND_MS)) };
}

const thousands = (number) => number.toLocaleString("en-GB");
const percent = (share) => `${Math.round(100 * share)} %`;
const line = (cells) => `| ${cells.join(" | ")} |`;
const table = (head, rows) => [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
const spoken = ({ channels, apart }) => (channels === 1 ? "1" : `${channels}, ${apart ? "on few nodes each" : "on all nodes"}`);

const sizes = [[1, false], [100, false], [100, true]].flatMap(([channels, apart]) =>
  ["PCM", "Opus"].flatMap((format) => [10_000, 100_000, 1_000_000].map((audience) => row(audience, format, channels, apart))));

export function tables() {
  const model = table(
    ["channels", "format", "listeners", "nodes", "listeners a node", "a node's processor", "its network", "all of it, Gbit/s", "Redis' processor", "its network", "gives out first"],
    sizes.map((one) => [
      spoken(one), one.format, thousands(one.audience), one.nodes, thousands(Math.round(one.audience / one.nodes)), percent(one.node.processor),
      percent(one.node.network), one.sum.toFixed(1), percent(one.store.processor), percent(one.store.network), one.first,
    ]),
  );
  const checked = table(
    ["channels", "format", "listeners", "nodes", "processor: sum, simulated, busiest node", "network: sum, simulated", "Redis' processor: sum, simulated", "release to socket: p50, p99"],
    sizes.map((one) => {
      const found = simulate({ ...one, sendMs: SEND_MS });
      return [
        spoken(one), one.format, thousands(one.audience), one.nodes, `${percent(one.node.processor)}, ${percent(found.processor)}, ${percent(found.busiest)}`,
        `${percent(one.node.network)}, ${percent(found.network)}`, `${percent(one.store.processor)}, ${percent(found.store)}`,
        found.holds ? `${found.p50.toFixed(1)} ms, ${found.p99.toFixed(1)} ms` : "a queue grows",
      ];
    }),
  );
  return { model, checked };
}

/** Returns the page with the tables in their places. */
function written(page, { model, checked }) {
  return Object.entries({ model, checked }).reduce(
    (text, [name, rows]) => text.replace(new RegExp(`(<!-- ${name}:begin -->\n)[^]*?(\n<!-- ${name}:end -->)`), (_, begin, end) => begin + rows + end), page);
}

if (process.argv[1] && import.meta.url.endsWith(process.argv[1].split("/").at(-1))) {
  const file = "docs/scaling.md";
  const page = readFileSync(file, "utf8");
  const now = written(page, tables());
  if (process.env.WRITE) writeFileSync(file, now);
  else if (now !== page) {
    console.log("docs/scaling.md has other tables than these; WRITE=yes node scripts/lab/capacity.mjs writes them");
    Object.values(tables()).forEach((rows) => console.log(rows));
    process.exit(1);
  } else console.log("docs/scaling.md has these tables");
}
