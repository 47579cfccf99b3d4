// What one more subscriber costs Redis for an entry, in µs of its processor: entries of a frame's size, sixteen in a write (or TOGETHER), as nodes
// send them, to 0, 10 and 50 connections that read everything.
import net from "node:net";
import { once } from "node:events";
import { redis } from "./redis.mjs";

const ENTRIES = 20_000;
const TOGETHER = Number(process.env.TOGETHER ?? 16);
const store = await redis();
const entry = Buffer.alloc(1_080, 1);
const publish = Buffer.concat(Array(TOGETHER).fill(Buffer.concat([Buffer.from(`*3\r\n$7\r\nPUBLISH\r\n$1\r\nc\r\n$${entry.length}\r\n`), entry, Buffer.from("\r\n")])));

async function cost(subscribers) {
  const sockets = Array.from({ length: subscribers }, () => net.connect(store.port, "127.0.0.1"));
  for (const socket of sockets) {
    socket.write("SUBSCRIBE c\r\n");
    await once(socket, "data");
    socket.on("data", () => {});
  }
  const publisher = net.connect(store.port, "127.0.0.1");
  const cpu = async () => store.info().then((info) => 1e6 * (Number(info.used_cpu_user) + Number(info.used_cpu_sys)));
  const before = await cpu();
  for (let sent = 0; sent < ENTRIES; sent += TOGETHER) {
    publisher.write(publish);
    for (let answers = 0; answers < TOGETHER; ) answers += (await once(publisher, "data"))[0].toString("latin1").split("\r\n").length - 1;
  }
  const after = await cpu();
  publisher.destroy();
  sockets.forEach((socket) => socket.destroy());
  return (after - before) / ENTRIES;
}

const none = await cost(0);
for (const subscribers of [10, 50]) console.log(`${subscribers} subscribers: ${(((await cost(subscribers)) - none) / subscribers).toFixed(2)} µs for each and an entry`);
console.log(`none: ${none.toFixed(1)} µs an entry`);
await store.end();
