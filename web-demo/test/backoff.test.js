import assert from "node:assert/strict";
import { test } from "node:test";
import { BackOff, reactionTo } from "../player/backoff.js";
import { seeded } from "./random.js";

test("the range of a close code tells what to do", () => {
  const reactions = {
    resume: [1000, 1001, 1006, 4000, 4100, 4102, 4199],
    fresh: [4200, 4299],
    never: [4400, 4401, 4404, 4409, 4426, 4499],
    later: [4429, 4500, 4503],
  };
  for (const [reaction, codes] of Object.entries(reactions)) {
    for (const code of codes) assert.equal(reactionTo(code), reaction, `${code}`);
  }
});

test("delays grow, scatter by less than a third, and stay between 150 ms and 15 s", () => {
  const random = seeded(3);
  const delays = Array.from({ length: 400 }, () => {
    const backOff = new BackOff(random);
    return Array.from({ length: 15 }, () => backOff.next("resume"));
  });
  delays.flat().forEach((ms) => assert.ok(ms >= 150 && ms <= 15_000));
  const mean = (step) => delays.reduce((sum, row) => sum + row[step], 0) / delays.length;
  assert.ok(mean(5) > 1.4 * mean(4));
  assert.ok(mean(14) > 13_000);
  assert.ok(new Set(delays.map((row) => row[6])).size > 100, "a crowd does not come back as one");
});

test("an overloaded server gets distance at once, and a connection that held starts anew", () => {
  const backOff = new BackOff(() => 0.5);
  assert.ok(backOff.next("later") > 900);
  backOff.reset();
  assert.equal(backOff.next("resume"), 150);
});
