import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { recording, sayWhenHeard } from "./channel.mjs";
import { BASE, next, sound } from "./report.mjs";

const run = promisify(execFile);
const ffmpeg = (file, ...words) => run("ffmpeg", ["-v", "error", "-y", ...words, "-ac", "1", "-ar", "24000", file], { timeout: 90_000 });
const whole = next("wav");
await ffmpeg(whole, "-i", await recording());
sound("ffmpeg -i RECORDING", whole, "wav", { voice: "Cherry" });
for (const form of ["wav", "ogg", "mp3"]) {
  const channel = `ffmpeg-${form}`;
  const file = next("wav");
  await Promise.all([ffmpeg(file, "-i", `${BASE}/v1/channels/${channel}/audio.${form}?silence=off`, "-t", "12"), sayWhenHeard(channel).then(() => ending(channel))]);
  sound(`ffmpeg -i …/audio.${form}?silence=off`, file, "live", { voice: "Cherry" });
}

/** Ends the stream, once all was said, by deleting the channel. */
async function ending(channel) {
  await new Promise((resolve) => setTimeout(resolve, 9_000));
  await fetch(`${BASE}/v1/channels/${channel}`, { method: "DELETE" });
}
