// Starts the player in a new Firefox or WebKit again and again, against the fake gateway, with the sound going to PulseAudio. Ends with 0
// only if every start played every sample.
//
//   node test/soak/starts.mjs [BROWSER=firefox|webkit] [STARTS=20]

import { FakeGateway } from "../fake-gateway.js";
import { startAgainAndAgain } from "../browser/starts.js";
import { firefox } from "../browser/firefox.js";
import { startSoundServer } from "../browser/sound-server.js";
import { webkit } from "../browser/webkit.js";

const { BROWSER, STARTS } = {
  BROWSER: "firefox",
  STARTS: "20",
  ...process.env,
  ...Object.fromEntries(process.argv.slice(2).map((argument) => argument.split(/=(.*)/s, 2))),
};

const driver = { firefox, webkit }[BROWSER];
const absent = driver ? driver.missing() : `there is no browser ${BROWSER}`;
if (absent) {
  console.error(`starts: ${absent}`);
  process.exit(1);
}
const sound = await startSoundServer();
const gateway = new FakeGateway({ leadMs: 1000 });
try {
  const url = await gateway.start();
  const failed = await startAgainAndAgain(driver, gateway, url, sound, Number(STARTS), console.log);
  console.log(`${Number(STARTS) - failed.length} of ${STARTS} starts played every sample`);
  process.exitCode = failed.length === 0 ? 0 : 1;
} finally {
  await gateway.close();
  await sound.end();
}
