import assert from "node:assert/strict";
import { mkdirSync } from "node:fs";
import { after, before } from "node:test";
import { fileURLToPath } from "node:url";
import { FakeGateway } from "../fake-gateway.js";
import { AUTOPLAY, launch } from "./browser.js";

// The page, opened in a browser of the test file that imports this, on a fake gateway of its own.

const AXE = fileURLToPath(import.meta.resolve("axe-core/axe.min.js"));
export const SCREENSHOTS = fileURLToPath(new URL("../../../target/screenshots/", import.meta.url));
/** A wide window. */
export const WIDE = { viewport: { width: 1280, height: 860 } };
/** Something that rises and falls like speech. @param {number} n */
const murmur = (n) => {
  const syllable =
    Math.max(0, Math.sin(n / 1500) + 0.5 * Math.sin(n / 3700)) *
    (0.5 + 0.3 * Math.sin(n / 9100) + 0.2 * Math.sin(n / 610));
  return Math.round(9000 * syllable * (Math.sin(n / 25) + 0.4 * Math.sin(n / 9.1)));
};

/** @type {import("playwright-core").Browser} */
let browser;
before(async () => {
  mkdirSync(SCREENSHOTS, { recursive: true });
  browser = await launch([AUTOPLAY]);
});
after(() => browser.close());

/** Opens the main page; it is connected. @param {import("node:test").TestContext} t @param {import("playwright-core").BrowserContextOptions} [options] */
export async function open(t, options) {
  const stage = await openAt(t, "/", options);
  await stage.page.getByRole("status").getByText("Connected").waitFor();
  return stage;
}

/** Opens a page. @param {import("node:test").TestContext} t @param {string} address @param {import("playwright-core").BrowserContextOptions} [options] @param {(gateway: FakeGateway) => void} [prepare] */
export async function openAt(t, address, options, prepare = () => undefined) {
  const gateway = new FakeGateway({ sample: murmur });
  gateway.tellsPhases = true;
  prepare(gateway);
  const url = await gateway.start();
  const page = await browser.newPage({ reducedMotion: "reduce", ...options }); // a colour on its way to another has less contrast
  const complaints = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  t.after(async () => {
    await page.close();
    await gateway.close();
  });
  await page.goto(url + address);
  return { gateway, page, complaints };
}

/** @param {import("playwright-core").Page} page @param {string} where */
export async function assertAccessible(page, where) {
  if (!(await page.evaluate(() => "axe" in window))) await page.addScriptTag({ path: AXE });
  const { violations } = await page.evaluate(() => window.axe.run());
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(", ")}`);
  assert.deepEqual(found, [], where);
}

/** The same in the light and in the dark theme. @param {import("playwright-core").Page} page @param {string} where */
export async function assertAccessibleInBothThemes(page, where) {
  for (const colorScheme of /** @type {const} */ (["dark", "light"])) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" }); // a colour on its way to another has less contrast
    await assertAccessible(page, `${where}, ${colorScheme}`);
  }
}
