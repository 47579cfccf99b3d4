import { test } from "node:test";
import { FakeGateway } from "../fake-gateway.js";
import { AUTOPLAY, launch } from "./browser.js";

test("what happens after sound that went by while locked is told, though nothing of it will be heard", async (t) => {
  const gateway = new FakeGateway();
  const url = await gateway.start();
  const browser = await launch([AUTOPLAY]);
  t.after(async () => {
    await browser.close();
    await gateway.close();
  });
  const page = await browser.newPage();
  await page.goto(`${url}/bare`);
  await page.waitForFunction(() => window.stentor?.state.connection === "open");
  const { id, pos, samples } = gateway.speak({ samples: 2_400 });
  await page.waitForFunction(() => window.stentor.stats.unheard === 2_400);
  await page.evaluate(() => {
    window.told = [];
    window.stentor.addEventListener("utterance", ({ detail }) => window.told.push(detail.phase));
    return window.stentor.unlock();
  });
  await page.waitForFunction(() => window.stentor.state.audio === "running");
  gateway.announce({ t: "utterance.ended", id, pos, samples, reason: "cleared" });
  await page.waitForFunction(() => window.told.includes("ended"), null, { timeout: 5_000 });
});
