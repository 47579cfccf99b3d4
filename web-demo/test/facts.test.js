import assert from "node:assert/strict";
import { test } from "node:test";

Object.assign(globalThis, { location: { hash: "" }, document: { hidden: false } }); // what a page has
const { Facts } = await import("../studio/facts.js");

/** A place on the page that words are written to. */
const place = () => ({ textContent: "", hidden: true });

/** Settles what waits for answers that are there already. */
const settled = () => new Promise((resolve) => setImmediate(resolve));

test("who listens is asked for every ten seconds, and another number of texts is told", async (t) => {
  t.mock.timers.enable({ apis: ["setInterval"] });
  const channel = { listeners: 1, utterances: 0 };
  t.mock.method(globalThis, "fetch", async () => Response.json(channel));
  let changes = 0;
  const listeners = place();
  new Facts(
    /** @type {any} */ ({ engine: place(), listeners, latency: place() }),
    "/v1/channels/lobby",
    () => changes++,
  );
  t.mock.timers.tick(10_000);
  await settled();
  assert.deepEqual([listeners.textContent, listeners.hidden, changes], ["1 listener", false, 0]);
  Object.assign(channel, { listeners: 2, utterances: 3 });
  t.mock.timers.tick(10_000);
  await settled();
  assert.deepEqual([listeners.textContent, changes], ["2 listeners", 1]);
  t.mock.timers.tick(10_000);
  await settled();
  assert.equal(changes, 1, "nothing has changed");
});

test("who may not look at the channel is told no number of listeners", async (t) => {
  t.mock.timers.enable({ apis: ["setInterval"] });
  t.mock.method(globalThis, "fetch", async () => Response.json({}, { status: 403 }));
  const listeners = place();
  const facts = new Facts(
    /** @type {any} */ ({ engine: place(), listeners, latency: place() }),
    "/v1/channels/lobby",
    () => {},
  );
  await facts.look();
  assert.equal(listeners.hidden, true);
});

test("the badge says which voice speaks, and how to get a better one", (t) => {
  t.mock.timers.enable({ apis: ["setInterval"] });
  const words = /** @type {Record<string, string>} */ ({});
  const part = (/** @type {string} */ name) => ({
    replaceChildren: (/** @type {string} */ text) => void (words[name] = text),
    toggleAttribute: (/** @type {string} */ _, /** @type {boolean} */ hidden) => void (words.hidden = String(hidden)),
    querySelector: () => part("advice"),
  });
  const engine = { hidden: true, querySelector: part };
  const facts = new Facts(/** @type {any} */ ({ engine, listeners: place(), latency: place() }), "/", () => {});
  facts.engine({ speakers: ["embedded"], languages: ["English"] });
  assert.equal(words.summary, "Embedded voice · English");
  assert.match(words.advice, /mvn -Pnatural spring-boot:run/);
  facts.engine({ speakers: ["embedded"], languages: ["English"], notice: "The heap is too small." });
  assert.match(words.advice, /^The heap is too small\. .*DASHSCOPE_API_KEY/);
  facts.engine({ speakers: ["natural", "embedded"], languages: ["English", "Chinese"] });
  assert.equal(words.summary, "Natural voice · English and Chinese");
  assert.doesNotMatch(words.advice, /natural/);
  assert.equal(words.hidden, "false");
  facts.engine({ speakers: ["qwen_tts"], languages: [] });
  assert.equal(words.hidden, "true");
});
