import assert from "node:assert/strict";
import { test } from "node:test";
import { SCREENSHOTS, WIDE, assertAccessible, open } from "./page-stage.js";

const LONG = Array.from({ length: 40 }, (_, i) => `This is sentence number ${i + 1} of a long text.`).join(" ");

/** @param {import("playwright-core").Page} page */
async function listen(page) {
  await page.getByRole("button", { name: "Start listening" }).click();
  await page.getByRole("button", { name: "Stop listening" }).waitFor();
}

test("the title follows the channel, and Pause holds the sound and lets it go on", async (t) => {
  const { gateway, page, complaints } = await open(t, WIDE);
  const title = page.getByRole("heading", { level: 1 });
  const pause = page.locator("#pause");
  await title.getByText("Nobody is speaking").waitFor();
  assert.equal(await pause.getAttribute("aria-disabled"), "true");
  await listen(page);
  let speaks;
  gateway.thought = new Promise((resolve) => (speaks = resolve));
  await page.getByRole("button", { name: "Speak", exact: true }).click();
  await title.getByText("Preparing the voice").waitFor();
  await assertAccessible(page, "preparing");
  speaks();
  await title.getByText("Now speaking").waitFor();
  await page.getByRole("button", { name: "Pause" }).click();
  await title.getByText("Paused").waitFor();
  await page.getByRole("status").getByText("Connected, paused").waitFor();
  await assertAccessible(page, "paused");
  await page.screenshot({ path: `${SCREENSHOTS}paused.png` });
  const held = await page.locator("#progress").textContent();
  await page.waitForTimeout(600);
  assert.equal(await page.locator("#progress").textContent(), held);
  await page.keyboard.press("p");
  await title.getByText("Now speaking").waitFor();
  await title.getByText("Nobody is speaking").waitFor();
  assert.equal(await page.locator("#caption mark").count(), 0, "nothing stays lit");
  const asked = gateway.requests.map(({ what }) => what).filter((what) => what.startsWith("POST /"));
  assert.deepEqual(asked, ["POST /utterances", "POST /pause", "POST /resume"]);
  assert.deepEqual(complaints, []);
});

test("the stage keeps its height, and its window scrolls to the sentence that is heard", async (t) => {
  const { gateway, page } = await open(t, { ...WIDE, reducedMotion: "reduce" });
  await listen(page);
  const height = () => page.locator(".stage").evaluate((stage) => stage.getBoundingClientRect().height);
  const before = await height();
  gateway.speak({ samples: 40 * 9600, text: LONG });
  await page
    .locator("#caption mark")
    .getByText(/number [23]\d of/)
    .waitFor(); // each is lit for 400 ms only
  assert.equal(await height(), before);
  assert.match(await page.locator("#progress").textContent(), /^Sentence \d+ of 40, 0:\d\d of about 0:\d\d$/);
  const inside = await page.evaluate(() => {
    const box = document.querySelector("#caption").getBoundingClientRect();
    const lit = document.querySelector("#caption mark").getBoundingClientRect();
    return lit.top >= box.top && lit.bottom <= box.bottom;
  });
  assert.ok(inside, "the lit sentence is in view");
});

test("a text that comes as one caption moves on too, though nobody tells where its sentences begin", async (t) => {
  const { gateway, page } = await open(t, { viewport: { width: 390, height: 844 }, reducedMotion: "reduce" });
  await listen(page);
  gateway.speak({ samples: 60 * 24000, text: "and so it goes on ".repeat(50).trim() });
  await page.locator("#caption mark").waitFor();
  await page.waitForFunction(() => document.querySelector("#caption").scrollTop > 0);
});

test("one action is the primary one: first to listen, then to speak", async (t) => {
  const { page } = await open(t, WIDE);
  const primary = () => page.locator("button.primary:visible").allTextContents();
  assert.match((await primary()).join("|"), /^\s*Start listening\s*Space\s*$/);
  await listen(page);
  assert.deepEqual(await primary(), ["Speak"]);
});

test("the transport stays in view on a phone, wherever the page is scrolled to", async (t) => {
  const { page } = await open(t, { viewport: { width: 390, height: 844 } });
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
  for (const id of ["start", "pause", "interrupt", "mute"]) {
    assert.ok(
      await page.locator(`#${id}`).evaluate((button) => {
        const { top, bottom } = button.getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight;
      }),
      id,
    );
  }
});

test("the list has queue and history, each text with what can be done with it", async (t) => {
  const { gateway, page, complaints } = await open(t, WIDE);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await listen(page);
  const rows = page.locator("#history li");
  await page.getByLabel("Text", { exact: true }).fill("First.");
  await page.keyboard.press("Enter");
  await rows.filter({ hasText: "First." }).and(page.locator("[data-state=done]")).waitFor();
  await rows.getByText(/\d+ ms to first sound/).waitFor();
  await rows.getByRole("button", { name: "Copy the text" }).click();
  await page.locator("#history-said").getByText("Copied.").waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "First.");
  const download = page.waitForEvent("download");
  await rows.getByRole("button", { name: "Download" }).click();
  assert.match(
    (await download).url(),
    /^http:\/\/127\.0\.0\.1:\d+\/v1\/audio\/u1\.wav\?/,
    "from the page's own origin",
  );
  await rows.getByRole("button", { name: "Say it again" }).click();
  await rows.nth(1).waitFor();
  const again = gateway.requests.filter(({ what }) => what === "POST /utterances").at(-1);
  assert.deepEqual(again.body, { text: "First.", voice: "slt" });
  gateway.speak({ samples: 20 * 24000, text: "A story without an end." });
  await page.locator("#caption").getByText("A story").waitFor();
  const story = rows.filter({ hasText: "A story" });
  assert.equal(await story.getByRole("button", { name: "Say it again" }).isVisible(), false);
  await assertAccessible(page, "list");
  await story.getByRole("button", { name: "Cancel" }).click();
  await story.getByText("interrupted").waitFor();
  assert.equal(await story.getByRole("button", { name: "Cancel" }).isVisible(), false);
  assert.deepEqual(complaints, []);
});

