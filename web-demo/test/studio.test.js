import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { objection } from "../studio/channel-name.js";
import { Entries, isOver } from "../studio/entries.js";
import { stages } from "../studio/latency.js";
import { divide, problemOf } from "../studio/problem-words.js";
import { Progress, clock } from "../studio/progress.js";
import { snippets } from "../studio/snippets.js";
import { inOrder, instructible, isOwn, languagesOf, matching, preferred } from "../studio/voices.js";

const SECOND = 24_000;

test("sentences that name settings are for the operator, all others for the visitor", () => {
  const detail =
    "The embedded voice speaks English only, and the text has letters of another script. " +
    "Set DASHSCOPE_API_KEY to use the cloud voices, or gateway.command to have a local program speak.";
  assert.deepEqual(divide(detail), {
    user: "The embedded voice speaks English only, and the text has letters of another script.",
    operator: "Set DASHSCOPE_API_KEY to use the cloud voices, or gateway.command to have a local program speak.",
  });
  assert.deepEqual(divide("A text has at most 600 characters, this one has 601."), {
    user: "A text has at most 600 characters, this one has 601.",
    operator: "",
  });
  assert.deepEqual(divide("No. Wait 1.5 s! Really?"), { user: "No. Wait 1.5 s! Really?", operator: "" });
  assert.deepEqual(divide(""), { user: "", operator: "" });
});

test("a refusal without words is told by its status", async () => {
  const problem = await problemOf(new Response("no JSON", { status: 502 }));
  assert.deepEqual(problem, { user: "The gateway refused this (502).", operator: "", field: undefined });
});

test("progress tells the sentence and the time, and estimates the whole by what was heard so far", () => {
  const progress = new Progress({ pos: 1000, text: "x".repeat(150) });
  assert.equal(progress.words(1000), "0:00 of about 0:10", "15 characters a second until something is known");
  progress.caption({ from: 0, part: 1, parts: 3, pos: 1000 });
  assert.equal(progress.words(1000 + SECOND), "Sentence 1 of 3, 0:01 of about 0:10");
  progress.caption({ from: 50, part: 2, parts: 3, pos: 1000 + 5 * SECOND });
  assert.equal(progress.words(1000 + 7 * SECOND), "Sentence 2 of 3, 0:07 of about 0:15");
  assert.equal(progress.words(1000 + 20 * SECOND), "Sentence 2 of 3, 0:20 of about 0:20", "never less than was heard");
  assert.equal(progress.words(0), "Sentence 2 of 3, 0:00 of about 0:15", "never before its beginning");
});

test("progress estimates how much of a long caption was heard", () => {
  const progress = new Progress({ pos: 1000, text: "x".repeat(150) });
  assert.equal(progress.withinCaption(5000), 0, "nothing was told yet");
  progress.caption({ from: 0, to: 150, part: 1, parts: 1, pos: 1000 });
  assert.equal(progress.withinCaption(1000 + 5 * SECOND), 0.5);
  assert.equal(progress.withinCaption(1000 + 50 * SECOND), 1);
  assert.equal(progress.withinCaption(0), 0);
});

test("progress names no sentence of a text of one part, and no end of one that is being written", () => {
  const whole = new Progress({ pos: 0, text: "One. Two." });
  whole.caption({ from: 0, part: 1, parts: 1, pos: 0 });
  assert.match(whole.words(0), /^0:00 of about/);
  const open = new Progress({ pos: 0, text: "", open: true });
  open.caption({ from: 0, part: 2, pos: 0 });
  assert.equal(open.words(61 * SECOND), "Sentence 2, 1:01");
  assert.equal(clock(130 * SECOND), "2:10");
});

test("progress of a very long text counts the characters that did not come with its start", () => {
  const progress = new Progress({ pos: 0, text: "x".repeat(4000), text_length: 9000 });
  assert.equal(progress.words(0), "0:00 of about 10:00");
});

