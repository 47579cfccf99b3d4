/**
 * @typedef {object} Sample what the code is to do
 * @property {string} origin the gateway's address
 * @property {string} channel
 * @property {string} text
 * @property {string} [voice]
 * @property {string} [model]
 * @property {string} [instructions]
 * @property {boolean} [keyed] whether the gateway wants a key. The visitor's own is never shown
 */

/** @typedef {{title: string, code: string}} Snippet */

const KEY = "YOUR_KEY";

/** Returns code that does from elsewhere what the page does. @param {Sample} sample @returns {Snippet[]} */
export function snippets(sample) {
  return [
    { title: "Speak, with curl", code: curl(sample) },
    { title: "Listen, in a web page", code: player(sample) },
    { title: "OpenAI’s client, in JavaScript", code: openai(sample) },
  ];
}

/** @param {Sample} sample */
function curl({ origin, channel, text, voice, model, instructions, keyed }) {
  const body = JSON.stringify({ text, voice, model, instructions });
  return [
    `curl ${quoted(`${origin}/v1/channels/${encodeURIComponent(channel)}/utterances`)} \\`,
    ...(keyed ? [`  -H 'Authorization: Bearer ${KEY}' \\`] : []),
    `  -H 'Content-Type: application/json' \\`,
    `  -d ${quoted(body)}`,
  ].join("\n");
}

/** @param {Sample} sample */
function player({ origin, channel, keyed }) {
  const url = `${origin.replace(/^http/, "ws")}/v1/channels/${encodeURIComponent(channel)}/listen`;
  return `<button id="start">Listen</button>
<p id="caption"></p>
<script type="module">
  import { StentorPlayer } from ${script(`${origin}/player/dist/stentor-player.js`)};
  const player = new StentorPlayer({ url: ${script(url)}${keyed ? `, token: "${KEY}"` : ""} });
  player.addEventListener("caption", ({ detail }) => (caption.textContent = detail.text));
  player.connect();
  start.onclick = () => player.unlock(); // browsers allow sound only after a click
</script>`;
}

/** @param {Sample} sample */
function openai({ origin, text, voice, model, instructions, keyed }) {
  const fields = {
    model: model ?? "tts-1",
    voice: voice ?? "alloy",
    input: text,
    instructions,
    response_format: "wav",
  };
  const lines = Object.entries(fields)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `  ${name}: ${JSON.stringify(value)},`);
  return `import OpenAI from "openai";
import { writeFile } from "node:fs/promises";

const client = new OpenAI({ baseURL: ${JSON.stringify(`${origin}/v1`)}, apiKey: "${keyed ? KEY : "any"}" });
const answer = await client.audio.speech.create({
${lines.join("\n")}
});
await writeFile("speech.wav", Buffer.from(await answer.arrayBuffer()));`;
}

/** Quotes for a shell. @param {string} words */
const quoted = (words) => `'${words.replaceAll("'", `'\\''`)}'`;

/** Quotes for a script within a page, which no word may end. @param {string} words */
const script = (words) => JSON.stringify(words).replaceAll("<", "\\u003c");
