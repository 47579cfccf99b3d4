const TEXT =
  "Good evening, and welcome. The gates open at nine. Please keep your tickets at hand, and take your time on the stairs.";

/** @param {import("playwright-core").Page} page */
async function open(page) {
  await page.waitForFunction(() => {
    const { connection, audio } = window.stentor.state;
    return connection === "open" && audio === "running";
  });
}

/** @param {import("playwright-core").Page} page @param {import("../test/fake-gateway.js").FakeGateway} gateway */
async function speak(page, gateway) {
  await open(page);
  gateway.speak({ samples: 8 * 24_000, text: TEXT });
  await page.locator("#words mark").getByText("Please keep").waitFor();
  await page.waitForTimeout(500); // until the words stand still
}

/** The states of the kiosk. @type {(Pick<import("./scenes.mjs").Scene, "name" | "play"> & {address?: string})[]} */
export const kiosk = [
  { name: "kiosk-idle", play: open },
  { name: "kiosk-speaking", play: speak },
  {
    name: "kiosk-muted",
    async play(page, gateway) {
      await speak(page, gateway);
      gateway.announce({ t: "control", volume: 1, muted: true });
      await page.locator("#loudness").getByText("Muted").waitFor();
    },
  },
  {
    name: "kiosk-lost",
    async play(page, gateway) {
      await speak(page, gateway);
      gateway.die();
      await page.getByText("The connection is lost").waitFor();
    },
  },
  {
    name: "kiosk-back",
    async play(page, gateway) {
      await speak(page, gateway);
      gateway.die();
      await page.getByText("The connection is lost").waitFor();
      gateway.rise();
      await page.getByText("The rest of this text was lost.").waitFor();
    },
  },
  {
    name: "kiosk-name",
    address: "kiosk?channel=-no%20name",
    async play(page, gateway) {
      gateway.refusal = { code: 4400, reason: "channel: A name has 1 to 64 letters." };
      gateway.cutOff();
      await page.getByText("cannot be a channel").waitFor();
    },
  },
];
