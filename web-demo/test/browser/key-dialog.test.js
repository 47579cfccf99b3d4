import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { FakeGateway } from "../fake-gateway.js";
import { AUTOPLAY, launch } from "./browser.js";
import { SCREENSHOTS, assertAccessible } from "./page-stage.js";

const KEY = "stk_right";

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  browser = await launch([AUTOPLAY]);
});
after(() => browser.close());

/** Opens the page of a gateway that wants a key. */
async function open(t, { hash = "", ...options } = {}) {
  const gateway = new FakeGateway();
  gateway.key = KEY;
  const url = await gateway.start();
  const page = await browser.newPage(options);
  t.after(async () => {
    await page.close();
    await gateway.close();
  });
  await page.goto(`${url}/${hash}`);
  return { gateway, page, dialog: page.getByRole("dialog", { name: "This gateway needs a key" }) };
}

const connected = (page) => page.waitForFunction(() => window.stentor.state.connection === "open");

test("the page asks for a key once, keeps it in the tab, and never in its address", async (t) => {
  const { page, dialog } = await open(t);
  await dialog.waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.id), "key-field");
  await page.keyboard.type(KEY);
  await page.keyboard.press("Enter");
  await connected(page);
  assert.equal(await dialog.count(), 0);
  assert.ok(!page.url().includes("stk"));
  await page.reload();
  await connected(page);
  assert.equal(await dialog.count(), 0);
});

test("a wrong key is said to be wrong, and the dialog is accessible in both themes", async (t) => {
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    const { page, dialog } = await open(t, { colorScheme, viewport: { width: 390, height: 700 } });
    await dialog.getByLabel("Key").fill("stk_wrong");
    await dialog.getByRole("button", { name: "Use this key" }).click();
    await dialog.getByRole("alert").getByText("The last key was not accepted.").waitFor();
    await assertAccessible(page, colorScheme);
    await page.screenshot({ path: fileURLToPath(new URL(`key-${colorScheme}.png`, `file://${SCREENSHOTS}`)) });
    await dialog.getByLabel("Key").fill(KEY);
    await dialog.getByRole("button", { name: "Use this key" }).click();
    await connected(page);
  }
});

test("who cancels is asked again by the next attempt, and letters in the field are no shortcuts", async (t) => {
  const { page, dialog } = await open(t);
  await dialog.waitFor();
  await page.keyboard.type("m");
  assert.equal(await page.evaluate(() => window.stentor.muted), false);
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "detached" });
  assert.equal(await page.evaluate(() => window.stentor.state.connection), "refused");
  await page.evaluate(() => window.stentor.connect());
  await dialog.waitFor();
});

test("a key in a link is taken out of the address", async (t) => {
  const { page, dialog } = await open(t, { hash: `#key=${KEY}` });
  await connected(page);
  assert.ok(!page.url().includes("key"));
  assert.equal(await dialog.count(), 0);
});
