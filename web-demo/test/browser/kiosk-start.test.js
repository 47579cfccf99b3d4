import assert from "node:assert/strict";
import { test } from "node:test";
import { FakeGateway } from "../fake-gateway.js";
import { launch } from "./browser.js";

test("where the browser wants a touch, one touch anywhere starts the sound", async (t) => {
  const gateway = new FakeGateway();
  const browser = await launch(); // without leave to play
  t.after(async () => {
    await browser.close();
    await gateway.close();
  });
  {
    const page = await browser.newPage({ viewport: { width: 1280, height: 720 }, hasTouch: true });
    const waits = page.waitForEvent("console", { predicate: (message) => message.text() === "a touch is needed" });
    // Whatever else Playwright asks the page counts as a gesture, so the page itself tells.
    await page.addInitScript(() => {
      addEventListener("DOMContentLoaded", () => {
        const start = /** @type {HTMLElement} */ (document.getElementById("start"));
        new MutationObserver(() => start.hidden || console.log("a touch is needed")).observe(start, {
          attributes: true,
        });
      });
    });
    await page.goto(`${gateway.url || (await gateway.start())}/kiosk?channel=lobby`);
    await waits;
    await page.touchscreen.tap(40, 700);
    await page.waitForFunction(() => window.stentor.state.audio === "running");
    await page.locator("#start").waitFor({ state: "hidden" });
    assert.equal(await page.evaluate(() => document.activeElement?.id), "");
    await page.close();
  }
});
