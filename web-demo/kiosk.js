import { key } from "./gateway.js";
import { askForKeyWhereNeeded, askNoMore } from "./key-dialog.js";
import { CaptionWall } from "./kiosk/caption-wall.js";
import { keepPage } from "./kiosk/offline.js";
import { RefusalPatience } from "./kiosk/refusals.js";
import { SoundStart } from "./kiosk/sound-start.js";
import { SpokenText } from "./kiosk/spoken-text.js";
import { loudness, messageFor, noteFor } from "./kiosk/words.js";
import { PageLife } from "./player/page-life.js";
import { StentorPlayer } from "./player/player.js";

/** Interruptions that are shorter than this are not shown. */
const GRACE_MS = 1_000;
/** So long a text stays after its end. */
const LINGER_MS = 12_000;
const NOTE_MS = 20_000;

/** @template {HTMLElement} T @param {string} id @returns {T} */
const element = (id) => /** @type {T} */ (document.getElementById(id));

const parameters = new URLSearchParams(location.search);
const channel = parameters.get("channel") || "lobby";
const id = parameters.get("id") || undefined;
const player = new StentorPlayer({ channel, token: key, client: { id }, preset: "kiosk" });
const wall = new CaptionWall(element("captions"), element("words"));
const spoken = new SpokenText();
const sound = new SoundStart(player, showStart);
const patience = new RefusalPatience(() => player.connect());
const message = element("message");
const note = element("note");
const { body } = document;
/** Since when there is no connection, in words; empty: there is one, or there never was. */
let since = "";
let wasOpen = false;
/** What is to be said at this moment. @type {import("./kiosk/words.js").Message | null} */
let wanted = null;
/** Timer after which it is said, counted from the beginning of the trouble. */
let grace = 0;
let lingering = 0;
let noted = 0;

Object.assign(window, { stentor: player }); // for tests, and for the browser's console
document.title = `Stentor · ${channel}`;
for (const place of ["title", "idle-channel", "start-channel"]) element(place).textContent = channel;

player.addEventListener("state", onState);
player.addEventListener("utterance", (event) => onUtterance(detail(event)));
player.addEventListener("caption", (event) => {
  if (spoken.caption(detail(event))) wall.light(spoken.text, spoken.from, spoken.to);
});
player.addEventListener("gap", (event) => showNote(noteFor(detail(event))));
player.addEventListener("volume", showLoudness);
player.addEventListener("error", (event) => console.warn("stentor", detail(event)));
element("start").onclick = () => {
  void document.documentElement.requestFullscreen?.().catch(() => undefined); // where the screen's browser has windows
  sound.begin();
};
element("again").onclick = () => player.connect();

askForKeyWhereNeeded(player);
new PageLife(player, { wakeLock: true });
void keepPage();
player.connect();
sound.begin();

function onState() {
  const { line, audio } = player.state;
  if (audio === "running") body.dataset.started = "";
  if (line.phase === "open") {
    since = "";
    askNoMore(); // the gateway may know the key again, and nobody may be there to answer
  } else if (since === "" && line.phase === "waiting")
    since = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
  wasOpen ||= line.phase === "open";
  sound.changed();
  patience.take(line);
  wanted = messageFor(line, { channel, wasOpen, since });
  if (wanted !== null && message.hidden) {
    grace ||= setTimeout(showMessage, GRACE_MS);
    return;
  }
  clearTimeout(grace);
  showMessage();
}

function showMessage() {
  grace = 0;
  message.hidden = wanted === null;
  if (wanted === null) return;
  const { tone, headline, detail: more, again = false } = wanted;
  message.dataset.tone = tone;
  message.querySelector("use")?.setAttribute("href", `#icon-${tone}`);
  setText(message.querySelector(".headline"), headline);
  setText(message.querySelector(".detail"), more);
  element("again").hidden = !again;
}

/** @param {{phase: "started" | "ended", id: string, text?: string, open?: boolean, reason?: string}} utterance */
function onUtterance(utterance) {
  if (utterance.phase === "started") {
    if (!spoken.started(utterance)) return; // told again after a reconnect
    clearTimeout(lingering);
    delete body.dataset.over;
    element("captions").hidden = false;
    element("idle").hidden = true;
    wall.begin(spoken.text);
    return;
  }
  if (utterance.id !== spoken.id) return;
  body.dataset.over = utterance.reason ?? "";
  lingering = setTimeout(() => {
    element("captions").hidden = true;
    element("idle").hidden = false;
  }, LINGER_MS);
}

/** @param {string} words empty: nothing */
function showNote(words) {
  if (words === "") return;
  clearTimeout(noted);
  note.textContent = words;
  noted = setTimeout(() => (note.textContent = ""), NOTE_MS);
}

function showLoudness() {
  const words = loudness(player);
  element("loudness").hidden = words === "";
  setText(element("loudness").querySelector("span"), words);
}

function showStart() {
  element("start").hidden = !sound.isTouchNeeded;
  const again = "started" in body.dataset;
  setText(element("start").querySelector(".headline"), again ? "Touch to turn the sound on again" : "Touch to start");
  if (sound.isTouchNeeded) element("start").focus({ preventScroll: true });
}

/** Sets a text, unless it is there already: assistive technology would say it again. @param {Element | null} place @param {string} text */
function setText(place, text) {
  if (place && place.textContent !== text) place.textContent = text;
}

/** @param {Event} event */
function detail(event) {
  return /** @type {CustomEvent} */ (event).detail;
}
