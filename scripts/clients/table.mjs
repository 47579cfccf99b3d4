// Writes docs/clients.md.
import { writeFileSync } from "node:fs";
import { CLIENTS } from "./clients.mjs";

/** @typedef {{client: import("./clients.mjs").Client, call: string, result: "good" | "failed" | "skipped", remarks: string}} Row */

/** @param {Row} row @returns {string[]} */
export function cells({ client, call, result, remarks }) {
  const version = client.kind === "commands" ? "as installed" : client.packages.join(", ");
  return [client.name, version, `\`${call}\``, result, remarks].map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " "));
}

/** @param {string} file @param {Row[]} rows */
export function write(file, rows) {
  const lines = rows.map((row) => `| ${cells(row).join(" | ")} |`);
  writeFileSync(file, `${HEAD}${lines.join("\n")}\n`);
}

const HEAD = `# Clients

Written by \`scripts/clients/run.sh\`, which installs each of ${CLIENTS.length} clients in an environment of its own and plays it against a gateway with
the embedded voice. A client only gets another base URL; the first row of each is its defaults.

*good* means that the sound is the speech: as long as the gateway's own PCM of the same text, to the sample, and alike to it (the correlation
is over 0.9; MP3, AAC and Opus are lossy). A streamed MP3 may be longer by two frames of 576 samples, and by two more where the client's own
decoder does not leave out its delay; AAC, which the gateway makes by FFmpeg here, by three frames of 1,024. A channel's endless stream is compared
without the silence around the speech, to 200 ms. LiveKit ends PCM with 10 ms of silence of its own. *skipped* means that the client
was not run where the table was written; the remark says why.

| client | version | call | result | remarks |
|---|---|---|---|---|
`;
