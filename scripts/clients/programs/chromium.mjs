import { build } from "esbuild";
import { chromium } from "playwright-core";
import { audioElements, serve } from "./page.mjs";
import { BASE, PAGE_PORT, sound, TEXT, told } from "./report.mjs";

const contents = 'import OpenAI from "openai"; globalThis.OpenAI = OpenAI;';
const bundle = await build({ stdin: { contents, resolveDir: "." }, bundle: true, write: false, format: "iife", platform: "browser" });
const page = await serve(bundle.outputFiles[0].text);
const browser = await chromium.launch({ executablePath: process.env.BROWSER_FILE, chromiumSandbox: false, args: ["--autoplay-policy=no-user-gesture-required"] });
const tab = await browser.newPage();
await tab.goto(page.url);
await audioElements((code) => tab.evaluate(code));

const speak = () => async ({ input, base }) => {
  const client = new globalThis.OpenAI({ baseURL: base, apiKey: "sk-any", dangerouslyAllowBrowser: true, maxRetries: 0 });
  const { data, response } = await client.audio.speech.create({ input, model: "gpt-4o-mini-tts", voice: "alloy" }).withResponse();
  const bytes = new Uint8Array(await data.arrayBuffer());
  let text = "";
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  const refusal = await client.models.retrieve("nothing").catch((error) => error);
  return { sound: btoa(text), id: response.headers.get("x-request-id"), refusal: refusal.code, models: (await client.models.list()).data.length };
};
await tab.addScriptTag({ url: "/client.js" });
const asked = { input: TEXT, base: `${BASE}/v1` };
const got = await tab.evaluate(speak(), asked);
sound("new OpenAI({dangerouslyAllowBrowser}) on a page of an allowed origin", Buffer.from(got.sound, "base64"), "mp3", { voice: "alloy" });
told("the page reads the id of its request, lists and errors", got.id && got.models > 0 && got.refusal === "model_not_found", `${got.models} models, ${got.refusal}`);
await tab.goto(`http://localhost:${PAGE_PORT}/`).catch(() => {});
await tab.addScriptTag({ url: "/client.js" });
const refused = await tab.evaluate(speak(), asked).then(() => "answered", (error) => String(error.message).split("\n")[0]);
told("the same on a page of another origin", refused !== "answered", `refused: ${refused.slice(0, 80)}`);
await browser.close();
page.end();
