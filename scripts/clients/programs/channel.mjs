// A channel that says the text once, for players that listen to streams without end.
import { setTimeout as after } from "node:timers/promises";
import { BASE, TEXT } from "./report.mjs";

/** Says the text on a channel as soon as somebody listens. */
export async function sayWhenHeard(channel) {
  for (let i = 0; i < 300; i++) {
    const known = await (await fetch(`${BASE}/v1/channels`)).json();
    if (known.channels?.some(({ id, name, listeners }) => [id, name].includes(channel) && listeners > 0)) break;
    await after(100);
  }
  await say(channel);
}

export async function say(channel) {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${BASE}/v1/channels/${channel}/utterances`, { method: "POST", headers, body: JSON.stringify({ text: TEXT, voice: "Cherry" }) });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
}

/** Speaks by the DashScope API, which gives the address of a finished file. */
export async function recording() {
  const answer = await fetch(`${BASE}/api/v1/services/aigc/multimodal-generation/generation`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: "Bearer sk-any" },
    body: JSON.stringify({ model: "qwen3-tts-flash", input: { text: TEXT, voice: "Cherry" } }),
  });
  return (await answer.json()).output.audio.url;
}
