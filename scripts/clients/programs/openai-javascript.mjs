import OpenAI from "openai";
import { BASE, sound, TEXT, told } from "./report.mjs";

const client = new OpenAI({ baseURL: `${BASE}/v1` });
const need = { input: TEXT, model: "gpt-4o-mini-tts", voice: "alloy" };
const create = async (more) => Buffer.from(await (await client.audio.speech.create({ ...need, ...more })).arrayBuffer());
sound("audio.speech.create()", await create(), "mp3", { voice: "alloy" });
for (const form of ["wav", "pcm", "opus", "flac", "aac"]) sound(`create({response_format: ${form}})`, await create({ response_format: form }), form, { voice: "alloy" });
sound("create({speed: 1.5})", await create({ speed: 1.5 }), "mp3", { voice: "alloy", speed: 1.5 });
const models = await Array.fromAsync?.(client.models.list()) ?? (await client.models.list()).data;
told("models.list()", models.some(({ id }) => id === "qwen3-tts-flash"), `${models.length} models`);
const error = await create({ voice: "nobody" }).catch((caught) => caught);
told("create({voice: nobody})", error instanceof OpenAI.BadRequestError && error.param === "voice", `${error.constructor.name}, ${error.param}`);
