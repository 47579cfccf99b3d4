import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { FakeGateway } from "../fake-gateway.js";
import { AUTOPLAY, launch } from "./browser.js";

const AXE = fileURLToPath(import.meta.resolve("axe-core/axe.min.js"));
const SCREENSHOTS = fileURLToPath(new URL("../../../target/screenshots/", import.meta.url));
const TEXT = "The gates open at nine. Please keep your tickets at hand — and enjoy the evening.";

/** Something that rises and falls like speech. @param {number} n */
const murmur = (n) => {
  const syllable = Math.max(0, Math.sin(n / 1500)) * (0.6 + 0.4 * Math.sin(n / 9100));
  return Math.round(9000 * syllable * (Math.sin(n / 25) + 0.4 * Math.sin(n / 9.1)));
};

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  mkdirSync(SCREENSHOTS, { recursive: true });
  browser = await launch([AUTOPLAY]);
});
after(() => browser.close());

/** @param {import("node:test").TestContext} t @param {import("playwright-core").BrowserContextOptions} [options] */
async function open(t, options) {
  const gateway = new FakeGateway({ sample: murmur });
  const url = await gateway.start();
  const page = await browser.newPage(options);
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  t.after(async () => {
    await page.close();
    await gateway.close();
  });
  await page.goto(url);
  await page.getByRole("status").getByText("Connected").waitFor();
  return { gateway, page, complaints };
}

