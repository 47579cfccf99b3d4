// How the gateway is told what the benchmarks vary; the one place to change if a setting is renamed.
import { gateway } from "./servers.mjs";

/** @param {string} strategy write, fd or ring */
export const send = (strategy) => [`--gateway.listen.send=${strategy}`];

/** So much sound goes into one send once an utterance has got going; the lead must hold it and 100 ms. @param {number} ms 20: no coalescing */
export const batch = (ms) => [`--gateway.listen.batch=${ms}ms`, ...(ms > 20 ? [`--gateway.channels.lead=${ms + 100}ms`] : [])];

const known = new Map();

/** Why a gateway does not start with these settings; null if it does. @param {string[]} settings */
export async function objection(settings) {
  const key = settings.join(" ");
  if (!known.has(key)) {
    try {
      await (await gateway(settings)).end();
      known.set(key, null);
    } catch (refused) {
      const lines = String(refused).split("\n").map((line) => line.trim()).filter(Boolean);
      const why = lines.filter((line) => /^(Property|Reason): /.test(line)).join("; ");
      known.set(key, why || lines[lines.indexOf("Description:") + 1] || "it did not start");
    }
  }
  return known.get(key);
}

/** The settings, if this gateway knows them; else none. @param {string[]} settings */
export const ifKnown = async (settings) => ((await objection(settings)) === null ? settings : []);
