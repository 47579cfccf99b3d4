import assert from "node:assert/strict";
import { test } from "node:test";
import { Spectrogram } from "../monitor/spectrogram.js";

/** A context that takes everything; the size of an image must be one, as in browsers. */
const context = () =>
  new Proxy(
    {},
    {
      get: (_, name) => {
        if (name === "createImageData")
          return (/** @type {number} */ width, /** @type {number} */ height) => {
            if (width === 0) throw new Error("The source width is zero or not a number.");
            return { data: new Uint8ClampedArray(4 * width * height) };
          };
        if (name === "getImageData") return () => ({ data: new Uint8ClampedArray(4 * 1024) });
        return () => ({ addColorStop() {} });
      },
      set: () => true,
    },
  );

test("a spectrogram that is cleared before it is drawn draws nothing", (t) => {
  /** @type {(() => void)[]} */
  const frames = [];
  const globals = {
    ResizeObserver: class {
      observe() {}
    },
    matchMedia: () => ({ matches: false, addEventListener() {} }),
    getComputedStyle: () => ({ backgroundColor: "white", accentColor: "auto", color: "black" }),
    requestAnimationFrame: (/** @type {() => void} */ frame) => frames.push(frame),
  };
  Object.assign(globalThis, globals);
  t.after(() => Object.keys(globals).forEach((name) => Reflect.deleteProperty(globalThis, name)));
  const canvas = { clientWidth: 300, width: 0, height: 0, getContext: context };
  const spectrogram = new Spectrogram(/** @type {any} */ (canvas));
  spectrogram.add(new Float32Array(512));
  spectrogram.clear();
  assert.equal(frames.length, 1);
  assert.doesNotThrow(frames[0]);
  spectrogram.add(new Float32Array(512));
  assert.equal(frames.length, 2, "the next one is drawn");
  assert.doesNotThrow(frames[1]);
});
