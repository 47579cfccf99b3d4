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
  reports.start({ report_ms: 500 });
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

test("reports that all players would send at the same time are spread over the time that the gateway names", () => {
  const world = new FakeWorld();
  const sentAt = [];
  const reports = new Reports(() => sentAt.push(world.now()), world);
  world.random = () => 0.25;
  reports.start({ report_ms: 1500, report_spread_ms: 800 });
  reports.soon();
  world.pass(199);
  assert.deepEqual(sentAt, []);
  world.pass(1);
  assert.deepEqual(sentAt, [200]);
  world.pass(100);
  reports.soon();
  world.pass(150);
  reports.soon();
  world.pass(50);
  assert.deepEqual(sentAt, [200, 500], "the second one waits for the first, and is the same report");
  reports.soon();
  reports.now({ cut: 1 });
  assert.deepEqual(sentAt, [200, 500, 500], "after a clear at once");
  world.pass(1499);
  assert.equal(sentAt.length, 3);
  world.pass(1);
  assert.equal(sentAt.length, 4);
});

test("the pace that the gateway names later is followed, and without a time to spread over reports go at once", () => {
  const world = new FakeWorld();
  const sentAt = [];
  const reports = new Reports(() => sentAt.push(world.now()), world);
  reports.start({ report_ms: 1000, report_spread_ms: 500 });
  reports.follow({ t: "caption" });
  reports.follow({ t: "stream", report_ms: 2000 });
  world.pass(1000);
  world.pass(1999);
  assert.deepEqual(sentAt, [1000]);
  reports.soon();
  assert.deepEqual(sentAt, [1000, 2999]);
  reports.stop();
  reports.soon();
  world.pass(9000);
  assert.equal(sentAt.length, 2, "nobody would get it");
});