/** @param {import("playwright-core").Page} page @param {string} where */
async function assertAccessible(page, where) {
  if (!(await page.evaluate(() => "axe" in window))) await page.addScriptTag({ path: AXE });
  const { violations } = await page.evaluate(() => window.axe.run());
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(", ")}`);
  assert.deepEqual(found, [], where);
}

for (const width of [1180, 390]) {
  for (const colorScheme of ["light", "dark"]) {
    test(`looks right and hinders nobody: ${colorScheme}, ${width} px`, async (t) => {
      const viewport = { width, height: width > 600 ? 860 : 844 };
      const { page, complaints } = await open(t, { viewport, colorScheme });
      const shoot = async (moment) => {
        await assertAccessible(page, moment);
        await page.screenshot({ path: `${SCREENSHOTS}${colorScheme}-${width}-${moment}.png`, fullPage: true });
      };
      await shoot("start");

      await page.getByRole("button", { name: "Start listening" }).click();
      await page.getByRole("button", { name: "Stop listening" }).waitFor();
      await page.getByLabel("Text", { exact: true }).fill("Good evening.");
      await page.keyboard.press("Enter");
      await page.locator("#history li").waitFor();
      await page.getByLabel("Text", { exact: true }).fill(TEXT);
      await page.getByRole("button", { name: "Speak" }).click();
      await page.locator("#caption mark").getByText("Please keep your tickets").waitFor();
      await page.getByText("Diagnostics").click();
      await shoot("speaking");

      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `${overflow} px too wide`);
      const small = await page.evaluate(() =>
        [...document.querySelectorAll("button, a, input, select, textarea, summary")]
          .filter((element) => element.getBoundingClientRect().height < 44)
          .map((element) => element.outerHTML),
      );
      assert.deepEqual(small, []);
      assert.deepEqual(complaints, []);
    });
  }
}

test("lets music play under the speech by one click, and says what became of it", async (t) => {
  const { gateway, page, complaints } = await open(t, { viewport: { width: 1180, height: 1200 } });
  const { mix } = gateway;
  await page.getByRole("button", { name: "Play music" }).click();
  await page.getByRole("button", { name: "Stop the music" }).waitFor();
  await page.getByRole("button", { name: "Stop listening" }).waitFor(); // the same click unlocks the audio
  assert.deepEqual(mix.asked, [
    {
      method: "PUT",
      path: "/sources/music",
      body: { kind: "bed", sound: "demo-bed", duck: { depth_db: -12 }, gain_db: 0, fade_ms: 500 },
    },
  ]);
  await page.getByLabel("Music volume").fill("-6");
  await page.getByLabel("Quieter during speech by").fill("18");
  while (mix.asked.length < 3) await page.waitForTimeout(10); // a slider's value is sent a moment later, a bell at once
  await page.getByRole("button", { name: "Ring a bell" }).click();
  while (mix.asked.length < 4) await page.waitForTimeout(10);
  const [, gain, duck, bell] = mix.asked;
  assert.deepEqual(gain, { method: "PATCH", path: "/sources/music", body: { gain_db: -6, fade_ms: 500 } });
  assert.deepEqual(duck, { method: "PATCH", path: "/mix", body: { duck: { depth_db: -18 } } });
  assert.deepEqual(bell.body, { kind: "earcon", sound: "demo-chime" });
  await page.waitForFunction(() => document.querySelector("meter#mixer-level-bed").value > -60);
  mix.state.pending = true;
  await page.getByText("as soon as nobody is speaking").waitFor();
  await assertAccessible(page, "mixing");
  await page.screenshot({ path: `${SCREENSHOTS}mixing.png`, fullPage: true });
  await page.getByRole("button", { name: "Stop the music" }).click();
  await page.getByRole("button", { name: "Play music" }).waitFor();
  assert.equal(mix.asked.at(-1).method, "DELETE");
  assert.deepEqual(complaints, []);
  const looks = mix.looks;
  await page.waitForTimeout(1_500);
  assert.ok(mix.looks <= looks + 1, `asked ${mix.looks - looks} times for a mix that does not change`);
  await page.locator("#mixer-sound").selectOption("gone.wav");
  await page.getByRole("button", { name: "Play music" }).click();
  await page.getByText("There is no such sound").waitFor();
});

test("shows every other source of the mix, to be turned up and down and taken out, and what failed", async (t) => {
  const { gateway, page, complaints } = await open(t, { viewport: { width: 1180, height: 1200 } });
  const { mix } = gateway;
  const others = page.getByRole("list", { name: "Other sources" });
  mix.state.sources = [
    { name: "rain", kind: "bed", gain_db: -9, state: "playing", level: { rms_db: -40 } },
    { name: "guide", kind: "speech", gain_db: 0, state: "playing", level: { rms_db: -22 } },
  ];
  Object.assign(mix.state, {
    on: true,
    failed: [{ name: "host", code: "EngineFault", message: "The engine failed." }],
  });
  await page.getByRole("button", { name: "Start listening" }).click();
  await page.getByText("host failed: The engine failed.").waitFor();
  assert.equal(await others.getByRole("listitem").count(), 2);
  assert.equal(await page.getByLabel("Volume of rain").inputValue(), "-9");
  assert.equal(await page.getByLabel("Level of guide").evaluate((meter) => meter.value), -22);
  await page.getByLabel("Volume of rain").fill("-15");
  await page.getByRole("button", { name: "Remove guide" }).click();
  while (mix.asked.length < 2) await page.waitForTimeout(10);
  assert.deepEqual(mix.asked, [
    { method: "PATCH", path: "/sources/rain", body: { gain_db: -15, fade_ms: 500 } },
    { method: "DELETE", path: "/sources/guide", body: "" },
  ]);
  await page.getByLabel("Volume of guide").waitFor({ state: "detached" });
  mix.state.sources = [{ ...mix.state.sources[0], gain_db: -45.5 }]; // changed by somebody else
  await page.getByText("Music volume").click(); // moves the focus away from the slider
  await page.getByText("-45.5 dB").waitFor();
  await assertAccessible(page, "mixing other sources");
  await page.screenshot({ path: `${SCREENSHOTS}sources.png`, fullPage: true });
  await page.getByRole("button", { name: "Dismiss" }).click();
  while (mix.asked.length < 3) await page.waitForTimeout(10);
  assert.deepEqual(mix.asked[2], { method: "DELETE", path: "/sources/host", body: "" });
  Object.assign(mix.state, { sources: [], failed: [] });
  await others.waitFor({ state: "hidden" });
  await page.getByRole("button", { name: "Dismiss" }).waitFor({ state: "hidden" });
  assert.deepEqual(complaints, []);
});

test("says in plain words what was refused, beside the field", async (t) => {
  const { page } = await open(t, { viewport: { width: 1180, height: 860 } });
  const text = page.getByLabel("Text", { exact: true });
  await text.fill("  ");
  await page.getByRole("button", { name: "Speak" }).click();
  await page.getByText("Write something to say first.").waitFor();
  await text.fill("a".repeat(601));
  await page.keyboard.press("Enter");
  await page.getByText("A text has at most 600 characters, this one has 601.").waitFor();
  assert.equal(await text.getAttribute("aria-invalid"), "true");
  await assertAccessible(page, "refused");
  await page.screenshot({ path: `${SCREENSHOTS}refused.png` });
  await text.fill("Better.");
  await page.keyboard.press("Enter");
  await page.locator("#caption").getByText("Better.").waitFor();
  assert.equal(await page.locator("#text-error").textContent(), "");
});

test("is worked by keys alone, which leave the fields alone", async (t) => {
  const { page } = await open(t);
  const state = () => page.evaluate(() => ({ audio: window.stentor.state.audio, muted: window.stentor.muted }));
  assert.equal(await page.evaluate(() => document.activeElement?.id), "start");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Stop listening" }).waitFor();
  await page.keyboard.press("m");
  assert.deepEqual(await state(), { audio: "running", muted: true });
  const text = page.getByLabel("Text", { exact: true });
  await text.fill("");
  await text.pressSequentially("m m");
  assert.deepEqual(await state(), { audio: "running", muted: true });
  assert.equal(await text.inputValue(), "m m");
  await text.blur();
  await page.keyboard.press(" ");
  await page.getByRole("button", { name: "Start listening" }).waitFor();
  await page.getByRole("status").getByText("Not listening").waitFor();
});

test("an interruption ends what is said, and is told", async (t) => {
  const { gateway, page } = await open(t);
  await page.getByRole("button", { name: "Start listening" }).click();
  gateway.speak({ samples: 10 * 24000, text: "A very long story." });
  await page.locator("#caption").getByText("A very long story.").waitFor();
  await page.getByRole("button", { name: "Interrupt" }).click();
  await page.locator("#history").getByText("interrupted").waitFor();
  assert.equal(gateway.gen, 2);
});

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

test("listens to the channel of its address", async (t) => {
  const { page } = await open(t);
  const socket = page.waitForEvent("websocket");
  await page.goto(`${new URL(page.url()).origin}/?channel=night%20tour`);
  assert.match((await socket).url(), /\/v1\/channels\/night%20tour\/listen$/);
  assert.equal(await page.title(), "Stentor · night tour");
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
  await assertAccessible(page, "restarted");
  await page.screenshot({ path: `${SCREENSHOTS}restarted.png`, fullPage: true });
  await text.fill("Here I am again.");
  await page.keyboard.press("Enter");
  await page.locator("#history").getByText("Here I am again.").waitFor();
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
    let attempts = 0;
    page.on("websocket", () => attempts++);
    await page.waitForTimeout(700);
    assert.equal(attempts, 0, `${code} is tried again`);
    if (code === 4400) {
      await assertAccessible(page, "refused");
      await page.screenshot({ path: `${SCREENSHOTS}no-channel.png` });
    }
    gateway.refusal = null;
    await page.getByRole("button", { name: "Try again" }).click();
    await page.getByRole("status").getByText("Connected, listening").waitFor();
    page.removeAllListeners("websocket");
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
