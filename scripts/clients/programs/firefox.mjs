import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import puppeteer from "puppeteer-core";
import { audioElements, serve } from "./page.mjs";

const home = mkdtempSync(join(tmpdir(), "stentor-firefox-"));
const page = await serve();
const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath: process.env.BROWSER_FILE,
  headless: true,
  extraPrefsFirefox: { "media.autoplay.default": 0, "media.autoplay.blocking_policy": 0 },
  env: { ...process.env, HOME: home },
});
const tab = await browser.newPage();
await tab.goto(page.url);
await audioElements((code) => tab.evaluate(code));
await browser.close();
page.end();
rmSync(home, { recursive: true, force: true });
