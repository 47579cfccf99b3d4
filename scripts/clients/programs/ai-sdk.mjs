import { createOpenAI } from "@ai-sdk/openai";
import { experimental_generateSpeech as generateSpeech } from "ai";
import { BASE, sound, TEXT } from "./report.mjs";

const openai = createOpenAI({ baseURL: `${BASE}/v1` });
const speak = async (more) => (await generateSpeech({ model: openai.speech("gpt-4o-mini-tts"), text: TEXT, ...more })).audio.uint8Array;
sound("generateSpeech()", await speak(), "mp3", { voice: "alloy" });
sound("generateSpeech({speed: 1.5, voice: nova})", await speak({ speed: 1.5, voice: "nova" }), "mp3", { speed: 1.5, voice: "nova" });
for (const form of ["wav", "pcm", "opus", "flac", "aac"]) sound(`generateSpeech({outputFormat: ${form}})`, await speak({ outputFormat: form }), form, { voice: "alloy" });
