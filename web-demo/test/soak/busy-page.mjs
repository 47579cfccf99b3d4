// Listens on a page whose thread is busy 500 of every 1,500 ms, with a target of 100 ms. Ends with 0 only if no sample was lost or repeated
// and the play-out never ran dry. For a quiet machine.
//
//   node test/soak/busy-page.mjs [SECONDS=60]

import { FakeGateway } from "../fake-gateway.js";
import { AUTOPLAY, launch } from "../browser/browser.js";
import { keepBusy } from "../browser/busy-page.js";
import { account, heardToItsEnd, recordedRuns, startRecording } from "../browser/recording.js";

const { SECONDS } = {
  SECONDS: "60",
  ...process.env,
  ...Object.fromEntries(process.argv.slice(2).map((argument) => argument.split(/=(.*)/s, 2))),
};

const gateway = new FakeGateway({ leadMs: 100 });
const browser = await launch([AUTOPLAY]);
try {
  const page = await browser.newPage();
  await page.goto(`${await gateway.start()}/bare`);
  await page.waitForFunction(() => window.stentor?.state.connection === "open");
  await page.evaluate(() => window.stentor.unlock());
  await startRecording(page);
  await keepBusy(page);
  const utterance = gateway.speak({ samples: Number(SECONDS) * 24_000 });
  await heardToItsEnd(page, utterance.id, Number(SECONDS) * 1000 + 20_000);
  const { lost, repeated } = account(await recordedRuns(page), utterance.pos, utterance.samples);
  const { underruns, targetMs, thread } = await page.evaluate(() => window.stentor.stats);
  console.log(
    `${lost} samples lost, ${repeated} repeated, ${underruns} underruns, target ${targetMs} ms, in a ${thread}`,
  );
  process.exitCode = lost + repeated + underruns === 0 && thread === "worker" ? 0 : 1;
} finally {
  await browser.close();
  await gateway.close();
}
