import assert from "node:assert/strict";
import { afterEach, beforeEach, test } from "node:test";
import { LineHost } from "../player/line-host.js";

const OPTIONS = { url: "ws://test/listen", hello: {}, limits: {} };

/** A worker that does what the test makes it do. */
class FakeWorker {
  static fails = false;
  /** @type {FakeWorker} */
  static latest;
  posted = [];
  terminated = false;

  constructor(url, options) {
    if (FakeWorker.fails) throw new DOMException("another origin", "SecurityError");
    FakeWorker.latest = this;
    Object.assign(this, { url: String(url), options });
  }

  postMessage(message, transfer) {
    this.posted.push([message, transfer]);
  }

  terminate() {
    this.terminated = true;
  }
}

// A line for the page's thread, as the worker's file exports it.
const LINE = `data:text/javascript,
  export class Line {
    constructor(options, tell) { Object.assign(this, { options, tell }); globalThis.lineOnThePage = this; this.commands = []; }
    receive(command) { this.commands.push(command.t); this.tell({ t: "fault", what: command.t }); }
  }`.replace(/\n\s*/g, " ");

let told = [];
let failures = [];
const listener = { onEvent: (event) => told.push(event), onFailure: ({ message }) => failures.push(message) };
const { info } = console;
beforeEach(() => {
  told = [];
  failures = [];
  Object.assign(globalThis, { Worker: FakeWorker, location: { href: "https://page.example/deep/page.html" } });
  FakeWorker.fails = false;
  delete globalThis.lineOnThePage;
  console.info = () => {};
});
afterEach(() => {
  console.info = info;
  delete globalThis.Worker;
  delete globalThis.location;
});

/** Waits until the line runs on the page's thread, or cannot. */
async function settled() {
  for (let i = 0; i < 1000 && !globalThis.lineOnThePage && failures.length === 0; i++) await new Promise(setImmediate);
}

test("what is posted waits until the worker runs, and goes to it in order", () => {
  const host = new LineHost(OPTIONS, listener, "/sound/worker.js");
  const port = /** @type {any} */ ({});
  host.post({ t: "open" });
  host.post({ t: "output", port }, [port]);
  const worker = FakeWorker.latest;
  assert.equal(worker.url, "https://page.example/sound/worker.js");
  assert.deepEqual(worker.posted, []);
  worker.onmessage({ data: { t: "ready" } });
  host.post({ t: "send", message: {} });
  assert.deepEqual(worker.posted[0][0], OPTIONS);
  assert.deepEqual(
    worker.posted.slice(1).map(([{ t }, transfer]) => [t, transfer.length]),
    [
      ["open", 0],
      ["output", 1],
      ["send", 0],
    ],
  );
  worker.onmessage({ data: { t: "fault", what: "x" } });
  assert.deepEqual(told, [{ t: "fault", what: "x" }]);
  assert.equal(host.thread, "worker");
  host.close();
  worker.onmessage({ data: { t: "fault", what: "late" } });
  assert.equal(told.length, 1, "who has left is told nothing more");
  assert.deepEqual(worker.posted.at(-1)[0], { t: "close" });
});

for (const [how, break_] of [
  ["cannot be made", () => (FakeWorker.fails = true)],
  ["does not load", () => {}],
]) {
  test(`where a worker ${how} the page's thread does its work, and nothing that was posted is lost`, async () => {
    break_();
    const host = new LineHost(OPTIONS, listener, LINE);
    host.post({ t: "open" });
    if (!FakeWorker.fails) FakeWorker.latest.onerror({ preventDefault() {}, message: "" });
    await settled();
    host.post({ t: "send", message: {} });
    assert.equal(host.thread, "page");
    assert.deepEqual(globalThis.lineOnThePage.commands, ["open", "send"]);
    assert.deepEqual(told.length, 2);
    host.close();
    assert.deepEqual(globalThis.lineOnThePage.commands.at(-1), "close");
    assert.equal(told.length, 2);
  });
}

test("a file that can be loaded nowhere is a failure that is told", async () => {
  FakeWorker.fails = true;
  new LineHost(OPTIONS, listener, "data:text/javascript,throw new Error('not there')");
  await settled();
  assert.deepEqual(failures, ["not there"]);
});
