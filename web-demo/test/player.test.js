import assert from "node:assert/strict";
import { test } from "node:test";
import { StentorPlayer } from "../player/player.js";
import { fakeAudio } from "./fake-audio.js";
import { FakeWorld } from "./fake-world.js";
import { WELCOME, listener } from "./player-listener.js";
import { encodeFrame } from "./wire.js";

test("connects before audio is unlocked, and tells at once what it cannot play", () => {
  const { world, player, given, welcome } = listener();
  welcome({ now: [{ t: "utterance.started", seq: 1, id: "u1", pos: 480, text: "Hello" }] });
  assert.deepEqual(
    { ...player.state, line: null },
    { connection: "open", line: null, audio: "locked", playout: "idle" },
  );
  assert.deepEqual(world.socket.sent[0].client, { name: "Lobby", sdk: "stentor-player/1.0" });
  world.socket.say(encodeFrame({ seq: 1, pos: 480, samples: [1, 2, 3] }));
  assert.equal(given[0][0], "utterance");
  assert.equal(given[0][1].phase, "started");
  assert.equal(player.stats.unheard, 3);
  world.pass(1000);
  assert.equal(world.socket.of("report")[0].state, "locked");
});

test("tells when it was made quiet from afar, on the page and to the gateway", () => {
  const { world, player, welcome } = listener();
  const volumes = [];
  player.addEventListener("volume", ({ detail }) => volumes.push(detail));
  welcome({ now: [{ t: "control", seq: 1, volume: 0.5 }] });
  world.socket.say({ t: "control", muted: true });
  assert.deepEqual([player.volume, player.muted], [0.5, true]);
  assert.deepEqual(volumes, [
    { volume: 0.5, muted: false, by: "gateway" },
    { volume: 0.5, muted: true, by: "gateway" },
  ]);
  world.pass(1000);
  assert.equal(world.socket.of("report").at(-1).muted, true);
});

test("who leaves while it is told what was missed has left", () => {
  const { world, player, given, welcome } = listener();
  welcome();
  player.addEventListener("gap", () => player.close());
  world.socket.end(1006);
  world.pass(150);
  welcome({ resume: { status: "gap", from_seq: 90, missing_ms: 1200 } });
  assert.equal(given.filter(([type]) => type === "gap").length, 1);
  assert.equal(player.state.connection, "closed");
});

test("an utterance that is open ends when the player leaves", () => {
  const { world, player, given, welcome } = listener();
  welcome();
  world.socket.say({ t: "utterance.started", seq: 1, id: "u1", gen: 1, pos: 0, text: "Hello" });
  player.close();
  const [type, { id, phase, reason }] = given.at(-1);
  assert.deepEqual({ type, id, phase, reason }, { type: "utterance", id: "u1", phase: "ended", reason: "lost" });
});

test("tells where it is as soon as an utterance begins to be heard, not at the next beat", () => {
  const { world, welcome } = listener();
  welcome();
  assert.equal(world.socket.of("report").length, 0);
  world.socket.say({ t: "utterance.started", seq: 1, id: "u1", gen: 1, pos: 0, text: "Hello" });
  world.socket.say(encodeFrame({ seq: 2, pos: 0, samples: [1, 2, 3] }));
  assert.equal(world.socket.of("report").length, 1);
});

test("a gap that the welcome told counts once, with what the listener is in the middle of", () => {
  const { world, player, given, welcome } = listener();
  welcome();
  world.socket.end(1006);
  world.pass(150);
  welcome({ resume: { status: "gap", from_seq: 90, missing_ms: 1200 } });
  const now = [{ t: "caption", seq: 89, id: "u2", pos: 0, text: "In the middle" }];
  world.socket.say({ t: "gap", from_seq: 1, to_seq: 89, from_pos: 0, to_pos: 28800, ms: 1200, cause: "history", now });
  assert.equal(player.stats.gaps, 1);
  assert.equal(player.stats.missingMs, 1200);
  assert.equal(player.stats.reconnects, 1);
  assert.equal(given.at(-1)[1].text, "In the middle");
});

test("a replay is played from the position that was told, and everything is played again after a reconnect", () => {
  const { world, player, welcome } = listener();
  welcome();
  world.socket.say({ t: "replay", from_seq: 1, to_seq: 3, play_from_pos: 6 });
  for (const seq of [1, 2, 3]) world.socket.say(encodeFrame({ seq, pos: 3 * seq, samples: [1, 2, 3] }));
  assert.equal(player.stats.frames, 2);
  assert.equal(player.stats.unheard, 6);
  world.socket.end(1006);
  world.pass(150);
  welcome({ resume: { status: "ok", from_seq: 4, missing_ms: 0 } });
  world.socket.say(encodeFrame({ seq: 4, pos: 0, samples: [1, 2, 3] }));
  assert.equal(player.stats.frames, 3);
});

