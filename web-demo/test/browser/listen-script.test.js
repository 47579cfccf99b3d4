import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { FakeGateway } from "../fake-gateway.js";
import { selfIndexingRun } from "../wire.js";

const SCRIPT = fileURLToPath(new URL("listen-script.mjs", import.meta.url));
const run = promisify(execFile);

/** @param {import("node:test").TestContext} t */
async function gatewayAndFolder(t) {
  const gateway = new FakeGateway();
  const url = await gateway.start();
  const folder = mkdtempSync(path.join(tmpdir(), "stentor-listen-"));
  t.after(async () => {
    await gateway.close();
    rmSync(folder, { recursive: true });
  });
  return { gateway, url, folder };
}

test("two pages of a gateway play the same samples, and files tell it", async (t) => {
  const { url, folder } = await gatewayAndFolder(t);
  await run(process.execPath, [
    SCRIPT,
    `GATEWAY_URL=${url}`,
    `OUT=${folder}`,
    "TEXT=Hello, both of you.",
    "VOICE=Ethan",
  ]);
  const result = JSON.parse(readFileSync(path.join(folder, "result.json"), "utf8"));
  assert.equal(result.utterance.voice, "Ethan");
  assert.deepEqual(
    result.pages.map(({ captions }) => captions),
    [
      ["Hello,", "both of you."],
      ["Hello,", "both of you."],
    ],
  );
  for (const { page, pos, samples, altered, shown } of result.pages) {
    assert.equal(shown, "Hello, both of you.");
    const sent = selfIndexingRun(pos, samples);
    for (const { from, to } of altered) sent.fill(0, from, to);
    assert.deepEqual(readFileSync(path.join(folder, `page-${page}.pcm`)), Buffer.from(sent.buffer));
  }
  assert.ok(readFileSync(path.join(folder, "page.png")).length > 10_000);
});

test("a gateway that refuses, or says nothing, fails it with a clear word", async (t) => {
  const { gateway, url, folder } = await gatewayAndFolder(t);
  const settings = [SCRIPT, `GATEWAY_URL=${url}`, `OUT=${folder}`, "PAGES=1"];
  await assert.rejects(
    run(process.execPath, [...settings, `TEXT=${"a".repeat(601)}`]),
    /answered by 422.*text_too_long/,
  );
  gateway.refusing = true;
  await assert.rejects(run(process.execPath, [...settings, "TIMEOUT_MS=2000"]), /listen-script: .*Timeout 2000ms/);
});
