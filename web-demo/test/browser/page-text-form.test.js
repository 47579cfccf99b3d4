import assert from "node:assert/strict";
import { test } from "node:test";
import { WIDE, assertAccessible, open } from "./page-stage.js";

test("a voice is found by search, language and sex, heard, and chosen", async (t) => {
  const { gateway, page, complaints } = await open(t, WIDE);
  await page.getByRole("button", { name: "Voice slt" }).click();
  const drawer = page.getByRole("dialog", { name: "Voice" });
  const names = () => drawer.getByRole("radio").evaluateAll((radios) => radios.map((radio) => radio.value));
  assert.deepEqual(await names(), ["slt", "slt-deep", "Cherry", "Ethan", "Serena"], "those that the engine has, first");
  await drawer.getByText("stands in for").waitFor();
  await assertAccessible(page, "voices");
  await drawer.getByRole("combobox", { name: /^Language/ }).selectOption("German");
  assert.deepEqual(await names(), ["Cherry", "Serena"]);
  await drawer.getByRole("combobox", { name: /^Language/ }).selectOption("");
  await drawer.getByRole("combobox", { name: /^Sex/ }).selectOption("male");
  assert.deepEqual(await names(), ["slt-deep", "Ethan"]);
  await drawer.getByRole("searchbox").fill("nobody");
  await drawer.getByText("No voice fits.").waitFor();
  await drawer.getByRole("searchbox").fill("deep");
  await drawer.getByRole("button", { name: "Preview slt-deep" }).click();
  await drawer.getByRole("button", { name: "Preview slt-deep" }).getByText("Preview").waitFor(); // heard to its end
  await drawer.getByRole("radio").check();
  await drawer.getByRole("button", { name: "Done" }).click();
  await page.getByRole("button", { name: "Voice slt-deep" }).waitFor();
  await page.getByRole("button", { name: "Speak", exact: true }).click();
  await page.locator("#history li").waitFor();
  assert.equal(gateway.requests.find(({ what }) => what === "POST /utterances").body.voice, "slt-deep");
  assert.deepEqual(complaints, []);
});

test("instructions go to a model that follows them, and are not offered where none does", async (t) => {
  const { gateway, page } = await open(t, WIDE);
  await page.getByText("How to say it").click();
  const instructions = page.getByLabel("Instructions");
  assert.equal(await instructions.isDisabled(), true);
  await page.getByRole("button", { name: "Voice slt" }).click();
  await page.getByRole("radio", { name: /^Cherry/ }).check();
  await page.keyboard.press("Escape");
  await instructions.fill("Sing.");
  await page.getByRole("button", { name: "Speak", exact: true }).click();
  await page.locator("#instructions-error").getByText("Nobody can sing here.").waitFor();
  const { body } = gateway.requests.find(({ what }) => what === "POST /utterances");
  assert.equal(body.model, "instruct");
  assert.equal(body.instructions, "Sing.");
});

test("what is typed is sent word by word, and what was sent stays as it is", async (t) => {
  const { gateway, page } = await open(t, WIDE);
  await page.getByLabel("Speak while I type").check();
  const text = page.getByLabel("Text", { exact: true });
  await text.pressSequentially("Good evening. The gates");
  await page.keyboard.press("Home");
  await page.keyboard.type("X");
  assert.equal(await text.inputValue(), "Good evening. The gates", "what was sent is put back");
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  const sent = () => gateway.requests.filter(({ what }) => /^POST \/utterances/.test(what));
  while (sent().at(-1)?.what !== "POST /utterances/open1/end") await page.waitForTimeout(10);
  assert.deepEqual(sent(), [
    { what: "POST /utterances", body: { open: true, voice: "slt" } },
    { what: "POST /utterances/open1/text", body: { seq: 1, text: "Good " } },
    { what: "POST /utterances/open1/text", body: { seq: 2, text: "evening. " } },
    { what: "POST /utterances/open1/text", body: { seq: 3, text: "The " } },
    { what: "POST /utterances/open1/text", body: { seq: 4, text: "gates" } },
    { what: "POST /utterances/open1/end", body: { seq: 5 } },
  ]);
  assert.equal(await text.inputValue(), "");
});
