import assert from "node:assert/strict";
import { test } from "node:test";
import { SCREENSHOTS, assertAccessible, open } from "./page-stage.js";

const TEXT = "The gates open at nine. Please keep your tickets at hand — and enjoy the evening.";

for (const width of [1280, 390]) {
  test(`looks right and hinders nobody, light and dark: ${width} px`, async (t) => {
    const viewport = { width, height: width > 600 ? 860 : 844 };
    const { page, complaints } = await open(t, { viewport, reducedMotion: "reduce" }); // a colour on its way to another has less contrast
    const shoot = async (moment) => {
      for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await assertAccessible(page, `${moment}, ${colorScheme}`);
        await page.screenshot({ path: `${SCREENSHOTS}${colorScheme}-${width}-${moment}.png`, fullPage: true });
      }
    };
    await shoot("start");

    await page.getByRole("button", { name: "Start listening" }).click();
    await page.getByRole("button", { name: "Stop listening" }).waitFor();
    await page.getByLabel("Text", { exact: true }).fill("Good evening.");
    await page.keyboard.press("Enter");
    await page.locator("#history").getByText("Good evening.", { exact: true }).waitFor();
    await page.getByLabel("Text", { exact: true }).fill(TEXT);
    await page.getByRole("button", { name: "Speak", exact: true }).click();
    await page.locator("#caption mark").getByText("Please keep your tickets").waitFor();
    await page.getByText("Diagnostics").click();
    await page.getByText("How to say it").click();
    await page.getByText("Mixer", { exact: true }).click();
    await shoot("speaking");

    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `${overflow} px too wide`);
    const small = await page.evaluate(() =>
      [...document.querySelectorAll("button, a, input, select, textarea, summary")]
        .filter((element) => element.checkVisibility() && element.getBoundingClientRect().height < 44)
        .filter((element) => (element.closest("label")?.getBoundingClientRect().height ?? 0) < 44)
        .map((element) => element.outerHTML),
    );
    assert.deepEqual(small, []);
    assert.deepEqual(complaints, []);
  });
}

test("lets music play under the speech by one click, and says what became of it", async (t) => {
  const { gateway, page, complaints } = await open(t, { viewport: { width: 1180, height: 1200 } });
  const { mix } = gateway;
  await page.getByText("Mixer", { exact: true }).click();
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

test("asks again for a mix that could not be told", async (t) => {
  const { gateway, page } = await open(t, { viewport: { width: 1180, height: 1200 } });
  const { mix } = gateway;
  mix.failing = true;
  mix.state.sources = [{ name: "rain", kind: "bed", gain_db: -9, state: "playing", level: { rms_db: -40 } }];
  const looks = mix.looks;
  while (mix.looks === looks) await page.waitForTimeout(10);
  mix.failing = false;
  await page.getByLabel("Volume of rain").waitFor();
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
  await page.getByRole("button", { name: "Speak", exact: true }).click();
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

test("listens to the channel of its address", async (t) => {
  const { page } = await open(t);
  const socket = page.waitForEvent("websocket");
  await page.goto(`${new URL(page.url()).origin}/?channel=night%20tour`);
  assert.match((await socket).url(), /\/v1\/channels\/night%20tour\/listen$/);
  assert.equal(await page.title(), "Stentor · night tour");
});
