// A way to a port that can fall silent: connections stay open, new ones are accepted, and no byte passes until it is healed. Loopback only.
import net from "node:net";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";

/** Opens a way to a port, on a thread of its own: what is busy with listeners must not make it silent. */
export async function silentProxy(target) {
  const worker = new Worker(new URL(import.meta.url), { workerData: { target } });
  const port = await new Promise((resolve) => worker.once("message", resolve));
  return { port, cut: () => worker.postMessage("cut"), heal: () => worker.postMessage("heal"), end: () => worker.terminate() };
}

if (!isMainThread && workerData?.target) {
  const sockets = new Set();
  let cut = false;
  const server = net.createServer((client) => {
    const pair = [client, net.connect(workerData.target, "127.0.0.1")];
    for (const [from, to] of [pair, pair.toReversed()]) {
      sockets.add(from);
      from.setNoDelay(true);
      from.on("data", (part) => to.write(part));
      from.on("error", () => {});
      // What was sent before a side was closed still arrives, once the way is open.
      from.on("end", () => to.end());
      from.on("close", () => (sockets.delete(from), to.end()));
      if (cut) from.pause();
    }
  });
  parentPort.on("message", (what) => {
    cut = what === "cut";
    sockets.forEach((socket) => (cut ? socket.pause() : socket.resume()));
  });
  server.listen(0, "127.0.0.1", () => parentPort.postMessage(server.address().port));
}
