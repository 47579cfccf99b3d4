import { spawn } from "node:child_process";
import { once } from "node:events";
import { createReadStream, createWriteStream, existsSync, readFileSync } from "node:fs";
import { chmod, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { createBrotliDecompress } from "node:zlib";

// docs/adr/0008-browser-from-a-package.md says why the browser comes from a package.

/**
 * Unpacks the Chromium of the npm package `@sparticuz/chromium` and says how to start it on a machine without desktop
 * libraries or fonts: both are in the package. The folder carries the package's version, so another version never
 * meets a stale browser, and it appears by one rename, so two test runs cannot see a half of it.
 *
 * @returns {Promise<{executable: string, env: Record<string, string>}>}
 */
export async function packagedChromium() {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error(
      "The packaged Chromium runs on Linux x64 only: set STENTOR_BROWSER to an installed Chromium or Chrome",
    );
  }
  const home = path.join(path.dirname(fileURLToPath(import.meta.resolve("@sparticuz/chromium"))), "..");
  const { version } = JSON.parse(readFileSync(path.join(home, "package.json"), "utf8"));
  const folder = path.join(tmpdir(), `stentor-chromium-${version}`);
  if (!existsSync(folder)) await unpack(path.join(home, "bin"), folder);
  return {
    executable: path.join(folder, "chromium"),
    env: { LD_LIBRARY_PATH: path.join(folder, "lib"), FONTCONFIG_FILE: path.join(folder, "fonts.conf") },
  };
}

/** @param {string} from the package's folder of compressed parts @param {string} to the folder to appear */
async function unpack(from, to) {
  const half = await mkdtemp(`${to}-`);
  try {
    const executable = path.join(half, "chromium");
    await Promise.all([
      pipeline(
        createReadStream(path.join(from, "chromium.br")),
        createBrotliDecompress(),
        createWriteStream(executable),
      ),
      untar(path.join(from, "al2023.tar.br"), half),
      untar(path.join(from, "swiftshader.tar.br"), half),
      untar(path.join(from, "fonts.tar.br"), half),
    ]);
    await chmod(executable, 0o755);
    await writeFile(path.join(half, "fonts.conf"), fontConfiguration(path.join(to, "fonts")));
    await rename(half, to).catch((failure) => {
      if (!existsSync(to)) throw failure; // else another run was faster: its folder is as good
    });
  } finally {
    await rm(half, { recursive: true, force: true });
  }
}

/** @param {string} archive a tar, Brotli-compressed @param {string} to */
async function untar(archive, to) {
  const tar = spawn("tar", ["-x", "-C", to], { stdio: ["pipe", "ignore", "inherit"] });
  const closed = once(tar, "close");
  await pipeline(createReadStream(archive), createBrotliDecompress(), tar.stdin);
  const [code] = await closed;
  if (code !== 0) throw new Error(`tar ended with ${code} on ${path.basename(archive)}`);
}

/** @param {string} fonts */
const fontConfiguration = (fonts) => `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>${fonts}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${fonts}/cache</cachedir>
</fontconfig>
`;
