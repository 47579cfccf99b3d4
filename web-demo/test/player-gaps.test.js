import assert from "node:assert/strict";
import { test } from "node:test";
import { listener } from "./player-listener.js";
import { encodeFrame } from "./wire.js";

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
