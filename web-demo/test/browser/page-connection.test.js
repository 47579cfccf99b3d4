import assert from "node:assert/strict";
import { test } from "node:test";
import { SCREENSHOTS, assertAccessible, open } from "./page-stage.js";

test("says when the line is lost, and that no words were", async (t) => {
  const { gateway, page } = await open(t);
  await page.getByRole("button", { name: "Start listening" }).click();
  await page.getByRole("button", { name: "Stop listening" }).waitFor();
  gateway.refusing = true;
  gateway.cutOff();
  await page.getByRole("status").getByText("Connection lost").waitFor();
  gateway.refusing = false;
  await page.getByText("Connected again. No words were lost.").waitFor();
  await page.getByRole("status").getByText("Connected, listening").waitFor();
});

test("who stops while the line is lost is not told later that no words were", async (t) => {
  const { gateway, page } = await open(t);
  await page.getByRole("button", { name: "Start listening" }).click();
  await page.getByRole("button", { name: "Stop listening" }).waitFor();
  gateway.refusing = true;
  gateway.cutOff();
  await page.getByRole("status").getByText("Connection lost").waitFor();
  await page.getByRole("button", { name: "Stop listening" }).click();
  await page.getByRole("status").getByText("Not listening").waitFor();
  gateway.refusing = false;
  await page.getByRole("button", { name: "Start listening" }).click();
  await page.getByRole("status").getByText("Connected, listening").waitFor();
  assert.equal(await page.locator("#note").textContent(), "");
});

test("says what was lost when the gateway dies in mid-sentence, and goes on with the next one by itself", async (t) => {
  const { gateway, page } = await open(t, { viewport: { width: 1180, height: 860 } });
  const text = page.getByLabel("Text", { exact: true });
  await page.getByRole("button", { name: "Start listening" }).click();
  await page.getByRole("button", { name: "Stop listening" }).waitFor();
  gateway.speak({ samples: 10 * 24000, text: "A very long story, which nobody will hear to its end." });
  await page.locator("#caption").getByText("A very long story").waitFor();
  gateway.die();
  await page.getByRole("status").getByText("Connection lost").waitFor();
  await page.getByRole("button", { name: "Interrupt" }).click();
  await page.locator("#note").getByText("The gateway cannot be reached").waitFor();
  await text.fill("Can you hear me?");
  await page.keyboard.press("Enter");
  await page.locator("#text-error").getByText("The gateway cannot be reached").waitFor();
  await page.getByText("Mixer", { exact: true }).click();
  await page.getByRole("button", { name: "Ring a bell" }).click();
  await page.locator("#mixer-problem").getByText("The gateway cannot be reached").waitFor();
  gateway.rise();
  await page
    .locator("#note")
    .getByText("The channel was restarted. The rest of “A very long story, which nobody will hea…” was lost")
    .waitFor();
  await page.getByRole("status").getByText("Connected, listening").waitFor();
  assert.equal(await page.getByText("No words were lost").count(), 0);
  assert.equal(await page.locator("#text-error").textContent(), "");
  assert.equal(await page.locator("#mixer-problem").textContent(), "");
  await page.locator("#history").getByText("the rest was lost").waitFor();
  await page.getByRole("heading", { name: "Nobody is speaking" }).waitFor();
  await assertAccessible(page, "restarted");
  await page.screenshot({ path: `${SCREENSHOTS}restarted.png`, fullPage: true });
  await text.fill("Here I am again.");
  await page.keyboard.press("Enter");
  await page.locator("#history").getByText("Here I am again.").first().waitFor();
  assert.equal(await page.locator("#history li").count(), 2);
});

const REFUSALS = [
  [4400, "channel: A name has 1 to 64 letters.", "There can be no channel of this name."],
  [4401, "A valid key is needed.", "This gateway needs a valid key."],
  [4403, "The origin may not.", "This key, or this page, may not listen here."],
  [4404, "There is no such channel.", "There is no such channel, or not any more."],
];

test("does not come back where it is refused, says why, and tries again when asked", async (t) => {
  const { gateway, page } = await open(t, { viewport: { width: 1180, height: 860 } });
  for (const [code, reason, words] of REFUSALS) {
    gateway.refusal = { code, reason };
    gateway.cutOff();
    await page.getByRole("status").getByText(words).waitFor();
    const before = gateway.handshakes;
    await page.waitForTimeout(700);
    assert.equal(gateway.handshakes, before, `${code} is tried again`);
    if (code === 4401) await page.getByRole("button", { name: "Cancel" }).click();
    const advice = page.locator("#status-advice");
    assert.equal(await advice.isVisible(), code !== 4400, `advice for operators about ${code}`);
    if (code === 4404) {
      await advice.locator("summary").click();
      await advice.getByText("gateway.channels.create").waitFor();
      await assertAccessible(page, "advice");
    }
    if (code === 4400) {
      await assertAccessible(page, "refused");
      await page.screenshot({ path: `${SCREENSHOTS}no-channel.png` });
    }
    gateway.refusal = null;
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("status").getByText("Connected, listening").waitFor();
  }
});

test("comes back by itself where too many came, and says that it waits", async (t) => {
  const { gateway, page } = await open(t);
  gateway.refusal = { code: 4429, reason: "Too many connections." };
  gateway.cutOff();
  await page.getByRole("status").getByText("Too many connections, or too many wrong keys. Trying again").waitFor();
  gateway.refusal = null;
  await page.getByRole("status").getByText("Connected. Press Start").waitFor();
});

test("a start that fails because the gateway is away is told, and succeeds when tried again", async (t) => {
  const { gateway, page } = await open(t);
  gateway.refusing = gateway.away = true;
  gateway.cutOff();
  await page.getByRole("button", { name: "Start listening" }).click();
  await page.locator("#note").getByText("The sound could not be started").waitFor();
  gateway.refusing = gateway.away = false;
  await page.getByRole("status").getByText("Connected. Press Start").waitFor();
  await page.getByRole("button", { name: "Start listening" }).click();
  await page.getByRole("status").getByText("Connected, listening").waitFor();
});
