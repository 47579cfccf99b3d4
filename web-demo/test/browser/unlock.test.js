import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeGateway } from "../fake-gateway.js";
import { launch } from "./browser.js";

// Playwright's calls into a page count as a user gesture. So this test only observes the page: through its console and its reports.
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
  const utterance = gateway.speak({ samples: 12_000 });
  const heard = await gateway.reported(({ pos }) => pos >= utterance.pos + utterance.samples);
  assert.equal(heard.underruns, 0);
});
