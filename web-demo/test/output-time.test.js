import assert from "node:assert/strict";
import { test } from "node:test";
import { outputTime } from "../player/output-time.js";

/** A context that counts how often it is asked for its output's time. */
function contextThatCounts() {
  const context = {
    asked: 0,
    currentTime: 10,
    baseLatency: 0.25,
    getOutputTimestamp() {
      this.asked++;
      return { contextTime: 9.5 };
    },
    get outputLatency() {
      this.asked++;
      return 0.5;
    },
  };
  return context;
}

test("the browser's own output time is taken where it may be asked", () => {
  assert.equal(outputTime(contextThatCounts(), true), 9.5);
});

test("before the browser knows its output time, its latency is subtracted", () => {
  const context = { ...contextThatCounts(), outputLatency: 0.5, getOutputTimestamp: () => ({ contextTime: 0 }) };
  assert.equal(outputTime(context, true), 9.5);
});

test("a browser that freezes when asked is never asked", () => {
  const context = contextThatCounts();
  assert.equal(outputTime(context, false), 9.75);
  assert.equal(context.asked, 0);
});

test("Firefox is recognised by its engine, and no other browser is", (t) => {
  const browsers = {
    "Mozilla/5.0 (X11; Linux x86_64; rv:153.0) Gecko/20100101 Firefox/153.0": 0,
    "Mozilla/5.0 (Android 16; Mobile; rv:153.0) Gecko/153.0 Firefox/153.0": 0,
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36": 1,
    "Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) FxiOS/153.0": 1,
  };
  const before = Object.getOwnPropertyDescriptor(globalThis, "navigator");
  t.after(() => (before ? Object.defineProperty(globalThis, "navigator", before) : delete globalThis.navigator));
  for (const [userAgent, asked] of Object.entries(browsers)) {
    Object.defineProperty(globalThis, "navigator", { value: { userAgent }, configurable: true });
    const context = contextThatCounts();
    outputTime(context);
    assert.equal(context.asked, asked, userAgent);
  }
});
