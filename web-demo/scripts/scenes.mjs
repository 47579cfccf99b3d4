import { kiosk } from "./kiosk-scenes.mjs";
import { monitor } from "./monitor-scenes.mjs";

const TEXT =
  "Good evening, and welcome. The gates open at nine. Please keep your tickets at hand, and take your time on the stairs. " +
  "The second part begins after the break, in the small hall. We wish you a wonderful night.";

/**
 * @typedef {object} Scene one state of a page
 * @property {string} name
 * @property {string} file the page's file, without which it is left out
 * @property {string} address
 * @property {boolean} [whole] whether the picture shows the whole page, not only what is in view
 * @property {boolean} [still] without motion
 * @property {(page: import("playwright-core").Page, gateway: import("../test/fake-gateway.js").FakeGateway) => Promise<void>} play
 */

/** @typedef {import("playwright-core").Page} Page */

/** @param {Page} page */
async function open(page) {
  await page.locator("#status").getByText("Connected").waitFor();
  await page.getByText("1 listener").waitFor();
  await page.locator("#voice-name").getByText("slt").waitFor();
}

/** @param {Page} page @param {import("../test/fake-gateway.js").FakeGateway} gateway */
async function listen(page, gateway) {
  await open(page);
  await page.getByRole("button", { name: "Start listening" }).click();
  await page.getByRole("button", { name: "Stop listening" }).waitFor();
  gateway.thinkMs = 200;
}

/** Speaks until a part of the text is heard. @param {Page} page @param {import("../test/fake-gateway.js").FakeGateway} gateway */
async function speak(page, gateway) {
  await listen(page, gateway);
  await page.getByLabel("Text", { exact: true }).fill("Good evening.");
  await page.keyboard.press("Enter");
  await page.locator("#history [data-state=done]").waitFor();
  await page.getByLabel("Text", { exact: true }).fill(TEXT);
  await page.keyboard.press("Enter");
  await page.locator("#caption mark").getByText("Please keep").waitFor();
  await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
  await page.evaluate(() => scrollTo(0, 0));
  await page.mouse.move(0, 0);
  await page.waitForTimeout(200); // for the colour of the button that it leaves
}

/** @type {Omit<Scene, "file" | "address">[]} */
const studio = [
  { name: "studio-idle", play: open },
  {
    name: "studio-preparing",
    async play(page, gateway) {
      await listen(page, gateway);
      gateway.thinkMs = 5000;
      await page.getByLabel("Text", { exact: true }).fill(TEXT);
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: "Preparing" }).waitFor();
    },
  },
  { name: "studio-speaking", play: speak },
  {
    name: "studio-page",
    whole: true,
    async play(page, gateway) {
      await speak(page, gateway);
      await page.getByText("Diagnostics").click();
    },
  },
  {
    name: "studio-paused",
    async play(page, gateway) {
      await speak(page, gateway);
      await page.locator("#pause").click();
      await page.getByRole("heading", { name: "Paused" }).waitFor();
    },
  },
  {
    name: "studio-key",
    async play(page, gateway) {
      await open(page);
      gateway.refusal = { code: 4401, reason: "A valid key is needed." };
      gateway.cutOff();
      await page.getByRole("dialog", { name: "This gateway needs a key" }).waitFor();
    },
  },
  {
    name: "studio-refused",
    async play(page, gateway) {
      await open(page);
      gateway.refusal = { code: 4400, reason: "channel: A name has 1 to 64 letters." };
      gateway.cutOff();
      await page.getByRole("button", { name: "Try again" }).waitFor();
    },
  },
  {
    name: "studio-refused-text",
    whole: true,
    async play(page) {
      await open(page);
      await page.getByLabel("Text", { exact: true }).fill("Добрый вечер.");
      await page.keyboard.press("Enter");
      await page.locator("#text-advice summary").click();
    },
  },
  {
    name: "studio-lost",
    async play(page, gateway) {
      await speak(page, gateway);
      gateway.die();
      await page.locator("#status").getByText("Connection lost").waitFor();
      gateway.rise();
      await page.locator("#note").getByText("was lost").waitFor();
    },
  },
  {
    name: "studio-drawer",
    still: true,
    async play(page) {
      await open(page);
      await page.getByRole("button", { name: "Use this" }).click();
      await page.getByRole("img", { name: "QR code" }).waitFor();
    },
  },
  {
    name: "studio-voices",
    still: true,
    async play(page) {
      await open(page);
      await page.locator("#voice").click();
      await page.getByRole("radio").first().waitFor();
    },
  },
  {
    name: "studio-channel",
    async play(page) {
      await open(page);
      await page.locator("#switcher summary").click();
      await page.getByLabel("Go to a channel").fill("night tour");
      await page.keyboard.press("Enter");
      await page.locator("#channel-error").getByText("no blanks").waitFor();
    },
  },
  {
    name: "studio-mixer",
    whole: true,
    async play(page, gateway) {
      gateway.mix.state.sources = [
        { name: "music", kind: "bed", sound: "demo-bed", gain_db: -6, state: "playing", level: { rms_db: -31 } },
        { name: "rain", kind: "bed", gain_db: -9, state: "playing", level: { rms_db: -40 } },
      ];
      Object.assign(gateway.mix.state, { on: true, level: { rms_db: -24 }, speech: { rms_db: -27 } });
      await speak(page, gateway);
      await page.getByLabel("Volume of rain").waitFor();
    },
  },
];

/** All states of all pages, by the names of their pictures. @type {Scene[]} */
export const scenes = [
  ...studio.map((scene) => ({ ...scene, file: "index.html", address: "" })),
  ...kiosk.map((scene) => ({ address: "kiosk?channel=lobby", ...scene, file: "kiosk.html" })),
  ...monitor.map((scene) => ({ ...scene, file: "monitor.html", address: "monitor?channel=lobby" })),
];
