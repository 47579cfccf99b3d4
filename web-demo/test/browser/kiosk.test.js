import assert from "node:assert/strict";
import { test } from "node:test";
import { assertAccessible, assertAccessibleInBothThemes, openAt } from "./page-stage.js";
import { account, heardToItsEnd, recordedRuns, startRecording } from "./recording.js";

const TEXT = "The gates open at nine. Please keep your tickets at hand, and enjoy the evening.";

/** Opens the kiosk, which plays without a touch here. @param {import("node:test").TestContext} t @param {object} [options] */
async function openKiosk(t, options, address = "/kiosk?channel=lobby&id=kiosk-7") {
  const stage = await openAt(t, address, options);
  await stage.page.waitForFunction(() => {
    const { connection, audio } = window.stentor.state;
    return connection === "open" && audio === "running";
  });
  return stage;
}

test("is legible from afar, in both themes and on a phone, whatever happens", async (t) => {
  const { gateway, page, complaints } = await openKiosk(t, { viewport: { width: 1280, height: 720 } });
  await page.locator("#idle").getByText("lobby").waitFor();
  await assertAccessibleInBothThemes(page, "idle");
  const hideStart = (/** @type {boolean} */ hidden) =>
    page.locator("#start").evaluate((start, value) => (start.hidden = value), hidden);
  await hideStart(false); // as where the browser wants a touch
  await assertAccessibleInBothThemes(page, "asking for a touch");
  await hideStart(true);
  gateway.speak({ samples: 2 * 24_000, text: TEXT });
  await page.locator("#words mark").getByText("Please keep your tickets").waitFor();
  await assertAccessibleInBothThemes(page, "speaking");
  for (const [width, height] of [
    [390, 844],
    [1280, 720],
  ]) {
    await page.setViewportSize({ width, height });
    await page.waitForFunction(litWordsAreOnTheScreen);
    const size = await page.locator("#words").evaluate((words) => parseFloat(getComputedStyle(words).fontSize));
    assert.ok(size >= Math.min(width, height) * 0.09, `${size} px of ${width}`);
  }
  await control(gateway, { mute: true });
  await page.locator("#loudness").getByText("Muted").waitFor();
  gateway.refusing = true;
  gateway.cutOff();
  await page.getByText("The connection is lost").waitFor();
  await assertAccessibleInBothThemes(page, "lost and muted");
  gateway.refusal = { code: 4404, reason: "There is no such channel." };
  gateway.refusing = false;
  await page.getByText("There is no channel lobby now").waitFor();
  await assertAccessibleInBothThemes(page, "refused");
  assert.deepEqual(
    complaints.filter((text) => !/WebSocket connection|ERR_/.test(text)),
    [],
  );
});

/** Runs in the page. */
function litWordsAreOnTheScreen() {
  const box = /** @type {Element} */ (document.querySelector("#captions")).getBoundingClientRect();
  const lit = /** @type {Element} */ (document.querySelector("#words mark")).getBoundingClientRect();
  const inside = lit.top >= box.top - 1 && lit.bottom <= box.bottom + 1;
  return inside && document.documentElement.scrollWidth <= innerWidth;
}

test("lights the sentence that is heard, in a size in which the longest one fits", async (t) => {
  const { gateway, page } = await openKiosk(t, { viewport: { width: 1280, height: 720 } });
  const long = `${"This is a sentence that goes on and on and does not want to end ".repeat(6).trim()}.`;
  gateway.speak({ samples: 96_000, text: `Short. ${long}` });
  await page.locator("#words mark").getByText("This is a sentence").waitFor();
  await page.waitForFunction(litWordsAreOnTheScreen);
});

