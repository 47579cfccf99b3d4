// What does a join cost with a key or a ticket, beside one without? Two gateways that run: one without keys, one with a key for everything.
//
//   node src/bench/joins.mjs OPEN=http://127.0.0.1:8080 OPEN_PID=… KEYED=http://127.0.0.1:8090 KEYED_PID=… KEY=stk_… [JOINS=1000] [ROUNDS=5]
//
// A join is a connection, its handshake, hello and welcome, and its end. CPU time of the gateway's whole process; medians. Linux only.
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { options } from "./harness/options.mjs";

const { OPEN, OPEN_PID, KEYED, KEYED_PID, KEY, JOINS, ROUNDS } = options({
  OPEN: "http://127.0.0.1:8080",
  OPEN_PID: "",
  KEYED: "http://127.0.0.1:8090",
  KEYED_PID: "",
  KEY: "",
  JOINS: "1000",
  ROUNDS: "5",
});
const AT_A_TIME = 8;
const HELLO = masked('{"t":"hello","v":1}');

const made = await fetch(`${KEYED}/v1/tickets`, {
  method: "POST",
  headers: { authorization: `Bearer ${KEY}`, "content-type": "application/json" },
  body: '{"channel":"lobby","use":"many"}',
});
const { ticket } = await made.json();
const ways = [
  { name: "without", url: OPEN, pid: OPEN_PID, query: "", header: "" },
  { name: "key", url: KEYED, pid: KEYED_PID, query: "", header: `Authorization: Bearer ${KEY}\r\n` },
  { name: "ticket", url: KEYED, pid: KEYED_PID, query: `?ticket=${ticket}`, header: "" },
];
const [without, key, byTicket] = ways;
const inTurn = [without, key, without, byTicket]; // both gateways have the same work, so that neither is warmer
const costs = new Map(ways.map(({ name }) => [name, /** @type {number[]} */ ([])]));
for (let i = 0; i < 3; i++) for (const way of inTurn) await round(way);
for (let i = 0; i < Number(ROUNDS); i++) for (const way of inTurn) costs.get(way.name)?.push(await round(way));
const base = median(costs.get("without") ?? []);
for (const [name, values] of costs) {
  const shown = values.map((value) => value.toFixed(0)).join(", ");
  console.log(`${name}: ${median(values).toFixed(0)} µs of CPU a join, ${(median(values) / base).toFixed(3)} × without (${shown})`);
}

/** Returns the CPU time of one join in µs. @param {typeof ways[0]} way */
async function round(way) {
  const before = cpuMicros(way.pid);
  let left = Number(JOINS);
  const worker = async () => {
    while (left-- > 0) await join(way);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
  return (cpuMicros(way.pid) - before) / Number(JOINS);
}

/** @param {typeof ways[0]} way */
function join({ url, query, header }) {
  const { hostname, port, host } = new URL(url);
  return new Promise((done, fail) => {
    const socket = connect(Number(port), hostname);
    let seen = "";
    socket.on("error", (error) => fail(new Error(`${error.message} after: ${seen}`)));
    socket.on("close", () => fail(new Error(`closed after: ${seen}`)));
    socket.on("data", (bytes) => {
      const upgraded = seen.includes("\r\n\r\n");
      seen += bytes.toString("latin1");
      if (!upgraded && seen.includes("\r\n\r\n")) socket.write(HELLO);
      if (!seen.includes('"t":"stream"')) return;
      socket.removeAllListeners("close");
      socket.destroy();
      done(undefined);
    });
    socket.write(
      `GET /v1/channels/lobby/listen${query} HTTP/1.1\r\nHost: ${host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: stentor.v1\r\n${header}\r\n`,
    );
  });
}

/** Returns a text frame as a client sends it, masked with zeros. @param {string} text */
function masked(text) {
  return Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)]);
}

/** @param {string} pid */
function cpuMicros(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1].split(" ");
  return (Number(fields[11]) + Number(fields[12])) * 10_000;
}

/** @param {number[]} values */
function median(values) {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
}
