import { ChannelList } from "./monitor/channel-list.js";
import { Ear } from "./monitor/ear.js";
import { ListenerTable, nameOf } from "./monitor/listener-table.js";
import { ListenerSummary } from "./monitor/listeners.js";
import { MOST_LISTENERS, management } from "./monitor/management.js";
import { Plot } from "./monitor/plot.js";
import { Poll } from "./monitor/poll.js";
import { failureInWords, statusInWords } from "./monitor/words.js";

const CHANNELS_EVERY_MS = 2_000;
const UPSTREAMS_EVERY_MS = 10_000;
/** Ten minutes of what is asked for every two seconds. */
const POINTS = 300;

/** @typedef {import("./monitor/channel-list.js").ChannelState} ChannelState */
/** @typedef {import("./monitor/listeners.js").Listener} Listener */

/** @template {HTMLElement} T @param {string} id @returns {T} */
const element = (id) => /** @type {T} */ (document.getElementById(id));

/** @type {ChannelState[]} */
let channels = [];
/** Name of the channel that is shown in detail; empty: none. */
let chosen = new URLSearchParams(location.search).get("channel") ?? "";
let summary = new ListenerSummary();

const list = new ChannelList(element("channels").parentElement ?? document.body, choose);
const table = new ListenerTable(element("rows"), { mute: muteOne, remove: removeOne });
const ear = new Ear(element("ear"), showChannel);
const place = element("plots");
const lag = new Plot(place, {
  title: "Lag of the listeners",
  names: ["worst", "median"],
  unit: "ms",
  points: POINTS,
  least: 500,
});
const buffer = new Plot(place, {
  title: "Buffer of those that play",
  names: ["least", "median"],
  unit: "ms",
  points: POINTS,
  least: 200,
});
const troubles = new Plot(place, {
  title: "Underruns and losses",
  names: ["since the last look"],
  unit: "",
  points: POINTS,
  least: 5,
});
const sync = new Plot(place, { title: "Sync error", names: ["worst"], unit: "ms", points: POINTS, least: 5 });
sync.hidden = true;

const look = new Poll(lookAtChannels, CHANNELS_EVERY_MS);
const lookAbove = new Poll(lookAtUpstreams, UPSTREAMS_EVERY_MS);

Object.assign(window, { stentorEar: ear }); // for tests, and for the browser's console
element("listen").onclick = () => (ear.isListening ? ear.stop() : ear.listen(chosen));
element("mute").onclick = () => {
  const mute = !current()?.muted;
  void order(
    () => management.control(chosen, { mute }),
    mute ? "All players are muted." : "All players are heard again.",
  );
};
element("remove").onclick = () => void removeChannel();
element("say").onsubmit = (event) => {
  event.preventDefault();
  void say();
};
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  look.now();
  lookAbove.now();
});
look.start();
lookAbove.start();

async function lookAtChannels() {
  try {
    channels = await management.channels();
    if (!current()) pick(channels[0]?.name ?? "");
    const listeners = chosen ? await management.listeners(chosen).catch(gone) : [];
    delete document.body.dataset.stale;
    showStatus(statusInWords(channels));
    list.show(channels, chosen);
    showChannel();
    showListeners(listeners);
  } catch (failure) {
    document.body.dataset.stale = "";
    showStatus(failureInWords(failure));
    throw failure;
  }
}

/** A channel that was removed between two questions has no listeners. @param {any} failure @returns {Listener[]} */
function gone(failure) {
  if (failure.status === 404) return [];
  throw failure;
}

async function lookAtUpstreams() {
  const { upstreams } = await management.upstreams();
  const items = upstreams.map(({ name, state, calls, failures, throttled }) => {
    const item = document.createElement("li");
    item.dataset.state = state;
    item.textContent = `${name} ${state.replace("_", " ")}`;
    item.title = `${calls} calls, ${failures} failed, ${throttled} refused as too many`;
    return item;
  });
  element("upstreams").hidden = items.length === 0;
  element("upstreams").replaceChildren(...items);
}

function current() {
  return channels.find(({ name }) => name === chosen);
}

/** @param {string} name */
function choose(name) {
  pick(name);
  list.show(channels, chosen);
  showChannel();
  look.now();
}

