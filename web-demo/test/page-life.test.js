import assert from "node:assert/strict";
import { test } from "node:test";
import { PageLife } from "../player/page-life.js";

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

/** A player that is running, or not, as the test says. */
class FakePlayer extends EventTarget {
  state = { audio: "locked" };
  volume = 1;
  muted = false;
  unlocked = 0;

  async unlock() {
    this.unlocked++;
  }

  tell(type, detail = {}) {
    this.dispatchEvent(Object.assign(new Event(type), { detail }));
  }

  become(audio) {
    this.state = { audio };
    this.tell("state");
  }
}

/** @param {import("../player/page-life.js").PageLifeOptions} options */
function life(options, page = fakePage()) {
  const player = new FakePlayer();
  return { page, player, life: new PageLife(/** @type {any} */ (player), options, /** @type {any} */ (page)) };
}

test("the screen stays on while the output runs, also after the page was hidden", async () => {
  const { page, player } = life({ wakeLock: true });
  player.become("running");
  player.become("running");
  await settle();
  assert.equal(page.locks.length, 1);
  page.locks[0].released = true; // as browsers do with a hidden page
  page.see("hidden");
  page.see("visible");
  await settle();
  assert.equal(page.locks.length, 2);
  player.become("suspended");
  await settle();
  assert.equal(page.locks[1].released, true);
  page.see("visible");
  await settle();
  assert.equal(page.locks.length, 2);
});

test("a lock that comes after it is wanted no more is given back", async () => {
  const { page, player, life: one } = life({ wakeLock: true });
  player.become("running");
  one.close();
  await settle();
  assert.deepEqual(
    page.locks.map(({ released }) => released),
    [true],
  );
  player.become("running");
  await settle();
  assert.equal(page.locks.length, 1, "it has let go of the player");
});

test("nothing is asked of the page unless the options say so, or if it has none of it", async () => {
  const { page, player } = life({});
  player.become("running");
  const bare = life({ wakeLock: true, mediaSession: true, keepVolume: true }, /** @type {any} */ ({}));
  bare.player.become("running");
  bare.player.tell("caption", { text: "Hello" });
  bare.player.tell("volume", { volume: 0.5, muted: false, by: "page" });
  await settle();
  assert.deepEqual([page.locks, page.mediaSession.playbackState, page.kept.size], [[], "none", 0]);
});

test("lock screens show what is said, else the channel, and none after the end; their keys silence this player alone", () => {
  const { page, player } = life({ title: "hall", mediaSession: true });
  player.become("running");
  assert.deepEqual([page.mediaSession.playbackState, page.mediaSession.metadata.title], ["playing", "hall"]);
  player.tell("caption", { text: "The gates open at nine." });
  const { title, artist } = page.mediaSession.metadata;
  assert.deepEqual([title, artist], ["The gates open at nine.", "hall"]);
  player.tell("utterance", { phase: "ended", text: undefined });
  page.handlers.pause();
  assert.equal(player.muted, true);
  player.tell("volume", { volume: 1, muted: true, by: "page" });
  assert.deepEqual([page.mediaSession.playbackState, page.mediaSession.metadata.title], ["paused", "hall"]);
  page.handlers.play();
  assert.deepEqual([player.muted, player.unlocked], [false, 1]);
  player.become("suspended");
  assert.deepEqual([page.mediaSession.playbackState, page.mediaSession.metadata], ["none", null]);
  assert.deepEqual(page.handlers, { play: null, pause: null });
});

test("volume and mute are kept for the next visit, but not what the gateway has set", () => {
  const { page, player } = life({ keepVolume: true });
  player.tell("volume", { volume: 0.5, muted: true, by: "page" });
  player.tell("volume", { volume: 0.1, muted: false, by: "gateway" });
  const next = life({ keepVolume: true }, page).player;
  assert.deepEqual([next.volume, next.muted], [0.5, true]);
  page.kept.set("stentor.volume", "{");
  const other = life({ keepVolume: true }, page).player;
  assert.deepEqual([other.volume, other.muted], [1, false]);
});