const CHERRY = {
  name: "Cherry",
  sex: "female",
  note: "sunny",
  kind: "builtin",
  languages: ["English", "German"],
  models: ["flash", "follows"],
};
const SLT = {
  name: "slt",
  sex: "female",
  note: "even voice",
  kind: "embedded",
  languages: ["English"],
  models: ["mary"],
};
const DEEP = {
  name: "slt-deep",
  sex: "male",
  note: "deep man",
  kind: "embedded",
  languages: ["English"],
  models: ["mary"],
};

test("the voices that the engine has itself come first, and one of them is the default", () => {
  const voices = [CHERRY, SLT, DEEP];
  assert.deepEqual(
    inOrder(voices).map(({ name }) => name),
    ["slt", "slt-deep", "Cherry"],
  );
  assert.equal(preferred({ voices, default: "Cherry" })?.name, "slt");
  assert.equal(isOwn(CHERRY, voices), false);
  assert.equal(preferred({ voices: [CHERRY], default: "Cherry" })?.name, "Cherry", "the cloud has its voices itself");
  assert.equal(preferred({ voices: [], default: "Cherry" }), undefined);
});

test("voices are found by words, language and sex", () => {
  const names = (filter) => matching([CHERRY, SLT, DEEP], filter).map(({ name }) => name);
  assert.deepEqual(names({ words: " MAN  deep" }), ["slt-deep"]);
  assert.deepEqual(names({ language: "German" }), ["Cherry"]);
  assert.deepEqual(names({ sex: "female", words: "voice" }), ["slt"]);
  assert.deepEqual(names({}), ["Cherry", "slt", "slt-deep"]);
  assert.deepEqual(languagesOf([SLT, CHERRY]), ["English", "German"]);
});

test("instructions go to a model that follows them in the chosen voice", () => {
  const models = [
    { name: "flash", instructions: false, offered: true, voices: [] },
    { name: "far", instructions: true, offered: false, voices: [] },
    { name: "follows", instructions: true, offered: true, voices: [] },
  ];
  assert.equal(instructible(CHERRY, models), "follows");
  assert.equal(instructible(SLT, models), undefined);
  assert.equal(instructible(undefined, models), undefined);
});

test("a channel's name is checked by the gateway's rule", () => {
  for (const name of ["lobby", "7", "a.b-c_d", "x".repeat(64)]) assert.equal(objection(name), "");
  for (const name of ["", "-a", "a b", "ä", "a/b", "x".repeat(65)]) assert.notEqual(objection(name), "", name);
});

test("texts are listed once each, the latest first, with what became of them", () => {
  let now = 100_000;
  const entries = new Entries(() => now);
  const listed = (id, state, age, more = {}) => ({ id, text: id, state, times: { age_ms: age }, ...more });
  entries.listed([listed("a", "done", 9000), listed("b", "queued", 1000)]);
  now += 500;
  entries.started({ id: "b", text: "b", voice: "slt" });
  assert.equal(isOver(entries.find("b")), false);
  entries.listed([listed("b", "done", 1500)]);
  assert.equal(isOver(entries.find("b")), false, "released, but not heard to its end");
  entries.ended({ id: "b", reason: "cleared" });
  assert.equal(entries.find("b").state, "cleared");
  assert.equal(isOver(entries.find("b")), true);
  assert.deepEqual(
    entries.latestFirst.map(({ id, at }) => [id, at]),
    [
      ["b", 99_000],
      ["a", 91_000],
    ],
  );
});

test("what was lost on the way stays so, and a gateway that was started again has forgotten the rest", () => {
  const entries = new Entries(() => 0);
  entries.started({ id: "a", text: "A long story." });
  entries.ended({ id: "a", reason: "lost" });
  entries.listed([
    { id: "a", text: "A long story.", state: "done" },
    { id: "b", text: "b", state: "queued" },
  ]);
  assert.equal(entries.find("a").state, "lost");
  entries.forgotten();
  assert.equal(entries.find("b").state, "lost");
});

