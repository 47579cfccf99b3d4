// Starts the player in a new Firefox again and again, against the fake gateway, with the sound going to PulseAudio. Ends with 0 only if
// every start played every sample.
//
//   node test/soak/firefox-starts.mjs [STARTS=20]

import { FakeGateway } from "../fake-gateway.js";
import { startAgainAndAgain } from "../browser/firefox-starts.js";
import { missing, startSoundServer } from "../browser/firefox.js";

const { STARTS } = {
  STARTS: "20",
  ...process.env,
  ...Object.fromEntries(process.argv.slice(2).map((argument) => argument.split(/=(.*)/s, 2))),
};

const absent = missing();
if (absent) {
  console.error(`firefox-starts: ${absent}`);
  process.exit(1);
}
const sound = await startSoundServer();
const gateway = new FakeGateway({ leadMs: 1000 });
try {
  const url = await gateway.start();
  const failed = await startAgainAndAgain(gateway, url, sound, Number(STARTS), console.log);
  console.log(`${Number(STARTS) - failed.length} of ${STARTS} starts played every sample`);
  process.exitCode = failed.length === 0 ? 0 : 1;
} finally {
  await gateway.close();
  await sound.end();
}
