import { furnish } from "../test/furnished-gateway.js";

/** Opens the page on a gateway with something to see. @param {import("playwright-core").Page} page @param {import("../test/fake-gateway.js").FakeGateway} gateway */
async function open(page, gateway) {
  furnish(gateway);
  await page.getByRole("row", { name: /kiosk-9/ }).waitFor();
}

/** The states of the monitor. @type {Pick<import("./scenes.mjs").Scene, "name" | "play" | "whole">[]} */
export const monitor = [
  {
    name: "monitor-page",
    whole: true,
    async play(page, gateway) {
      await open(page, gateway);
      await page.getByRole("button", { name: "Listen here" }).click();
      gateway.speak({ samples: 14 * 24_000, text: "Good evening." });
      for (let i = 0; i < 6; i++) {
        await page.waitForTimeout(2_000); // a point of the plots
        for (const listener of gateway.management.listeners.lobby ?? [])
          listener.lag_ms = Math.round(listener.lag_ms * 0.8 + 40);
      }
    },
  },
  {
    name: "monitor-asking",
    async play(page, gateway) {
      await open(page, gateway);
      await page.getByRole("button", { name: "Remove kiosk-9" }).click();
      await page.getByRole("dialog").getByText("Send kiosk-9 away?").waitFor();
    },
  },
  {
    name: "monitor-away",
    async play(page, gateway) {
      await open(page, gateway);
      gateway.away = true;
      await page.getByText("The gateway does not answer.").waitFor();
    },
  },
];