test("the time to the first sound is the one measured here, else the engine's own", () => {
  const entries = new Entries(() => 0);
  const text = { id: "a", text: "a", state: "playing", times: { age_ms: 900, begun_ms: 300, first_sound_ms: 712 } };
  entries.listed([text]);
  assert.equal(entries.find("a").firstSoundMs, 412);
  entries.measured("a", 530);
  entries.listed([text]);
  assert.equal(entries.find("a").firstSoundMs, 530);
});

test("only the latest texts are kept, and whatever is still to come", () => {
  let now = 0;
  const entries = new Entries(() => now++);
  entries.listed([{ id: "waits", text: "w", state: "queued" }]);
  for (let i = 0; i < 100; i++) entries.listed([{ id: `t${i}`, text: "t", state: "done" }]);
  assert.equal(entries.latestFirst.length, 60);
  assert.ok(entries.find("waits"));
  assert.equal(entries.find("t0"), undefined);
});

test("the stages from request to sound follow one another, and add up to what was measured", () => {
  const times = { begun_ms: 2, first_sound_ms: 180, released_ms: 190 };
  const spans = stages({ postMs: 30, heardMs: 412, rttMs: 10, times });
  assert.deepEqual(
    spans.map(({ fromMs, toMs }) => [fromMs, toMs]),
    [
      [0, 25],
      [25, 27],
      [27, 205],
      [205, 215],
      [215, 412],
    ],
  );
});

test("stages never end before they begin, nor after the sound, whatever the clocks say", () => {
  for (const times of [{}, { begun_ms: 0, first_sound_ms: 900, released_ms: 950 }, { first_sound_ms: 3 }]) {
    const spans = stages({ postMs: 4, heardMs: 100, rttMs: 50, times });
    for (const { fromMs, toMs } of spans)
      assert.ok(0 <= fromMs && fromMs <= toMs && toMs <= 100, JSON.stringify(spans));
  }
});

const SAMPLE = {
  origin: "http://localhost:8080",
  channel: "lobby",
  text: 'It\'s "nine".\n</script> $HOME',
  voice: "slt",
};

test("the curl line sends exactly the text, whatever is in it", () => {
  const [{ code }] = snippets(SAMPLE);
  const words = execFileSync("sh", ["-c", code.replace(/^curl/, "printf '%s\\0'")])
    .toString()
    .split("\0");
  assert.equal(words[0], "http://localhost:8080/v1/channels/lobby/utterances");
  assert.deepEqual(JSON.parse(words.at(-2)), { text: SAMPLE.text, voice: "slt" });
});

test("the code for a page ends no script early, and that for OpenAI's client carries voice and text", () => {
  const [, page, client] = snippets({ ...SAMPLE, channel: "a.b" });
  assert.match(page.code, /"ws:\/\/localhost:8080\/v1\/channels\/a\.b\/listen"/);
  assert.equal(page.code.match(/<\/script>/g).length, 1);
  assert.ok(client.code.includes(`input: ${JSON.stringify(SAMPLE.text)}`));
  assert.ok(client.code.includes('voice: "slt"'));
});

test("a visitor's key is never shown; the code has a place for one", () => {
  for (const { code } of snippets({ ...SAMPLE, keyed: true })) assert.match(code, /YOUR_KEY/);
  for (const { code } of snippets(SAMPLE)) assert.doesNotMatch(code, /YOUR_KEY/);
});

test("the library that draws QR codes is the one of its release", () => {
  const file = readFileSync(new URL("../vendor/qrcode/qrcode.js", import.meta.url));
  const released = "ea91d7118a5395289170da848b7c6758b996163bfbccf312591ab65a4911b7c0";
  assert.equal(createHash("sha256").update(file).digest("hex"), released);
});
