/** Interruptions that are shorter than this are not shown. */
const GRACE_MS = 1000;
const NOTE_MS = 8000;

/** Words for refusals that the visitor can do something about, by close code. @type {Record<number, string>} */
const REFUSALS = {
  4401: "This gateway needs a valid key. Open this page with #key=… at the end of its address.",
  4403: "This key, or this page, may not listen here.",
  4404: "There is no such channel, or not any more.",
  4429: "Too many connections, or too many wrong keys. Wait a minute, then load the page again.",
};

/** Shows the state of the listener as text, icon and colour. Shows brief notices in a separate line. */
export class StatusLine {
  #status;
  #note;
  #hadTrouble = false;
  #trouble = 0;
  #noteTimer = 0;

  /** @param {HTMLElement} line @param {HTMLElement} note */
  constructor(line, note) {
    this.#status = line;
    this.#note = note;
  }

  /** @param {import("./player/player.js").StentorPlayer["state"]} state @param {boolean} muted */
  show(state, muted) {
    clearTimeout(this.#trouble);
    const [tone, text] = describe(state, muted);
    const lost = state.connection === "waiting" || (state.connection === "connecting" && this.#hadTrouble);
    if (lost) {
      this.#hadTrouble = true;
      this.#trouble = setTimeout(() => this.#set(tone, text), GRACE_MS);
      return;
    }
    if (state.connection === "open" && this.#hadTrouble) {
      this.#hadTrouble = false;
      this.showNote("Connected again. No words were lost.");
    }
    this.#set(tone, text);
  }

  /** @param {{ms: number, cause: string}} gap */
  gap({ ms }) {
    this.#hadTrouble = false;
    if (ms > 0) this.showNote(`${(ms / 1000).toFixed(1)} seconds of sound were lost.`);
  }

  /** @param {string} text */
  showNote(text) {
    clearTimeout(this.#noteTimer);
    this.#note.textContent = text;
    this.#noteTimer = setTimeout(() => (this.#note.textContent = ""), NOTE_MS);
  }

  /** @param {string} tone @param {string} text */
  #set(tone, text) {
    const words = this.#status.querySelector("span");
    if (!words || (words.textContent === text && this.#status.dataset.tone === tone)) return;
    words.textContent = text;
    this.#status.dataset.tone = tone;
    this.#status.querySelector("use")?.setAttribute("href", `#icon-${tone}`);
  }
}

/** @param {import("./player/player.js").StentorPlayer["state"]} state @param {boolean} muted @returns {[string, string]} tone and words */
function describe({ connection, line, audio, playout }, muted) {
  switch (connection) {
    case "connecting":
      return ["busy", "Connecting…"];
    case "waiting":
      return ["trouble", `Connection lost. Trying again (${line.attempt})…`];
    case "refused":
      return ["trouble", refusal(line)];
    case "closed":
      return ["silent", "Not listening"];
  }
  if (audio !== "running") return ["silent", "Connected. Press Start to listen."];
  if (playout === "stalled") return ["busy", "Waiting for the network…"];
  if (muted) return ["silent", "Connected, muted"];
  return playout === "playing" ? ["speaking", "Connected, speaking"] : ["ready", "Connected, listening"];
}

/** @param {import("./player/connection.js").ConnectionState} line */
function refusal({ code = 0, reason }) {
  return REFUSALS[code] ?? (reason ? `Connection refused: ${reason}` : `Connection refused (${code})`);
}