test("comes back by itself when the gateway was killed in mid-sentence, says what was lost, and plays every sample of the next text", async (t) => {
  const { gateway, page } = await openKiosk(t);
  await startRecording(page);
  gateway.speak({ samples: 10 * 24_000, text: "A very long story, which nobody will hear to its end." });
  await page.locator("#words").getByText("A very long story").waitFor();
  gateway.die();
  await page.getByText("The connection is lost").waitFor();
  await page.getByText("It comes back by itself. Trying since").waitFor();
  gateway.rise();
  await page.locator("#note").getByText("The rest of this text was lost.").waitFor();
  await page.waitForFunction(() => window.stentor.state.connection === "open");
  await page.getByText("The connection is lost").waitFor({ state: "hidden" });
  await page.evaluate(() => {
    for (const list of Object.values(window.stentorRecording)) list.length = 0; // another timeline begins
  });
  const next = gateway.speak({ samples: 48_007, text: "Here I am again." });
  const { pos, samples } = await heardToItsEnd(page, next.id, 60_000);
  const { lost, repeated } = account(await recordedRuns(page), pos, samples);
  assert.deepEqual({ lost, repeated, samples }, { lost: 0, repeated: 0, samples: 48_007 });
});

test("opens while the gateway is away, says so, and begins by itself when it is back", async (t) => {
  const { gateway, page } = await openKiosk(t);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    const kept = await caches.open("stentor-kiosk");
    while ((await kept.keys()).length < 10) await new Promise((resolve) => setTimeout(resolve, 20));
  });
  gateway.die();
  await page.reload();
  await page.getByText("The gateway does not answer").waitFor();
  gateway.rise();
  await page.waitForFunction(() => {
    const { connection, audio } = window.stentor.state;
    return connection === "open" && audio === "running";
  });
  gateway.speak({ samples: 24_000, text: "Good morning." });
  await page.locator("#words").getByText("Good morning.").waitFor();
});

test("is muted, made quieter and heard again from afar", async (t) => {
  const { gateway, page } = await openKiosk(t);
  const player = () => page.evaluate(() => ({ volume: window.stentor.volume, muted: window.stentor.muted }));
  const shown = page.locator("#loudness");
  await control(gateway, { mute: true, volume: 0.4 });
  await shown.getByText("Muted").waitFor();
  assert.deepEqual(await player(), { volume: 0.4, muted: true });
  await control(gateway, { mute: false });
  await shown.getByText("Volume 40 %").waitFor();
  assert.deepEqual(await player(), { volume: 0.4, muted: false });
  await control(gateway, { volume: 1 });
  await shown.waitFor({ state: "hidden" });
});

test("explains a name that no channel can have, and who was sent away is connected again by a touch", async (t) => {
  const { gateway, page } = await openKiosk(t);
  gateway.refusal = { code: 4400, reason: "channel: A name has 1 to 64 letters." };
  gateway.cutOff();
  await page.getByText("“lobby” cannot be a channel").waitFor();
  await page.getByText("A channel's name has up to 64 letters").waitFor();
  assert.equal(await page.getByRole("button", { name: "Try again" }).count(), 0);
  await page.reload();
  gateway.refusal = { code: 4410, reason: "removed by whoever manages the channel" };
  await page.reload();
  await page.getByText("This screen was sent away").waitFor();
  gateway.refusal = null;
  await page.getByRole("button", { name: "Try again" }).click();
  await page.getByText("This screen was sent away").waitFor({ state: "hidden" });
});

test("asks for a key where one is needed, and no more once the gateway wants none", async (t) => {
  const { gateway, page } = await openAt(t, "/kiosk", {}, (prepared) => (prepared.key = "stk_right"));
  await page.getByRole("dialog").getByText("This gateway needs a key").waitFor();
  await page.getByText("A key is needed").waitFor();
  await assertAccessible(page, "asking for a key");
  await page.getByRole("dialog").getByLabel("Key").fill("stk_wrong");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog").getByText("The last key was not accepted.").waitFor();
  gateway.key = null;
  await page.evaluate(() => window.stentor.connect()); // as it does by itself after a minute
  await page.getByRole("dialog").waitFor({ state: "detached" });
  await page.waitForFunction(() => window.stentor.state.connection === "open");
});

/** Asks as somebody else does who manages the channel. @param {import("../fake-gateway.js").FakeGateway} gateway @param {object} how */
async function control(gateway, how) {
  const body = JSON.stringify(how);
  const response = await fetch(`${gateway.url}/v1/channels/lobby/control`, { method: "POST", body });
  assert.equal(response.status, 200);
}