/** @param {string} name empty: none */
function pick(name) {
  if (name === chosen) return;
  chosen = name;
  summary = new ListenerSummary();
  for (const plot of [lag, buffer, troubles, sync]) plot.clear();
  tell("");
  if (ear.isListening) ear.stop();
  history.replaceState(null, "", name ? `?channel=${encodeURIComponent(name)}` : location.pathname);
}

function showChannel() {
  const channel = current();
  element("nothing").hidden = channels.length > 0 || "stale" in document.body.dataset;
  for (const id of ["channel", "plots", "listeners"]) element(id).hidden = !channel;
  if (!channel) return;
  const { name, phase, utterances, lead_ms: lead, muted = false, volume = 1 } = channel;
  setText(element("channel-name"), name);
  const loud = volume < 1 ? ` · volume ${Math.round(volume * 100)} %` : "";
  setText(
    element("channel-facts"),
    `${phase} · ${utterances} in the queue · lead ${lead} ms${muted ? " · muted" : loud}`,
  );
  const listen = element("listen");
  listen.setAttribute("aria-pressed", String(ear.isListening));
  setText(listen, ear.isListening ? "Stop listening" : "Listen here");
  const mute = element("mute");
  mute.setAttribute("aria-pressed", String(muted));
  setText(mute, muted ? "Unmute all" : "Mute all");
}

/** @param {Listener[]} listeners those furthest behind */
function showListeners(listeners) {
  const channel = current();
  if (!channel) return;
  const { listeners: all, lag_ms: allowed } = channel;
  table.show(listeners, allowed);
  setText(
    element("listeners-hint"),
    all === 0
      ? "Nobody listens."
      : all > listeners.length
        ? `The ${MOST_LISTENERS} of ${all} that are furthest behind.`
        : `${all} in all.`,
  );
  const { worstLagMs, usualLagMs, leastBufferMs, usualBufferMs, syncErrorMs, troubles: added } = summary.of(listeners);
  const now = Date.now() / 1000;
  lag.add(now, [worstLagMs, usualLagMs]);
  buffer.add(now, [leastBufferMs, usualBufferMs]);
  troubles.add(now, [added]);
  sync.add(now, [syncErrorMs]);
  if (syncErrorMs !== null) sync.hidden = false;
}

/** @param {Listener} listener */
function muteOne(listener) {
  const mute = !listener.muted;
  const said = `${nameOf(listener)} is ${mute ? "muted" : "heard again"}.`;
  void order(() => management.control(chosen, { mute, listener: listener.conn }), said);
}

/** @param {Listener} listener */
async function removeOne(listener) {
  const name = nameOf(listener);
  if (!(await confirmed(`Send ${name} away?`, "Its player is told to stay away until somebody starts it again.")))
    return;
  void order(() => management.removeListener(chosen, listener.conn), `${name} was sent away.`);
}

async function removeChannel() {
  const name = chosen;
  const detail = "What it says ends at once, and all who listen are sent away.";
  if (!(await confirmed(`Remove the channel ${name}?`, detail))) return;
  void order(() => management.removeChannel(name), `The channel ${name} was removed.`);
}

async function say() {
  const field = /** @type {HTMLInputElement} */ (element("say-text"));
  const text = field.value.trim();
  if (text === "") return field.focus();
  if (await order(() => management.say(chosen, text), "The text is in the queue.")) field.value = "";
}

/** Gives an order, and tells what became of it. @param {() => Promise<unknown>} give @param {string} done */
async function order(give, done) {
  tell("");
  try {
    await give();
    tell(done);
    return true;
  } catch (failure) {
    setText(element("problem"), failureInWords(failure).words);
    return false;
  } finally {
    look.now();
  }
}

/** @param {string} words */
function tell(words) {
  setText(element("done"), words);
  setText(element("problem"), "");
}

/** @param {string} question @param {string} detail @returns {Promise<boolean>} */
function confirmed(question, detail) {
  const dialog = /** @type {HTMLDialogElement} */ (element("confirm"));
  setText(element("confirm-question"), question);
  setText(element("confirm-detail"), detail);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => (dialog.onclose = () => resolve(dialog.returnValue === "yes")));
}

/** @param {{tone: string, words: string}} status */
function showStatus({ tone, words }) {
  const line = element("status");
  line.dataset.tone = tone;
  line.querySelector("use")?.setAttribute("href", `#icon-${tone}`);
  setText(line.querySelector("span"), words);
}

/** @param {Element | null} at @param {string} text */
function setText(at, text) {
  if (at && at.textContent !== text) at.textContent = text;
}
