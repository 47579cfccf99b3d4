// Three gateways that share their channels, all on this machine: two reach Redis straight, the third by a way that can be cut.
import { mkdirSync, writeFileSync } from "node:fs";
import { setTimeout as after } from "node:timers/promises";
import { freePort, start } from "./gateway.mjs";
import { knownVoice } from "./known-voice.mjs";
import { silentProxy } from "./proxy.mjs";
import { redis } from "./redis.mjs";

/** Waits until a condition holds; resolves with whether it did. */
export async function holds(condition, limitMs) {
  for (const until = Date.now() + limitMs; !condition(); await after(100)) if (Date.now() > until) return false;
  return true;
}

/** Starts them, a Redis and a voice. Their logs are in target/cluster-lab in the end. @param {{keeps: boolean, flags: string[]}} options whether Redis writes its data down, and flags of the JVMs */
export async function cluster({ keeps, flags }) {
  process.env.GATEWAY_CLUSTER_SECRET = "only for the lab, and long enough";
  const voice = await knownVoice();
  const store = await redis({ keeps });
  const proxy = await silentProxy(store.port);
  const nodes = await Promise.all([store.port, store.port, proxy.port].map(async (way) => ({ way, port: await freePort(), gateway: null, lives: [] })));

  /** Starts a node, again on the same port. */
  async function begin(node) {
    node.gateway = await start(voice, flags, [
      "--gateway.warm-up=false", "--gateway.overload.lateness=0s",
      `--gateway.cluster.redis.uri=redis://127.0.0.1:${node.way}`, `--gateway.cluster.address=http://127.0.0.1:${node.port}`,
    ], node.port);
    node.lives.push(node.gateway);
  }

  /** Creates a channel at a node, which owns it from then on. */
  async function create(node, channel) {
    const answer = await fetch(`http://127.0.0.1:${node.port}/v1/channels/${channel}`, {
      method: "PUT", headers: { "content-type": "application/json" }, body: "{}",
    });
    if (!answer.ok) throw new Error(`${channel} was not created: ${answer.status} ${await answer.text()}`);
  }

  /** Speaks a text at a node; resolves with the utterance's id, or null if it was not taken. */
  async function speak(node, channel, text) {
    try {
      const answer = await fetch(`http://127.0.0.1:${node.port}/v1/channels/${channel}/utterances`, {
        method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ text }), signal: AbortSignal.timeout(5_000),
      });
      const body = await answer.json();
      return answer.status === 201 ? body.id : null;
    } catch {
      return null;
    }
  }

  async function end() {
    await Promise.all(nodes.map(({ gateway }) => gateway.end()));
    mkdirSync("target/cluster-lab", { recursive: true });
    nodes.forEach(({ lives }, i) => writeFileSync(`target/cluster-lab/node-${i}.log`, lives.map((life) => life.log()).join("\n")));
    await store.end();
    proxy.end();
    voice.end();
  }

  await Promise.all(nodes.map(begin));
  return { nodes, store, proxy, begin, create, speak, end };
}
