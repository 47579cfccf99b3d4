// A look at a gateway that runs, with whatever voice it has: is every byte there, what does a frame cost, when is the first one heard.
//
//   node src/bench/look.mjs URL=http://127.0.0.1:8080 PID=<the gateway's process> [LISTENERS=200] [SECONDS=20]
//
// One listener more stops reading. Linux only; loopback only. The window begins once the engine has had 8 s to do its work.
import { build } from "./harness/build.mjs";
import { load, perFrame, perListenerSecond } from "./harness/load.mjs";
import { fail, options } from "./harness/options.mjs";

const { URL: url, PID, LISTENERS, SECONDS } = options({ URL: "http://127.0.0.1:8080", PID: "", LISTENERS: "200", SECONDS: "20" });
if (!PID) fail("PID=<the gateway's process> is needed: its CPU time is looked at");
const SENTENCE = "Every listener of this channel hears the very same words at the very same time. ";
const channel = `look-${process.pid}`;
let asked = 0;

const server = {
  pid: Number(PID),
  port: Number(new URL(url).port || 80),
  gcMark() {
    throw new Error("its log of the collector is not ours");
  },
  log: () => "",
  async speak() {
    asked = Number(process.hrtime.bigint() / 1000n);
    const response = await fetch(`${url}/v1/channels/${channel}-0/utterances`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ text: SENTENCE.repeat(Math.ceil(Number(SECONDS) / 4) + 4) }),
    });
    if (response.status !== 201) fail(`${response.status}: ${await response.text()}`);
  },
};

build({ programsOnly: true });
const phases = ["warm:8", `calm:${SECONDS}:stall=1`];
const run = await load(/** @type {any} */ (server), { listeners: Number(LISTENERS) + 1, speaks: true, source: false, channel, phases });
const { calm } = run.phases;
console.log(`${LISTENERS} listeners and one that stopped reading, ${calm.seconds.toFixed(1)} s: ${calm.frames} frames delivered`);
console.log(`identical bytes in order: ${run.clean ? "yes" : `NO ${JSON.stringify(run.end)}`}; gaps of those who read: ${calm.gaps}`);
console.log(`CPU ${perFrame(calm).toFixed(2)} µs a frame, ${perListenerSecond(calm).toFixed(0)} µs a listener and second`);
console.log(`released to received: p50 ${calm.latency.p50} µs, p99 ${calm.latency.p99} µs, p99.9 ${calm.latency.p999} µs`);
console.log(`first sound at the last listener ${((run.end.last_first_frame_us - asked) / 1000).toFixed(0)} ms after the request`);
process.exitCode = run.clean && calm.gaps === 0 ? 0 : 1;
