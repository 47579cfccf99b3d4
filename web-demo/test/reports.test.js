import assert from "node:assert/strict";
import { test } from "node:test";
import { Reports } from "../player/reports.js";
import { FakeWorld } from "./fake-world.js";

test("reports at every interval, at once when asked, and no more once the connection is gone", () => {
  const world = new FakeWorld();
  const sent = [];
  const reports = new Reports((more = {}) => sent.push(more), world);
  reports.now({ cut: 1 });
  assert.deepEqual(sent, [], "nobody would get it");
  reports.start(500);
  world.pass(1_000);
  assert.deepEqual(sent, [{}, {}]);
  world.pass(400);
  reports.now({ cut: 2 });
  assert.deepEqual(sent, [{}, {}, { cut: 2 }]);
  world.pass(499);
  assert.equal(sent.length, 3, "the interval begins anew");
  reports.stop();
  world.pass(60_000);
  assert.equal(sent.length, 3);
});