test("the waterfall divides the time from the request to its sound", async (t) => {
  const { page } = await open(t, WIDE);
  await listen(page);
  await page.getByRole("button", { name: "Speak", exact: true }).click();
  const table = page.locator("#waterfall table");
  await table.getByText("In all").waitFor();
  const times = await table.locator("td:last-child").allTextContents();
  const ms = times.map((time) => Number.parseInt(time));
  assert.equal(ms.length, 6);
  const whole = ms.pop();
  const sum = ms.reduce((a, b) => a + b, 0);
  assert.ok(Math.abs(sum - whole) <= 5, `${times}`);
  await assertAccessible(page, "waterfall");
});

test("the head tells the engine, its languages, how many listen and how late; advice for operators is one click away", async (t) => {
  const { page } = await open(t, WIDE);
  await page.getByText("Embedded voice · English").click();
  await page.getByText("It stands in for the voices of the cloud").waitFor();
  await page.getByText("1 listener").waitFor();
  assert.equal(await page.getByText("DASHSCOPE_API_KEY").isVisible(), false);
  await page.locator("#engine").getByText("For the operator").click();
  await page.getByText("DASHSCOPE_API_KEY").waitFor();
  await assertAccessible(page, "engine");
  await page.keyboard.press("Escape");
  await page.getByText("It stands in for the voices of the cloud").waitFor({ state: "hidden" });
  await listen(page);
  await page.getByRole("button", { name: "Speak", exact: true }).click();
  await page.getByText(/^Latency \d+ ms$/).waitFor();
});

test("what a refusal says to an operator is not shown to a visitor at once", async (t) => {
  const { page } = await open(t, WIDE);
  await page.getByLabel("Text", { exact: true }).fill("Добрый вечер.");
  await page.keyboard.press("Enter");
  await page.locator("#text-error").getByText("The voice speaks English only.", { exact: true }).waitFor();
  assert.equal(await page.locator("#text-advice").getByText("DASHSCOPE_API_KEY").isVisible(), false);
  await page.locator("#text-advice").getByText("For the operator").click();
  await page.locator("#text-advice").getByText("DASHSCOPE_API_KEY").waitFor();
  await assertAccessible(page, "advice");
});

test("the switcher goes to another channel, and checks the name before", async (t) => {
  const { page } = await open(t, WIDE);
  await page.locator("#switcher summary").click();
  const name = page.getByLabel("Go to a channel");
  await name.fill("night tour");
  await page.keyboard.press("Enter");
  await page.getByText("no blanks").waitFor();
  assert.equal(await name.getAttribute("aria-invalid"), "true");
  await assertAccessible(page, "wrong name");
  await name.fill("night-tour");
  await page.getByText("no blanks").waitFor({ state: "hidden" });
  const socket = page.waitForEvent("websocket");
  await page.keyboard.press("Enter");
  assert.match((await socket).url(), /\/v1\/channels\/night-tour\/listen$/);
});

test("the drawer has the link, its code to scan, and code for the present text, voice and channel", async (t) => {
  const { page, complaints } = await open(t, WIDE);
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.getByLabel("Text", { exact: true }).fill("It's nine.");
  await page.getByRole("button", { name: "Use this" }).click();
  const drawer = page.getByRole("dialog", { name: "Use this" });
  await drawer.getByRole("img", { name: "QR code of the link" }).waitFor();
  const code = await drawer.locator("code").allTextContents();
  assert.match(code[0], /utterances' \\\n/);
  assert.match(code[0], /"text":"It'\\''s nine\.","voice":"slt"/);
  assert.match(code[1], /\/v1\/channels\/lobby\/listen/);
  assert.match(code[2], /voice: "slt"/);
  await drawer.getByRole("button", { name: "Copy link" }).click();
  await drawer.getByText("The link: copied.").waitFor();
  assert.equal(
    await page.evaluate(() => navigator.clipboard.readText()),
    `${new URL(page.url()).origin}/?channel=lobby`,
  );
  await drawer.getByRole("button", { name: "Copy: Speak, with curl" }).click();
  await drawer.getByText("Speak, with curl: copied.").waitFor();
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), code[0]);
  await assertAccessible(page, "drawer");
  await page.keyboard.press("Escape");
  await drawer.waitFor({ state: "hidden" });
  assert.equal(await page.evaluate(() => document.activeElement?.id), "use-this", "the focus comes back");
  assert.deepEqual(complaints, []);
});

test("the mixer is folded until something is mixed, and single keys can be switched off", async (t) => {
  const { gateway, page } = await open(t, WIDE);
  const mixer = page.locator("#mixer");
  assert.equal(await mixer.evaluate((panel) => panel.open), false);
  gateway.mix.state.sources = [{ name: "rain", kind: "bed", gain_db: -9, state: "playing", level: { rms_db: -40 } }];
  await page.getByLabel("Volume of rain").waitFor();
  await mixer.locator("summary").click();
  gateway.mix.state.sources = [{ ...gateway.mix.state.sources[0], gain_db: -12 }];
  await page.waitForTimeout(400);
  assert.equal(await mixer.evaluate((panel) => panel.open), false, "who folds it again keeps it so");
  await page.getByText("Diagnostics").click();
  await page.getByLabel("Single keys").uncheck();
  await page.locator("h1").click();
  await page.keyboard.press("m");
  assert.equal(await page.evaluate(() => window.stentor.muted), false);
});
