import { Composer } from "./composer.js";
import { showDiagnostics } from "./diagnostics.js";
import { key } from "./gateway.js";
import { askForKeyWhereNeeded } from "./key-dialog.js";
import { LevelMeter } from "./meter.js";
import { Mixer } from "./mixer.js";
import { PageLife } from "./player/page-life.js";
import { StentorPlayer } from "./player/player.js";
import { StatusLine } from "./status.js";
import { Drawer } from "./studio/drawer.js";
import { Facts } from "./studio/facts.js";
import { History } from "./studio/history.js";
import { closePopovers } from "./studio/popovers.js";
import { Stage } from "./studio/stage.js";
import { ChannelSwitcher } from "./studio/switcher.js";
import { Transport } from "./studio/transport.js";
import { VoicePicker } from "./studio/voice-picker.js";
import { Waterfall } from "./studio/waterfall.js";

/** @template {HTMLElement} T @param {string} id @returns {T} */
const element = (id) => /** @type {T} */ (document.getElementById(id));

const channel = new URLSearchParams(location.search).get("channel") || "lobby";
const base = `/v1/channels/${encodeURIComponent(channel)}`;
const player = new StentorPlayer({ channel, token: key, levels: true });
const status = new StatusLine(element("status"), element("note"), element("status-advice"));
const meter = new LevelMeter(element("meter"));
const facts = new Facts(
  { engine: element("engine"), listeners: element("listeners"), latency: element("latency") },
  base,
  () => history.refresh(),
);

Object.assign(window, { stentor: player }); // for tests, and for the browser's console
/** The state of the connection that is shown. */
let shown = "closed";
document.title = `Stentor · ${channel}`;
element("channel").textContent = channel;
new ChannelSwitcher(element("switcher"));
closePopovers(/** @type {Element} */ (document.querySelector("header")));

const transport = new Transport(
  {
    start: element("start"),
    pause: element("pause"),
    interrupt: element("interrupt"),
    mute: element("mute"),
    volume: element("volume"),
    singleKeys: element("single-keys"),
  },
  base,
  player,
  (words) => status.showNote(words),
);
const stage = new Stage(
  { title: element("stage-title"), progress: element("progress"), caption: element("caption") },
  player,
  () => transport.show(),
);
const picker = new VoicePicker(element("voice"), element("voices"));
picker.onEngine = (engine) => facts.engine(engine);
const composer = new Composer(element("composer"), base, picker, {
  onSpeak: () => transport.listenAtFirst(), // this click may unlock the audio too
  onAsked: (_, answer) => {
    void stage.asking(answer);
    void history.asked(answer);
    void waterfall.asked(answer);
  },
});
const history = new History(/** @type {HTMLElement} */ (document.querySelector(".history")), base, (spoken) => {
  transport.listenAtFirst();
  void composer.say(spoken);
});
const waterfall = new Waterfall(
  element("waterfall"),
  base,
  () => player.stats.rttMs ?? 0,
  (id, ms) => history.measured(id, ms),
);
const mixer = new Mixer(element("mixer"), base, () => transport.listenAtFirst());
new Drawer(element("drawer"), element("use-this"), channel, () => composer.request);
showDiagnostics(element("diagnostics"), player);

on("state", showState);
on("gap", (gap) => {
  status.gap(gap);
  if (gap.restarted) history.forgotten();
});
on("error", (error) => console.warn("stentor", error));
on("level", (level) => meter.show(level));
on("levels", (levels) => mixer.levels(levels));
on("stats", ({ latencyMs }) => facts.latency(latencyMs));
on("utterance", (event) => {
  stage.utterance(event);
  history.utterance(event);
  if (event.phase === "started") waterfall.heard(event.id, player.state.audio === "running");
  else waterfall.ended(event.id);
});
on("caption", (event) => {
  stage.caption(event);
  history.grew(event.id, stage.text);
});
on("volume", showState); // set from elsewhere: by the gateway, or as it was kept
on("phase", ({ phase }) => {
  stage.phase = phase;
  history.refresh();
  void facts.look();
});

askForKeyWhereNeeded(player);
new PageLife(player, { keepVolume: true, mediaSession: true, title: channel });
showState();
player.connect();

function showState() {
  const { state } = player;
  status.show(state, player.muted);
  if (state.connection === "open" && shown !== "open") {
    composer.reachable();
    mixer.reachable();
    void picker.fill();
    void facts.look();
    history.reachable();
  }
  if (state.connection !== "open" && shown === "open") stage.phase = "idle"; // what it is will be told anew
  shown = state.connection;
  stage.show();
  transport.show();
  element("speak").classList.toggle("primary", !element("start").classList.contains("primary"));
  document.body.dataset.audio = state.audio;
  meter.running = state.audio === "running" && state.playout === "playing";
}

/** Listens to an event of the player. @param {string} type @param {(detail: any) => void} listener */
function on(type, listener) {
  player.addEventListener(type, (event) => listener(/** @type {CustomEvent} */ (event).detail));
}
