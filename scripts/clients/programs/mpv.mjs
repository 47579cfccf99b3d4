import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { recording, sayWhenHeard } from "./channel.mjs";
import { BASE, next, sound } from "./report.mjs";

const run = promisify(execFile);
const options = ["--no-config", "--no-video", "--really-quiet", "--ao=pcm", "--audio-format=s16", "--audio-samplerate=24000", "--audio-channels=mono"];
const mpv = (file, ...words) => run("mpv", [...options, `--ao-pcm-file=${file}`, ...words], { timeout: 90_000 });
const whole = next("wav");
await mpv(whole, await recording());
sound("mpv RECORDING", whole, "wav", { voice: "Cherry" });
for (const form of ["wav", "ogg", "mp3"]) {
  const channel = `mpv-${form}`;
  const file = next("wav");
  await Promise.all([mpv(file, "--length=12", `${BASE}/v1/channels/${channel}/audio.${form}?silence=off`), sayWhenHeard(channel).then(() => ending(channel))]);
  sound(`mpv …/audio.${form}?silence=off`, file, "live", { voice: "Cherry" });
}

/** Ends the stream, once all was said, by deleting the channel. */
async function ending(channel) {
  await new Promise((resolve) => setTimeout(resolve, 9_000));
  await fetch(`${BASE}/v1/channels/${channel}`, { method: "DELETE" });
}
