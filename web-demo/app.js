import { Captions } from "./captions.js";
import { Composer } from "./composer.js";
import { showDiagnostics } from "./diagnostics.js";
import { UNREACHABLE, ask, key } from "./gateway.js";
import { askForKeyWhereNeeded } from "./key-dialog.js";
import { LevelMeter } from "./meter.js";
import { Mixer } from "./mixer.js";
import { PageLife } from "./player/page-life.js";
import { StentorPlayer } from "./player/player.js";
import { StatusLine } from "./status.js";

/** @template {HTMLElement} T @param {string} id @returns {T} */
const element = (id) => /** @type {T} */ (document.getElementById(id));

const channel = new URLSearchParams(location.search).get("channel") || "lobby";
const base = `/v1/channels/${encodeURIComponent(channel)}`;
const player = new StentorPlayer({ channel, token: key, levels: true });
const status = new StatusLine(element("status"), element("note"));
const meter = new LevelMeter(element("meter"));
const captions = new Captions(element("caption"), element("history"), element("history-empty"));
const start = element("start");
const mute = element("mute");
const interrupt = element("interrupt");
const volume = /** @type {HTMLInputElement} */ (element("volume"));

Object.assign(window, { stentor: player }); // for tests, and for the browser's console
/** The state of the connection that is shown. */
let shown = "closed";
document.title = `Stentor · ${channel}`;
element("channel").textContent = channel;
/** @type {HTMLAnchorElement} */ (element("another")).href = location.href;

player.addEventListener("state", showState);
player.addEventListener("volume", showVolume);
player.addEventListener("gap", (event) => status.gap(detail(event)));
player.addEventListener("error", (event) => console.warn("stentor", detail(event)));
player.addEventListener("level", (event) => meter.show(detail(event)));
player.addEventListener("utterance", (event) => captions.utterance(detail(event)));
player.addEventListener("levels", (event) => mixer.levels(detail(event)));
player.addEventListener("caption", (event) => captions.caption(detail(event)));

const composer = new Composer(element("composer"), base, () => {
  if (player.state.audio === "locked") listen(); // this click may unlock the audio too
});
const mixer = new Mixer(element("mixer"), base, () => {
  if (player.state.audio === "locked") listen();
});
showDiagnostics(element("diagnostics"), player);

start.onclick = () => (stops() ? player.close() : listen());
mute.onclick = toggleMute;
interrupt.onclick = clearChannel;
volume.oninput = () => (player.volume = Number(volume.value) / 100);
document.addEventListener("keydown", onKey);

askForKeyWhereNeeded(player);
new PageLife(player, { keepVolume: true, mediaSession: true, title: channel });
showVolume();
player.connect();

/** Tells whether the button stops listening; else it starts, or tries again after a refusal. */
function stops() {
  const { audio, connection } = player.state;
  return audio === "running" && connection !== "refused";
}

function listen() {
  player.connect();
  player.unlock().catch((failure) => {
    console.warn("stentor", failure);
    status.showNote("The sound could not be started. Start again.");
  });
}

function toggleMute() {
  player.muted = !player.muted;
}

/** Shows how loud the player is, whoever changed it. */
function showVolume() {
  volume.value = String(Math.round(100 * player.volume));
  mute.setAttribute("aria-pressed", String(player.muted));
  showState();
}

/** Clears the channel for everybody: ends what is spoken and everything in the queue. Says so if that was not done. */
async function clearChannel() {
  try {
    const response = await ask(`${base}/clear`, { method: "POST" });
    if (response.ok) return;
    const { detail: why } = await response.json().catch(() => ({}));
    status.showNote(why || `The gateway refused this (${response.status}).`);
  } catch {
    status.showNote(UNREACHABLE);
  }
}

/** Handles the single-key shortcuts, unless the focused field needs the key itself. @param {KeyboardEvent} event */
function onKey(event) {
  const { key, target, ctrlKey, altKey, metaKey } = event;
  if (ctrlKey || altKey || metaKey || event.repeat) return;
  if (target instanceof Element && target.closest("input, textarea, select, button, a, summary")) {
    if (key === " " || target.matches("input, textarea, select")) return;
  }
  if (key === " ") start.click();
  else if (key.toLowerCase() === "m") toggleMute();
  else if (key.toLowerCase() === "i") clearChannel();
  else return;
  event.preventDefault();
}

function showState() {
  const { state } = player;
  const running = state.audio === "running";
  const refused = state.connection === "refused";
  status.show(state, player.muted);
  if (state.connection === "open" && shown !== "open") {
    composer.reachable();
    mixer.reachable();
  }
  shown = state.connection;
  start.firstElementChild?.replaceChildren(refused ? "Try again" : running ? "Stop listening" : "Start listening");
  start.classList.toggle("primary", refused || !running);
  document.body.dataset.audio = state.audio;
  meter.running = running && state.playout === "playing";
}

/** @param {Event} event */
function detail(event) {
  return /** @type {CustomEvent} */ (event).detail;
}
