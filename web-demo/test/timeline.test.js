import assert from "node:assert/strict";
import { test } from "node:test";
import { FRAME_SAMPLES, SAMPLES_PER_MS, resentUntil } from "../player/timeline.js";

test("a clear that goes on sends again what lay between its two positions", () => {
  const lead = 100 * SAMPLES_PER_MS;
  const sent = 50 * FRAME_SAMPLES; // the old frames end here, and the new ones begin here
  const fromPos = sent - lead;
  const moved = sent - fromPos;
  assert.equal(resentUntil(sent, fromPos), sent + moved);
  assert.equal(resentUntil(sent, sent), sent); // nothing is rendered again
});

test("a frame is 20 ms", () => {
  assert.equal(FRAME_SAMPLES, 480);
});
