import { key, onKeyNeeded } from "./gateway.js";
import { askForKey } from "./key-dialog.js";
import { ChannelList } from "./monitor/channel-list.js";
import { Ear } from "./monitor/ear.js";
import { ListenerFigures } from "./monitor/figures.js";
import { ListenerTable } from "./monitor/listener-table.js";
import { MOST_LISTENERS, management } from "./monitor/management.js";
import { Orders } from "./monitor/orders.js";
import { Poll } from "./monitor/poll.js";
import { setText } from "./monitor/text.js";
import { failureInWords, isKeyRefused, statusInWords } from "./monitor/words.js";

const CHANNELS_EVERY_MS = 2_000;
const UPSTREAMS_EVERY_MS = 10_000;

/** @typedef {import("./monitor/channel-list.js").ChannelState} ChannelState */
/** @typedef {import("./monitor/listeners.js").Listener} Listener */

/** @template {HTMLElement} T @param {string} id @returns {T} */
const element = (id) => /** @type {T} */ (document.getElementById(id));

/** @type {ChannelState[]} */
let channels = [];
/** Name of the channel that is shown in detail; empty: none. */
let chosen = new URLSearchParams(location.search).get("channel") ?? "";
/** True once the page has asked for a key by itself. */
let wasAsked = false;

const look = new Poll(lookAtChannels, CHANNELS_EVERY_MS);
const lookAbove = new Poll(lookAtUpstreams, UPSTREAMS_EVERY_MS);
const orders = new Orders(
  { done: element("done"), problem: element("problem"), dialog: element("confirm") },
  () => chosen,
  () => look.now(),
);
const list = new ChannelList(element("channels").parentElement ?? document.body, choose);
const table = new ListenerTable(element("rows"), {
  mute: (listener) => void orders.mute(listener),
  remove: (listener) => void orders.sendAway(listener),
});
const figures = new ListenerFigures(element("plots"));
const ear = new Ear(element("ear"), showChannel);

Object.assign(window, { stentorEar: ear }); // for tests, and for the browser's console
element("listen").onclick = () => (ear.isListening ? ear.stop() : ear.listen(chosen));
element("mute").onclick = () => void orders.muteAll(!current()?.muted);
element("remove").onclick = () => void orders.removeChannel();
element("say").onsubmit = (event) => {
  event.preventDefault();
  void say();
};
element("use-key").onclick = () => void obtainKey(key !== undefined);
document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  look.now();
  lookAbove.now();
});
onKeyNeeded(obtainKey);
look.start();
lookAbove.start();

/** Asks the visitor for a key; resolves with whether there is another one. @param {boolean} wrong whether one was refused */
async function obtainKey(wrong) {
  const given = await askForKey(wrong);
  if (given !== null) lookAbove.now();
  look.now();
  return given !== null;
}

async function lookAtChannels() {
  try {
    channels = await management.channels();
    if (!current()) pick(channels[0]?.name ?? "");
    const asked = chosen;
    const listeners = asked ? await management.listeners(asked).catch(gone) : [];
    delete document.body.dataset.stale;
    element("use-key").hidden = true;
    showStatus(statusInWords(channels));
    list.show(channels, chosen);
    showChannel();
    if (asked === chosen) showListeners(listeners);
  } catch (failure) {
    document.body.dataset.stale = "";
    showStatus(failureInWords(failure));
    const refused = isKeyRefused(failure);
    element("use-key").hidden = !refused;
    if (refused && !wasAsked) void obtainKey(key !== undefined);
    wasAsked ||= refused;
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
  orders.clear();
  list.show(channels, chosen);
  showChannel();
  look.now();
}

/** @param {string} name empty: none */
function pick(name) {
  if (name === chosen) return;
  chosen = name;
  figures.clear();
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
  const many = all > listeners.length && listeners.length >= MOST_LISTENERS;
  const some = many ? `The ${MOST_LISTENERS} of ${all} that are furthest behind.` : `${all} in all.`;
  setText(element("listeners-hint"), all === 0 ? "Nobody listens." : some);
  table.show(listeners, allowed);
  figures.add(listeners);
}

async function say() {
  const field = /** @type {HTMLInputElement} */ (element("say-text"));
  const text = field.value.trim();
  if (text === "") field.focus();
  else if (await orders.say(text)) field.value = "";
}

/** @param {{tone: string, words: string}} status */
function showStatus({ tone, words }) {
  const line = element("status");
  line.dataset.tone = tone;
  line.querySelector("use")?.setAttribute("href", `#icon-${tone}`);
  setText(line.querySelector("span"), words);
}
