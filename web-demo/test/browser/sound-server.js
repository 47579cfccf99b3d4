import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const POLL_MS = 50;

/** Starts a sound server of its own, without a sound card. @returns {Promise<{address: string, end: () => Promise<void>}>} */
export async function startSoundServer() {
  const folder = await mkdtemp(path.join(tmpdir(), "stentor-sound-"));
  const socket = path.join(folder, "native");
  const process = spawn(
    "pulseaudio",
    [
      "-n",
      "--daemonize=no",
      "--use-pid-file=no",
      "--exit-idle-time=-1",
      "--disable-shm=yes",
      "--log-level=error",
      `--load=module-native-protocol-unix auth-anonymous=1 socket=${socket}`,
      "--load=module-null-sink sink_name=nobody rate=48000",
    ],
    { env: { ...globalThis.process.env, XDG_RUNTIME_DIR: folder, HOME: folder }, stdio: ["ignore", "ignore", "pipe"] },
  );
  let said = "";
  process.stderr.on("data", (text) => (said += text));
  const ended = new Promise((resolve) => process.once("close", resolve));
  const end = async () => {
    process.kill();
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  for (let waited = 0; !existsSync(socket); waited += POLL_MS) {
    if (process.exitCode !== null || waited > 10_000) {
      await end();
      throw new Error(`PulseAudio did not start: ${said}`);
    }
    await delay(POLL_MS);
  }
  return { address: `unix:${socket}`, end };
}