test("the server may set the volume, and unknown words are not minded", () => {
  const { world, player, given, welcome } = listener();
  welcome();
  const volumes = [];
  player.addEventListener("volume", ({ detail }) => volumes.push(detail));
  world.socket.say({ t: "control", volume: 0.25, muted: true });
  world.socket.say({ t: "weather", rain: true });
  assert.equal(player.volume, 0.25);
  assert.equal(player.muted, true);
  assert.deepEqual(given, []);
  player.muted = false;
  player.volume = 0.25;
  assert.deepEqual(volumes, [
    { volume: 0.25, muted: true, by: "gateway" },
    { volume: 0.25, muted: false, by: "page" },
  ]);
});

test("a mark and words are told, and a lead that changes is an entry like any other", () => {
  const { world, player, given, welcome } = listener();
  welcome();
  world.socket.say({
    t: "stream",
    codec: "pcm_s16le",
    rate: 24000,
    ch: 1,
    frame_ms: 20,
    lead_ms: 100,
    batch_ms: 60,
    gen: 1,
  });
  world.socket.say({ t: "stream", seq: 1, lead_ms: 1000, batch_ms: 100, gen: 1 });
  const words = { t: "words", seq: 2, id: "u1", pos: 480, words: [[0, 4, 0, 480]] };
  world.socket.say(words);
  assert.deepEqual(given.at(-1), ["words", words]);
  world.socket.say({ t: "mark", seq: 3, id: "u1", mark: "price", pos: 480, estimated: false });
  assert.equal(given.at(-1)[0], "mark");
  assert.equal(given.at(-1)[1].mark, "price");
  assert.equal(player.stats.faults, 0);
});

test("a broken protocol is counted and told", () => {
  const { world, player, given, welcome } = listener();
  welcome();
  world.socket.say(encodeFrame({ seq: 5, samples: [1] }));
  world.socket.say(encodeFrame({ seq: 9, samples: [1] }));
  assert.equal(player.stats.faults, 1);
  assert.equal(given.at(-1)[1].code, "protocol");
});

test("a page may unlock its sound before it connects", async (t) => {
  const audio = fakeAudio(t);
  const world = new FakeWorld();
  const player = new StentorPlayer({ url: "ws://test/listen", workletUrl: "https://page.example/worklet.js" }, world);
  await player.unlock();
  player.connect();
  world.socket.accept();
  world.socket.say(WELCOME);
  world.socket.say(encodeFrame({ seq: 1, samples: [1, 2, 3] }));
  assert.equal(player.stats.unheard, 0);
  assert.deepEqual(
    audio.node.port.posted.map(({ t }) => t),
    ["feed"],
  );
  await player.unlock();
  assert.equal(audio.node.port.posted.length, 1, "it has its port already");
  player.close();
});

test("an unknown preset is refused with the names of those there are", () => {
  assert.throws(
    () => new StentorPlayer({ url: "ws://test/listen", preset: "radio" }, new FakeWorld()),
    /conversation, kiosk, not radio/,
  );
});

test("at a large audience the start of an utterance is reported a little later, and an underrun at once", async (t) => {
  const audio = fakeAudio(t);
  const world = new FakeWorld();
  const player = new StentorPlayer({ url: "ws://test/listen", workletUrl: "https://page.example/worklet.js" }, world);
  await player.unlock();
  player.connect();
  world.socket.accept();
  world.socket.say(WELCOME);
  const reports = () => world.socket.of("report").length;
  world.socket.say({
    t: "stream",
    seq: 1,
    lead_ms: 1000,
    batch_ms: 100,
    gen: 1,
    report_ms: 1500,
    report_spread_ms: 700,
  });
  const before = reports();
  world.socket.say({ t: "utterance.started", seq: 2, id: "u1", gen: 1, pos: 0, text: "Hello" });
  assert.equal(reports(), before);
  world.pass(350);
  assert.equal(reports(), before + 1);
  audio.node.report({ state: "stalled", counts: { stalled: 0 } });
  audio.node.report({ counts: { stalled: 2400 } });
  assert.equal(reports(), before + 2);
  world.pass(1499);
  assert.equal(reports(), before + 2);
  world.pass(1);
  assert.equal(reports(), before + 3);
  player.close();
});
