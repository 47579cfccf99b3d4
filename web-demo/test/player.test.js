import assert from "node:assert/strict";
import { test } from "node:test";
import { StentorPlayer } from "../player/player.js";
import { fakeAudio } from "./fake-audio.js";
import { FakeWorld } from "./fake-world.js";
import { encodeFrame } from "./wire.js";

const WELCOME = { t: "welcome", v: 1, epoch: 17, head_seq: 0, clock: "n1", report_ms: 1000, now: [] };

/** Returns a connected player whose audio is locked, and the events that it fired. */
function listener() {
  const world = new FakeWorld();
  const player = new StentorPlayer({ url: "ws://test/listen", client: { name: "Lobby" } }, world);
  const given = [];
  for (const type of ["utterance", "caption", "mark", "gap", "error", "stream", "stats"]) {
    player.addEventListener(type, ({ detail }) => given.push([type, detail]));
  }
  const welcome = (more = {}) => {
    world.socket.accept();
    world.socket.say({ ...WELCOME, ...more });
  };
  player.connect();
  return { world, player, given, welcome };
}

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

test("a mark is told, and a lead that changes is an entry like any other", () => {
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
  world.socket.say({ t: "mark", seq: 2, id: "u1", mark: "price", pos: 480, estimated: false });
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

/** Returns a listener in the middle of the utterance u1, whose line was then lost. */
function cutOffInMidSentence() {
  const { world, player, given, welcome } = listener();
  welcome();
  world.socket.say({ t: "utterance.started", seq: 1, id: "u1", gen: 1, pos: 0, text: "A long story" });
  world.socket.say(encodeFrame({ seq: 2, pos: 0, samples: [1, 2, 3] }));
  world.socket.end(1006);
  world.pass(150);
  given.length = 0;
  return { world, player, given, welcome };
}

const endsIn = (given) => given.filter(([type, { phase }]) => type === "utterance" && phase === "ended");
const gapsIn = (given) => given.filter(([type]) => type === "gap").map(([, gap]) => gap);

test("an utterance that a restart of the gateway broke off ends as lost, and the gap names it", () => {
  const { given, player, welcome } = cutOffInMidSentence();
  const now = [{ t: "utterance.started", seq: 1, id: "u1", pos: 0, text: "Another one of the same id" }];
  welcome({ epoch: 18, head_seq: 1, resume: { status: "fresh", from_seq: 2, missing_ms: 0 }, now });
  const [[, ended], ...more] = endsIn(given);
  assert.deepEqual(more, []);
  assert.deepEqual([ended.id, ended.reason, ended.pos, ended.samples], ["u1", "lost", 0, 3]);
  const utterances = [{ id: "u1", text: "A long story" }];
  assert.deepEqual(gapsIn(given), [{ cause: "fresh", ms: 0, restarted: true, utterances }]);
  const [, begun] = given.findLast(([type]) => type === "utterance");
  assert.deepEqual([begun.phase, begun.text], ["started", "Another one of the same id"]);
  assert.equal(player.stats.gaps, 1);
});

test("an utterance whose end lay in a gap ends, one that is still spoken goes on", () => {
  for (const id of ["u1", "u2"]) {
    const { given, welcome } = cutOffInMidSentence();
    const now = [{ t: "utterance.started", seq: 40, id, pos: 0, text: "A long story" }];
    welcome({ resume: { status: "gap", from_seq: 90, missing_ms: 1200 }, now });
    const lost = id === "u1" ? [] : ["u1"];
    assert.deepEqual(
      endsIn(given).map(([, { id: ended, reason }]) => [ended, reason]),
      lost.map((name) => [name, "lost"]),
    );
    assert.deepEqual(
      gapsIn(given).map(({ ms, restarted, utterances }) => [ms, restarted, utterances.map(({ id: name }) => name)]),
      [[1200, false, lost]],
    );
  }
});

test("what was told before a gap is not told again after it, but what is sent anew is", () => {
  const { world, given, welcome } = cutOffInMidSentence();
  const started = { t: "utterance.started", seq: 1, id: "u1", gen: 1, pos: 0, text: "A long story" };
  const caption = { t: "caption", seq: 50, id: "u1", pos: 900, text: "A long", from: 0, to: 6 };
  welcome({ resume: { status: "gap", from_seq: 90, missing_ms: 1200 }, now: [started, caption] });
  world.socket.say({ t: "gap", from_seq: 91, to_seq: 95, ms: 20, cause: "slow", now: [started, caption] });
  const told = () =>
    given.filter(([type]) => type !== "gap" && type !== "stats").map(([type, { phase }]) => [type, phase].join(" "));
  assert.deepEqual(told(), ["caption "]);
  world.socket.say({ t: "clear", seq: 96, gen: 2, pos: 4000, next_seq: 97, scope: "current" });
  world.socket.say({ ...started, seq: 97, gen: 2, pos: 4000 });
  assert.deepEqual(told(), ["caption ", "utterance started"]);
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

test("nothing is lost by a resume", () => {
  const { given, welcome } = cutOffInMidSentence();
  welcome({ resume: { status: "ok", from_seq: 3, missing_ms: 0 } });
  assert.deepEqual([endsIn(given), gapsIn(given)], [[], []]);
});

test("a return without a resume is a gap of unknown length", () => {
  const { world, given, welcome } = cutOffInMidSentence();
  world.socket.accept();
  world.socket.say({ t: "bye", reason: "moved", resume: false });
  world.socket.end(4000);
  world.pass(10_000);
  welcome();
  assert.deepEqual(
    gapsIn(given).map(({ cause, restarted }) => [cause, restarted]),
    [["fresh", false]],
  );
  assert.equal(endsIn(given).length, 1);
});

test("what was missed is told before the connection counts as open", () => {
  const { world, player, welcome } = listener();
  welcome();
  world.socket.end(1006);
  world.pass(150);
  const told = [];
  player.addEventListener("state", ({ detail }) => told.push(detail.connection));
  player.addEventListener("gap", () => told.push("gap"));
  welcome({ resume: { status: "gap", from_seq: 90, missing_ms: 1200 } });
  assert.deepEqual(told, ["gap", "open"]);
});

test("an unknown preset is refused with the names of those there are", () => {
  assert.throws(
    () => new StentorPlayer({ url: "ws://test/listen", preset: "radio" }, new FakeWorld()),
    /conversation, kiosk, not radio/,
  );
});
