// Asks both ports for readiness five times a second, on a thread of its own, and tells how long each answer took. Comes from another address than
// the attackers: TLS handshakes of one address wait for each other.
import { setTimeout as after } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { get } from "./gateway.mjs";

for (;;) {
  for (const [port, path] of [[workerData.port, "/readyz"], [workerData.management, "/actuator/health/readiness"]]) {
    parentPort.postMessage(await get(port, path, 10_000, workerData.secure, "127.0.0.2"));
  }
  await after(200);
}
