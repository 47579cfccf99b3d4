import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { RefusalPatience } from "../kiosk/refusals.js";
import { SoundStart } from "../kiosk/sound-start.js";
import { SpokenText } from "../kiosk/spoken-text.js";
import { loudness, messageFor, noteFor } from "../kiosk/words.js";
import { make } from "../scripts/kiosk-files.mjs";
import { FakeWorld } from "./fake-world.js";

const ABOUT = { channel: "lobby", wasOpen: true, since: "03:12" };

test("a lost connection, a gateway that was never there and a wrong name are told apart, in large words", () => {
  const headline = (line, about = {}) => messageFor(line, { ...ABOUT, ...about })?.headline;
  assert.equal(headline({ phase: "open" }), undefined);
  assert.equal(headline({ phase: "connecting" }, { wasOpen: false, since: "" }), "Connecting…");
  assert.equal(headline({ phase: "waiting", code: 1006 }), "The connection is lost");
  assert.equal(headline({ phase: "waiting", code: 1006 }, { wasOpen: false }), "The gateway does not answer");
  assert.equal(headline({ phase: "connecting" }, { wasOpen: false }), "The gateway does not answer");
  assert.equal(headline({ phase: "waiting", code: 4503 }), "The gateway has too much to do");
  assert.match(headline({ phase: "refused", code: 4400 }, { channel: "-no name" }), /“-no name” cannot be a channel/);
  assert.match(messageFor({ phase: "refused", code: 4400 }, ABOUT).detail, /up to 64 letters.*Correct the address/);
  assert.equal(
    messageFor({ phase: "refused", code: 4499, reason: "Closed on Sundays." }, ABOUT).detail,
    "Closed on Sundays.",
  );
});

test("only refusals that do not pass by themselves ask for a touch", () => {
  const touched = [4400, 4401, 4403, 4404, 4409, 4410, 4426, 4413].filter(
    (code) => messageFor({ phase: "refused", code }, ABOUT).again,
  );
  assert.deepEqual(touched, [4409, 4410, 4426, 4413]);
});

test("what was lost is told if somebody here may have missed it", () => {
  assert.equal(
    noteFor({ ms: 0, restarted: true, utterances: [{ text: "A story." }] }),
    "The rest of this text was lost.",
  );
  assert.equal(noteFor({ ms: 0, restarted: true, utterances: [] }), "");
  assert.equal(noteFor({ ms: 2_340, restarted: false, utterances: [] }), "2.3 seconds of sound were lost.");
  assert.equal(noteFor({ ms: 20, restarted: false, utterances: [] }), "");
});

test("a loudness that was set from afar is told", () => {
  assert.equal(loudness({ volume: 1, muted: false }), "");
  assert.equal(loudness({ volume: 0.4, muted: false }), "Volume 40 %");
  assert.equal(loudness({ volume: 0.4, muted: true }), "Muted");
});

test("a screen without anybody before it looks again for a channel and a key, and not where that is of no use", () => {
  const timers = new FakeWorld();
  let connects = 0;
  const patience = new RefusalPatience(() => connects++, timers);
  patience.take({ phase: "refused", code: 4404 });
  timers.pass(29_999);
  assert.equal(connects, 0);
  timers.pass(1);
  assert.equal(connects, 1);
  patience.take({ phase: "refused", code: 4401 });
  patience.take({ phase: "open" });
  timers.pass(600_000);
  assert.equal(connects, 1, "it is open meanwhile");
  for (const code of [4400, 4409, 4410, 4426]) patience.take({ phase: "refused", code });
  timers.pass(3_600_000);
  assert.equal(connects, 1);
  for (let minute = 1; minute <= 600; minute++) {
    patience.take({ phase: "refused", code: 4401 });
    timers.pass(60_000);
    assert.equal(connects, 1 + minute, "a night of refusals");
  }
});

/** A player whose browser allows sound or waits for a touch. */
class FakeSound {
  state = { connection: "connecting", audio: "locked" };
  unlocks = 0;
  allowed = false;
  /** Whether the worklet's file cannot be loaded. */
  broken = false;

