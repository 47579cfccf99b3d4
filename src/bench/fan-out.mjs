// What one more listener costs a running gateway: CPU per delivered frame, loss, and the time to first sound.
//
//   node src/bench/fan-out.mjs GATEWAY_URL=http://127.0.0.1:8080 PID=<the gateway's process> [LISTENERS=200] [SECONDS=20]
//
// Linux only: CPU time comes from /proc. `npm ci` in web-demo first. The window begins once the engine has done its work, so
// that the figure is that of pacing, fan-out and sockets alone. One listener more connects and never reads.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { setTimeout as after } from "node:timers/promises";

const { WebSocket } = createRequire(new URL("../../web-demo/package.json", import.meta.url))("ws");
const options = { LISTENERS: "200", SECONDS: "20", ...process.env };
for (const argument of process.argv.slice(2)) options[argument.split("=")[0]] = argument.slice(argument.indexOf("=") + 1);
const { GATEWAY_URL, PID } = options;
const listeners = Number(options.LISTENERS);
const windowMs = Number(options.SECONDS) * 1000;
const channel = `bench-${process.pid}`;
const TICKS_PER_SECOND = 100;

/** A listener that counts frames and keeps a running hash of every message of the ring. */
function listen(reads = true) {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`${GATEWAY_URL.replace("http", "ws")}/v1/channels/${channel}/listen`, "stentor.v1");
    const state = { socket, frames: 0, hash: createHash("sha256"), gaps: 0, ended: null, firstFrame: 0 };
    state.end = new Promise((done) => (state.ended = done));
    socket.on("error", reject);
    socket.on("open", () => socket.send('{"t":"hello","v":1}'));
    socket.on("message", (data, binary) => {
      if (binary) {
        state.firstFrame ||= performance.now();
        state.frames++;
        state.hash.update(data);
        return;
      }
      const text = data.toString();
      const { t } = JSON.parse(text);
      if (t === "stream") {
        if (!reads) socket.pause();
        resolve(state);
      } else if (t === "gap") state.gaps++;
      else if (t === "utterance.ended") state.ended();
    });
  });
}

/** @param {string} text */
async function speak(text) {
  const started = performance.now();
  const response = await fetch(`${GATEWAY_URL}/v1/channels/${channel}/utterances`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ text }),
  });
  if (response.status !== 201) throw new Error(`${response.status}: ${await response.text()}`);
  return started;
}

function cpuMicros() {
  const fields = readFileSync(`/proc/${PID}/stat`, "utf8").replace(/^.*\) /, "").split(" ");
  return ((Number(fields[11]) + Number(fields[12])) * 1e6) / TICKS_PER_SECOND;
}

const deaf = await listen(false);
const all = await Promise.all(Array.from({ length: listeners }, () => listen()));
const delivered = () => all.reduce((sum, { frames }) => sum + frames, 0);

const sentence = "Every listener of this channel hears the very same words at the very same time. ";
const started = await speak(sentence.repeat(Math.ceil(windowMs / 1000 / 4) + 4));
await after(8000);
const firstSound = Math.max(...all.map(({ firstFrame }) => firstFrame)) - started;
const [cpu, frames, begun] = [cpuMicros(), delivered(), performance.now()];
await after(windowMs);
const [cpuUsed, framesSent, wall] = [cpuMicros() - cpu, delivered() - frames, performance.now() - begun];
await Promise.all(all.map(({ end }) => end));

const hashes = new Set(all.map(({ hash }) => hash.digest("hex")));
const gaps = all.reduce((sum, state) => sum + state.gaps, 0);
console.log(`listeners ${listeners} + 1 that never reads, window ${(wall / 1000).toFixed(1)} s`);
console.log(`frames per listener ${new Set(all.map((state) => state.frames)).size === 1 ? all[0].frames : "DIFFER"}, ` +
  `identical bytes ${hashes.size === 1 ? "yes" : "NO"}, gaps ${gaps}`);
console.log(`first sound at the last listener ${firstSound.toFixed(0)} ms after the request`);
console.log(`delivered ${framesSent} frames, CPU ${(cpuUsed / 1e6).toFixed(2)} s: ${(cpuUsed / framesSent).toFixed(2)} µs a frame`);
[deaf, ...all].forEach(({ socket }) => socket.terminate());
process.exitCode = hashes.size === 1 && gaps === 0 ? 0 : 1;
