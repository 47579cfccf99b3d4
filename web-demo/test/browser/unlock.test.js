import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeGateway } from "../fake-gateway.js";
import { launch } from "./browser.js";
import { account, heardToItsEnd, recordedRuns, startRecording } from "./recording.js";

// Playwright's calls into a page count as a user gesture. So until the click this test only observes the page, through its
// console and its reports.
test("sound stays locked until a real click, and the listener is connected before", async (t) => {
  const gateway = new FakeGateway();
  const url = await gateway.start();
  const browser = await launch();
  t.after(async () => {
    await browser.close();
    await gateway.close();
  });
  const page = await browser.newPage();
  const says = (text) => page.waitForEvent("console", { predicate: (message) => message.text() === text });
  const [, , report] = await Promise.all([
    says("a context of one's own is suspended"),
    says("open locked"),
    gateway.reported(() => true),
    page.goto(`${url}/bare`, { waitUntil: "commit" }),
  ]);
  assert.equal(report.state, "locked");

  await Promise.all([says("open running"), page.mouse.click(200, 200)]);
  await startRecording(page);
  const utterance = gateway.speak({ samples: 12_000 });
  await heardToItsEnd(page, utterance.id, 20_000);
  const { lost, repeated } = account(await recordedRuns(page), utterance.pos, utterance.samples);
  assert.deepEqual({ lost, repeated }, { lost: 0, repeated: 0 });
});
