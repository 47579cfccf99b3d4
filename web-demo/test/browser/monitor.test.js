import assert from "node:assert/strict";
import { test } from "node:test";
import { furnish } from "../furnished-gateway.js";
import { assertAccessible, assertAccessibleInBothThemes, openAt } from "./page-stage.js";

/** @param {import("node:test").TestContext} t @param {object} [options] */
async function openMonitor(t, options) {
  const stage = await openAt(t, "/monitor?channel=lobby", options, furnish);
  await stage.page.getByRole("row", { name: /kiosk-9/ }).waitFor();
  return stage;
}

test("shows channels, listeners and services to everybody, in both themes and on a phone", async (t) => {
  const { gateway, page, complaints } = await openMonitor(t, { viewport: { width: 1440, height: 900 } });
  await page.getByRole("status").getByText("3 channels, 6 listeners").waitFor();
  await page.getByText("backup trying").waitFor();
  assert.deepEqual(await page.locator("#rows th").allTextContents(), [
    "kiosk-9",
    "kiosk-1",
    "kiosk-2",
    "c3",
    "plain-1",
  ]);
  const worst = page.getByRole("row", { name: /kiosk-9/ });
  assert.deepEqual(await worst.locator("td:not(.actions)").allTextContents(), [
    ...["playing", "3240 ms", "120 ms", "7", "2 × slow, 5.3 s", "–"],
  ]);
  await page.getByRole("button", { name: "Listen here" }).click();
  gateway.speak({ samples: 3 * 24_000, text: "Good evening." });
  await page.locator("#ear-state").getByText("Speaking").waitFor();
  await drawn(page, "#spectrogram");
  await drawn(page, "#plots .plot canvas");
  await assertAccessibleInBothThemes(page, "playing");
  await page.setViewportSize({ width: 390, height: 844 });
  await page.waitForFunction(() => document.documentElement.scrollWidth <= innerWidth); // once the plots have followed
  await assertAccessible(page, "on a phone");
  gateway.management.refusal = [401, { detail: "This needs a valid key." }];
  await page.getByText("This page needs a key that may manage all channels.").waitFor();
  await page.getByRole("dialog").getByText("This gateway needs a key").waitFor();
  await assertAccessibleInBothThemes(page, "asking for a key");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Use another key" }).waitFor();
  await assertAccessibleInBothThemes(page, "without a key");
  assert.deepEqual(
    complaints.filter((text) => !/401/.test(text)),
    [],
  );
});

test("mutes all and one, says a text, sends a listener away and removes a channel, each if one wants it", async (t) => {
  const { gateway, page } = await openMonitor(t);
  const { asked } = gateway.management;
  const done = page.locator("#done");
  await page.getByRole("button", { name: "Mute all" }).click();
  await done.getByText("All players are muted.").waitFor();
  await page.getByRole("button", { name: "Unmute all" }).waitFor();
  await page.getByRole("button", { name: "Mute kiosk-1" }).click();
  await page.getByRole("button", { name: "Unmute kiosk-1" }).waitFor();
  await page.getByRole("textbox", { name: "Text to say" }).fill("The gates open.");
  await page.keyboard.press("Enter");
  await done.getByText("The text is in the queue.").waitFor();
  await page.getByRole("button", { name: "Remove kiosk-9" }).click();
  await page.getByRole("dialog").getByText("Send kiosk-9 away?").waitFor();
  await assertAccessible(page, "asking");
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Remove kiosk-9" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await done.getByText("kiosk-9 was sent away.").waitFor();
  await page.getByRole("row", { name: /kiosk-9/ }).waitFor({ state: "detached" });
  await page.getByRole("button", { name: "Remove channel" }).click();
  await page.getByRole("dialog").getByText("Remove the channel lobby?").waitFor();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await page.getByRole("button", { name: "lobby" }).waitFor({ state: "detached" });
  await page.locator("#channel-name").getByText("airport-gate-12").waitFor();
  assert.deepEqual(asked, [
    { method: "POST", path: "/lobby/control", body: { mute: true } },
    { method: "POST", path: "/lobby/control", body: { mute: true, listener: "c1" } },
    { method: "DELETE", path: "/lobby/listeners/c9", body: "" },
    { method: "DELETE", path: "/lobby", body: "" },
  ]);
  assert.equal(
    gateway.entries.some(({ data }) => String(data).includes("The gates open.")),
    true,
  );
});

test("an order that is refused is told, and the focus stays where it is while the figures change", async (t) => {
  const { gateway, page } = await openMonitor(t);
  const { management } = gateway;
  await page.getByRole("button", { name: "Mute kiosk-2" }).focus();
  management.listeners.lobby.reverse();
  management.listeners.lobby[4].lag_ms = 0;
  await page.locator("#rows").getByText("0 ms", { exact: true }).first().waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("aria-label")), "Mute kiosk-2");
  management.listeners.lobby = management.listeners.lobby.filter(({ conn }) => conn !== "c2");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText("There is no such listener on this channel now.").waitFor();
});

test("says that the gateway is away, and goes on by itself when it is back", async (t) => {
  const { gateway, page } = await openMonitor(t);
  gateway.away = true;
  await lookNow(page);
  await page.getByRole("status").getByText("The gateway does not answer.").waitFor();
  gateway.away = false;
  await lookNow(page);
  await page.getByRole("status").getByText("3 channels, 6 listeners").waitFor();
});

test("with no channel it says how one comes to be, and with many it has a filter", async (t) => {
  const { gateway, page } = await openMonitor(t);
  gateway.management.channels = [];
  await lookNow(page);
  await page.getByText("No channel is open.").waitFor();
  await assertAccessible(page, "empty");
  gateway.management.channels = Array.from({ length: 130 }, (_, i) => ({
    ...{ phase: "idle", utterances: 0, listeners: 0, lead_ms: 100, lag_ms: 3000 },
    name: `room-${i}`,
  }));
  await lookNow(page);
  await page.getByText("and 30 more; filter by name").waitFor();
  await page.getByLabel("Filter").fill("room-129");
  await page.locator("#channels button").getByText("room-129").waitFor();
  assert.equal(await page.locator("#channels button").count(), 1);
});

/** Waits until a canvas has more than a background. @param {import("playwright-core").Page} page @param {string} selector */
function drawn(page, selector) {
  return page.waitForFunction((found) => {
    const canvas = /** @type {HTMLCanvasElement} */ (document.querySelector(found));
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    return new Set(new Uint32Array(data.buffer)).size > 2;
  }, selector);
}

test("asks for a key where one is needed, once, and goes on with it", async (t) => {
  const { gateway, page } = await openAt(t, "/monitor", {}, (prepared) => {
    furnish(prepared);
    prepared.key = "stk_right";
  });
  await page.getByRole("dialog").getByLabel("Key").fill("stk_wrong");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Use another key" }).click();
  await page.getByRole("dialog").getByText("The last key was not accepted.").waitFor();
  await page.getByRole("dialog").getByLabel("Key").fill("stk_right");
  await page.keyboard.press("Enter");
  await page.getByRole("status").getByText("3 channels, 6 listeners").waitFor();
  await page.getByRole("button", { name: "Use another key" }).waitFor({ state: "hidden" });
  await page.reload();
  await page.getByRole("status").getByText("3 channels, 6 listeners").waitFor();
  assert.ok(!page.url().includes("stk_"));
  assert.equal(gateway.management.asked.length, 0);
});

/** Has the page ask at once, as when it is shown again, so that nobody waits for its next look. @param {import("playwright-core").Page} page */
function lookNow(page) {
  return page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
}