  unlock() {
    this.unlocks++;
    if (this.broken) return Promise.reject(new Error("no worklet"));
    this.state.audio = this.allowed ? "running" : "suspended";
    return this.allowed ? Promise.resolve() : new Promise(() => undefined);
  }
}

/** @param {Partial<FakeSound>} [is] */
function soundStart(is = {}) {
  const player = Object.assign(new FakeSound(), is);
  const timers = new FakeWorld();
  const shown = [];
  const sound = new SoundStart(player, () => shown.push(sound.isTouchNeeded), timers);
  const become = (state) => {
    Object.assign(player.state, state);
    sound.changed();
  };
  return { player, timers, shown, sound, become };
}

test("where sound is allowed, nobody is asked for a touch", () => {
  const { sound, timers, shown, become } = soundStart({ allowed: true });
  sound.begin();
  become({ connection: "open" });
  timers.pass(60_000);
  assert.deepEqual(shown, []);
});

test("where it is not, one touch starts it", () => {
  const { player, sound, timers, shown, become } = soundStart();
  sound.begin();
  become({ connection: "open" });
  timers.pass(1_500);
  assert.deepEqual(shown, [true]);
  timers.pass(600_000);
  assert.equal(player.unlocks, 1, "an attempt that waits for a touch is not made again and again");
  player.allowed = true;
  sound.begin();
  become({});
  assert.deepEqual(shown, [true, false]);
});

test("a start that failed because the gateway was away is made again when it is back", async () => {
  const { player, sound, shown, become, timers } = soundStart({ broken: true, allowed: true });
  sound.begin();
  await Promise.resolve();
  await Promise.resolve();
  become({ connection: "waiting" });
  player.broken = false;
  become({ connection: "open" });
  assert.equal(player.state.audio, "running");
  become({});
  timers.pass(60_000);
  assert.deepEqual(shown, []);
});

test("an output that stops in the night is started again, and a touch is asked for only if that does not help", async () => {
  const { player, sound, timers, shown, become } = soundStart({ allowed: true });
  sound.begin();
  become({ connection: "open" });
  await Promise.resolve();
  become({ audio: "suspended" });
  timers.pass(5_000);
  assert.equal(player.state.audio, "running");
  become({});
  assert.equal(sound.isTouchNeeded, false);
  await Promise.resolve();
  player.allowed = false;
  become({ audio: "suspended" });
  timers.pass(5_000);
  assert.equal(sound.isTouchNeeded, true);
  player.allowed = true;
  sound.begin();
  become({});
  assert.equal(shown.at(-1), false);
});

test("the lit part is found in a text that was told at once, and in one that is still being written", () => {
  const spoken = new SpokenText();
  assert.equal(spoken.started({ id: "u1", text: "One. Two." }), true);
  assert.equal(spoken.started({ id: "u1", text: "One. Two." }), false, "told again after a reconnect");
  assert.equal(spoken.caption({ id: "u1", text: "Two.", from: 5, to: 9 }), true);
  assert.deepEqual([spoken.text, spoken.from, spoken.to], ["One. Two.", 5, 9]);
  assert.equal(spoken.caption({ id: "u0", text: "Old." }), false);
  spoken.started({ id: "u2", text: "", open: true });
  spoken.caption({ id: "u2", text: "One. ", from: 0, to: 5 });
  spoken.caption({ id: "u2", text: "Two.", from: 5, to: 9 });
  assert.deepEqual([spoken.text, spoken.from, spoken.to], ["One. Two.", 5, 9]);
  spoken.started({ id: "u3", text: "Only the beg" });
  spoken.caption({ id: "u3", text: "beginning.", from: 9, to: 19 });
  assert.equal(spoken.text, "Only the beginning.");
});

test("all files of the kiosk are kept for the time when the gateway is away", () => {
  const list = readFileSync(new URL("../kiosk-files.js", import.meta.url), "utf8");
  assert.equal(list, make(), "run npm run build");
  for (const file of ["/kiosk", "/kiosk.css", "/player/player.js", "/player/dist/stentor-worklet.js"]) {
    assert.ok(list.includes(`"${file}"`), file);
  }
});
