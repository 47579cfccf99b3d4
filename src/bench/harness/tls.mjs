// TLS for one run: a certificate, a gateway that has it, and nginx that has it before a gateway.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { ROOT, output } from "./build.mjs";
import { nginx } from "./fetched.mjs";
import { accepts, serve } from "./servers.mjs";

const CERTIFICATE = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=localhost"];

/** A folder with `cert.pem` and `key.pem`, gone when this process ends. */
export function certificate() {
  const folder = mkdtempSync(`${tmpdir()}/stentor-bench-`);
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  output("openssl", [...CERTIFICATE, "-keyout", `${folder}/key.pem`, "-out", `${folder}/cert.pem`]);
  return folder;
}

/** The gateway's settings. @param {string} folder of the certificate */
export const ownTls = (folder) => [
  "--server.ssl.bundle=bench",
  `--spring.ssl.bundle.pem.bench.keystore.certificate=${folder}/cert.pem`,
  `--spring.ssl.bundle.pem.bench.keystore.private-key=${folder}/key.pem`,
];

/**
 * nginx before a gateway, on the same core.
 * @param {string} folder of the certificate @param {import("./servers.mjs").Server} gateway @param {string} chunk what it reads at once
 */
export async function nginxBefore(folder, gateway, chunk) {
  const { program, missing } = nginx();
  if (!program) throw new Error(missing ?? "");
  const command = (port, own) => {
    const values = { PORT: port, GATEWAY: gateway.port, FOLDER: own, CHUNK: chunk };
    const text = readFileSync(`${ROOT}/src/bench/yardstick/nginx.conf`, "utf8").replace(/^#.*\n/, "");
    const filled = text.replaceAll(`FOLDER/cert.pem`, `${folder}/cert.pem`).replaceAll(`FOLDER/key.pem`, `${folder}/key.pem`);
    writeFileSync(`${own}/nginx.conf`, filled.replace(/PORT|GATEWAY|FOLDER|CHUNK/g, (name) => values[name]));
    return /** @type {[string, string[]]} */ ([program, ["-p", own, "-e", "stderr", "-c", `${own}/nginx.conf`]]);
  };
  const server = await serve(command, accepts);
  server.secure = true;
  return server;
}
