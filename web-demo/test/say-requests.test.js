import assert from "node:assert/strict";
import { test } from "node:test";
import { StentorPlayer } from "../player/player.js";
import { FakeWorld } from "./fake-world.js";

const WELCOME = { t: "welcome", v: 1, epoch: 17, head_seq: 0, clock: "n1", report_ms: 1000, now: [] };

function speaker() {
  const world = new FakeWorld();
  const player = new StentorPlayer({ url: "ws://test/listen" }, world);
  const errors = [];
  player.addEventListener("error", ({ detail }) => errors.push(detail));
  player.connect();
  world.socket.accept();
  world.socket.say(WELCOME);
  return { world, player, errors };
}

test("a text is said once, and its utterance is named", async () => {
  const { world, player } = speaker();
  const said = player.say("Good evening.", { voice: "Cherry" });
  assert.deepEqual(world.socket.of("say"), [
    { t: "say", ref: "s1", text: "Good evening.", end: true, voice: "Cherry" },
  ]);
  world.socket.say({ t: "said", ref: "s1", id: "u7" });
  assert.deepEqual(await said, { ref: "s1", id: "u7" });
});

test("pieces of one text are answered in their order", async () => {
  const { world, player, errors } = speaker();
  const first = player.say("Good ", { ref: "a", end: false });
  const second = player.say("evening", { ref: "a", end: false });
  const last = player.say(".", { ref: "a" });
  world.socket.say({ t: "said", ref: "a", id: "u7" });
  world.socket.say({ t: "error", ref: "a", code: "too_much_text", message: "text: Later.", fatal: false });
  world.socket.say({ t: "said", ref: "a", id: "u7" });
  assert.equal((await first).id, "u7");
  await assert.rejects(second, { code: "too_much_text", message: "text: Later." });
  assert.equal((await last).id, "u7");
  assert.deepEqual(errors, [], "whoever said it is told, nobody else");
});

test("who is not connected, or loses the line, is told", async () => {
  const { world, player } = speaker();
  const said = player.say("Good evening.");
  world.socket.end(1006);
  await assert.rejects(said, { code: "lost" });
  await assert.rejects(player.say("Again."), { code: "lost" });
});

test("an interruption goes out at once; a refusal of it is an error of the player", () => {
  const { world, player, errors } = speaker();
  player.interrupt();
  player.interrupt({ drainMs: 60, fadeMs: 20 });
  assert.deepEqual(world.socket.of("interrupt"), [
    { t: "interrupt", drain_ms: 0, fade_ms: 5 },
    { t: "interrupt", drain_ms: 60, fade_ms: 20 },
  ]);
  world.socket.say({ t: "error", code: "forbidden", message: "t: No.", fatal: false });
  assert.equal(errors[0].code, "forbidden");
});
