// A page of another origin, and what it does with the gateway in any browser.
import http from "node:http";
import { recording } from "./channel.mjs";
import { BASE, PAGE_PORT, sound, TEXT, told } from "./report.mjs";

/** Serves an empty page, and a script if there is one, at the origin that the gateway allows. */
export async function serve(script = "") {
  const server = http.createServer(({ url }, response) => {
    response.setHeader("content-type", url === "/client.js" ? "text/javascript" : "text/html");
    response.end(url === "/client.js" ? script : "<!doctype html><title>A page of another origin</title>");
  });
  await new Promise((resolve) => server.listen(Number(PAGE_PORT), "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${PAGE_PORT}/`, end: () => (server.closeAllConnections(), server.close()) };
}

/** Has `<audio>` take what the gateway answers. @param {(code: string) => Promise<any>} evaluate runs an expression in the page */
export async function audioElements(evaluate) {
  const file = await recording();
  report("<audio src=RECORDING>", await evaluate(played(JSON.stringify(file))), "wav", { voice: "Cherry" });
  for (const form of ["mp3", "wav", "opus", "flac"]) {
    const blob = `await spoken(${JSON.stringify({ input: TEXT, voice: "alloy", response_format: form })})`;
    report(`<audio> of a blob in ${form}`, await evaluate(played(blob)), form === "mp3" ? "frames" : "decoded", { voice: "alloy" });
  }
  for (const form of ["mp3", "ogg", "wav"]) {
    const live = await evaluate(heard(`${BASE}/v1/channels/page/audio.${form}`));
    told(`<audio src=…/audio.${form}>, a channel`, live.time > 0.5, `${live.time.toFixed(1)} s played, ${live.error}`);
  }
}

function report(call, { samples, error, time }, form, more) {
  if (error || !(time > 0)) told(call, false, error || "it did not begin to play");
  else sound(call, Buffer.from(samples, "base64"), form === "wav" || form === "decoded" ? "pcm-decoded" : form, { ...more, words: "played, and decoded by the browser" });
}

/** An expression: the element plays a source, and the browser's decoder gives its samples. */
const played = (source) => `(async () => {
  const spoken = async (body) => URL.createObjectURL(await (await fetch("${BASE}/v1/audio/speech", { method: "POST",
    headers: { "content-type": "application/json", authorization: "Bearer sk-any" }, body: JSON.stringify(body) })).blob());
  const src = ${source};
  const element = Object.assign(new Audio(), { crossOrigin: "anonymous", src, muted: true });
  await element.play().catch((error) => (element.problem = String(error)));
  for (let i = 0; i < 100 && !element.problem && !(element.currentTime > 0); i++) await new Promise((done) => setTimeout(done, 100));
  element.pause();
  const bytes = await (await fetch(src)).arrayBuffer();
  const decoded = (await new OfflineAudioContext(1, 1, 24000).decodeAudioData(bytes)).getChannelData(0);
  const pcm = new Uint8Array(Int16Array.from(decoded, (x) => Math.max(-32768, Math.min(32767, Math.round(x * 32768)))).buffer);
  let text = "";
  for (let i = 0; i < pcm.length; i += 8192) text += String.fromCharCode(...pcm.subarray(i, i + 8192));
  return { samples: btoa(text), time: element.currentTime, error: element.problem ?? element.error?.message ?? "" };
})()`;

/** An expression: the element plays an address without end for a while. */
const heard = (address) => `(async () => {
  const element = Object.assign(new Audio(), { crossOrigin: "anonymous", src: "${address}", muted: true });
  await element.play().catch((error) => (element.problem = String(error)));
  for (let i = 0; i < 150 && !element.problem && !(element.currentTime > 1); i++) await new Promise((done) => setTimeout(done, 100));
  const time = element.currentTime;
  element.src = "";
  return { time, error: element.problem ?? "no error" };
})()`;
