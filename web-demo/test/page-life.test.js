import assert from "node:assert/strict";
import { test } from "node:test";
import { PageLife } from "../player/page-life.js";
import { StentorPlayer } from "../player/player.js";
import { VolumeControl } from "../player/volume-control.js";
import { fakeAudio } from "./fake-audio.js";
import { FakeWorld } from "./fake-world.js";

const WELCOME = { t: "welcome", v: 1, epoch: 17, head_seq: 0, clock: "n1", report_ms: 1000, now: [] };
const settle = () => new Promise(setImmediate);

/** A page with a screen that can be kept on, media keys, and a place to keep things. */
function fakePage() {
  const document = Object.assign(new EventTarget(), { visibilityState: "visible" });
  const locks = [];
  const wakeLock = {
    async request() {
      const lock = { released: false, release: async () => void (lock.released = true) };
      locks.push(lock);
      return lock;
    },
  };
  const handlers = {};
  const mediaSession = {
    metadata: null,
    playbackState: "none",
    setActionHandler: (name, run) => (handlers[name] = run),
  };
  const kept = new Map();
  const localStorage = { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => kept.set(name, value) };
  class MediaMetadata {
    constructor(data) {
      Object.assign(this, data);
    }
  }
  return {
    ...{ document, navigator: { wakeLock, mediaSession }, localStorage, MediaMetadata },
    ...{ locks, handlers, mediaSession, kept },
    see(state) {
      document.visibilityState = state;
      document.dispatchEvent(new Event("visibilitychange"));
    },
  };
}

const nothing = { play() {}, pause() {} };
const RUNNING = { running: true, muted: false };
const ENDED = { running: false, muted: false };

test("the screen stays on while the output runs, also after the page was hidden", async () => {
  const page = fakePage();
  const life = new PageLife({ wakeLock: true }, /** @type {any} */ (page), nothing);
  life.update(RUNNING);
  life.update(RUNNING);
  await settle();
  assert.equal(page.locks.length, 1);
  page.locks[0].released = true; // as browsers do with a hidden page
  page.see("hidden");
  page.see("visible");
  await settle();
  assert.equal(page.locks.length, 2);
  life.update(ENDED);
  await settle();
  assert.equal(page.locks[1].released, true);
  page.see("visible");
  await settle();
  assert.equal(page.locks.length, 2);
});

test("a lock that comes after it is wanted no more is given back", async () => {
  const page = fakePage();
  const life = new PageLife({ wakeLock: true }, /** @type {any} */ (page), nothing);
  life.update(RUNNING);
  life.update(ENDED);
  await settle();
  assert.deepEqual(
    page.locks.map(({ released }) => released),
    [true],
  );
});

test("nothing is asked of the page unless the options say so, or if it has none of it", async () => {
  const page = fakePage();
  new PageLife({}, /** @type {any} */ (page), nothing).update(RUNNING);
  const bare = new PageLife({ wakeLock: true, mediaSession: true }, {}, nothing);
  bare.update(RUNNING);
  bare.caption("Hello");
  await settle();
  assert.deepEqual([page.locks, page.mediaSession.playbackState], [[], "none"]);
});

test("lock screens show what is said, else the channel, and none after the end", () => {
  const page = fakePage();
  const life = new PageLife({ channel: "hall", mediaSession: true }, /** @type {any} */ (page), nothing);
  life.update(RUNNING);
  assert.deepEqual([page.mediaSession.playbackState, page.mediaSession.metadata.title], ["playing", "hall"]);
  life.caption("The gates open at nine.");
  const { title, artist } = page.mediaSession.metadata;
  assert.deepEqual([title, artist], ["The gates open at nine.", "hall"]);
  life.caption("");
  life.update({ running: true, muted: true });
  assert.deepEqual([page.mediaSession.playbackState, page.mediaSession.metadata.title], ["paused", "hall"]);
  life.update(ENDED);
  assert.deepEqual([page.mediaSession.playbackState, page.mediaSession.metadata], ["none", null]);
  assert.deepEqual(page.handlers, { play: null, pause: null });
});

test("volume and mute are kept for the next visit, but not what the gateway has set", () => {
  const page = fakePage();
  const told = [];
  const output = { volume: 1, muted: false };
  const control = new VolumeControl(output, page.localStorage, (change) => told.push(change));
  control.change({ volume: 0.5 }, "page");
  control.change({ volume: 0.5 }, "page");
  control.change({ volume: 0.1, muted: true }, "gateway");
  assert.deepEqual(told, [
    { volume: 0.5, muted: false, by: "page" },
    { volume: 0.1, muted: true, by: "gateway" },
  ]);
  const next = { volume: 1, muted: true };
  new VolumeControl(next, page.localStorage, () => {});
  assert.deepEqual(next, { volume: 0.5, muted: false });
  page.kept.set("stentor.volume", "{");
  new VolumeControl(next, page.localStorage, () => {});
  assert.deepEqual(next, { volume: 1, muted: false });
});

test("media keys silence this player alone, and every change of the volume is told", async (t) => {
  fakeAudio(t);
  const page = fakePage();
  const world = Object.assign(new FakeWorld(), { page });
  const options = {
    url: "ws://test/listen",
    workletUrl: "https://page.example/w.js",
    mediaSession: true,
    keepVolume: true,
  };
  const player = new StentorPlayer(options, world);
  const told = [];
  player.addEventListener("volume", ({ detail }) => told.push(detail));
  player.connect();
  world.socket.accept();
  world.socket.say(WELCOME);
  await player.unlock();
  world.socket.say({ t: "control", volume: 0.25 });
  page.handlers.pause();
  assert.deepEqual([player.muted, page.mediaSession.playbackState], [true, "paused"]);
  page.handlers.play();
  assert.deepEqual(
    told.map(({ by, volume, muted }) => [by, volume, muted]),
    [
      ["gateway", 0.25, false],
      ["system", 0.25, true],
      ["system", 0.25, false],
    ],
  );
  world.socket.say({ t: "caption", seq: 1, id: "u1", pos: 0, text: "Good evening." });
  assert.equal(page.mediaSession.metadata.title, "Good evening.");
  player.close();
  assert.equal(page.mediaSession.playbackState, "none");
});
