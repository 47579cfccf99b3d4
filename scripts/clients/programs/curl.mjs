import { execFileSync } from "node:child_process";
import { BASE, next, sound, TEXT, told } from "./report.mjs";

const curl = (...words) => execFileSync("curl", ["-sSf", "--max-time", "60", ...words], { maxBuffer: 1 << 28 });
const speak = (body) => curl(`${BASE}/v1/audio/speech`, "-H", "Content-Type: application/json", "-d", JSON.stringify({ input: TEXT, voice: "alloy", ...body }));
sound("curl -d {input, voice}", speak({}), "mp3", { voice: "alloy" });
for (const form of ["wav", "pcm", "opus", "flac", "aac"]) sound(`curl -d {…, response_format: ${form}}`, speak({ response_format: form }), form, { voice: "alloy" });
sound("curl -d {…, speed: 1.5}", speak({ speed: 1.5 }), "mp3", { voice: "alloy", speed: 1.5 });
const old = next("wav");
curl("--http1.0", `${BASE}/v1/audio/speech`, "-H", "Content-Type: application/json", "-o", old, "-d", JSON.stringify({ input: TEXT, voice: "alloy", response_format: "wav" }));
sound("curl --http1.0", old, "wav", { voice: "alloy" });
told("curl /v1/voices", JSON.parse(curl(`${BASE}/v1/voices`)).voices.length > 0);
