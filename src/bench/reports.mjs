// What does a player's report cost? A thousand listeners at 100 ms a send with a report each second, then without reports, in turn.
//
//   node src/bench/reports.mjs [LISTENERS=1000] [RUNS=3] [SECONDS=4] [WARM=8] [MS=1000]
//
// Each run has a gateway of its own: cold and warm differ. CPU time of the gateway, in µs for a listener and second, and the difference for a
// report (with it a fifth of a question for the time, which listeners without reports do not ask either). Linux only.
import { build } from "./harness/build.mjs";
import { load, perListenerSecond } from "./harness/load.mjs";
import { machine } from "./harness/machine.mjs";
import { options } from "./harness/options.mjs";
import { gateway } from "./harness/servers.mjs";
import { batch } from "./harness/settings.mjs";

const wish = options({ LISTENERS: "1000", RUNS: "3", SECONDS: "4", WARM: "8", MS: "1000" });
const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** @param {number} reportMs 0: none */
async function once(reportMs) {
  const server = await gateway(batch(100));
  const phases = [`warm:${wish.WARM}`, `calm:${wish.SECONDS}`];
  const { phases: told, clean } = await load(server, { listeners: Number(wish.LISTENERS), speaks: true, reportMs, phases });
  await server.end();
  if (!clean) console.error("not clean");
  return perListenerSecond(told.calm);
}

build();
console.log(machine());
const [reporting, silent] = [[], []];
for (let run = 1; run <= Number(wish.RUNS); run++) {
  reporting.push(await once(Number(wish.MS)));
  silent.push(await once(0));
  console.error(`run ${run}: ${reporting.at(-1)?.toFixed(0)} µs a listener-second, ${silent.at(-1)?.toFixed(0)} without reports`);
}
const [more, less] = [median(reporting), median(silent)];
console.log(
  `${more.toFixed(0)} µs a listener-second, ${less.toFixed(0)} without reports: ` +
    `${(((more - less) * Number(wish.MS)) / 1000).toFixed(0)} µs a report after ${wish.WARM} s`,
);
process.exit(0);
