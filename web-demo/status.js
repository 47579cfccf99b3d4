/** Interruptions that are shorter than this are not shown. */
const GRACE_MS = 1000;
const NOTE_MS = 8000;
/** A notice of a loss stays longer, because nobody may be looking when it comes. */
const LOSS_MS = 30_000;

/** Words for refusals that the visitor can do something about, by close code. @type {Record<number, string>} */
const REFUSALS = {
  4400: "There can be no channel of this name. A name has up to 64 letters, digits, dots, dashes and underscores, and begins with a letter or a digit.",
  4401: "This gateway needs a valid key.",
  4403: "This key, or this page, may not listen here.",
  4404: "There is no such channel, or not any more.",
};

/** What an operator can do about a refusal, by close code. @type {Record<number, string>} */
const ADVICE = {
  4401: "gateway.access.keys names the keys. The gateway makes a new one when it is started with --new-key=NAME.",
  4403: "The key needs the right to listen to this channel. A page of another origin must stand in gateway.listen.origins.",
  4404: "Where gateway.channels.create is never, PUT /v1/channels/NAME creates a channel.",
};

/** Words for attempts that the gateway answered, but not as one wished, by close code. @type {Record<number, string>} */
const WAITS = {
  4429: "Too many connections, or too many wrong keys",
  4500: "The gateway failed",
  4503: "The gateway has too much to do just now",
};

/** Number of characters of a text by which a notice names it. */
const NAMED_BY = 40;

/** @typedef {{ms: number, cause: string, restarted: boolean, utterances: {text?: string}[]}} Gap */

/** Shows the state of the listener as text, icon and colour. Shows brief notices in a separate line. */
export class StatusLine {
  #status;
  #note;
  #advice;
  #hadTrouble = false;
  #wasOpen = false;
  /** Words about what was missed since the connection was lost; empty: nothing. */
  #missed = "";
  #trouble = 0;
  #noteTimer = 0;

  /**
   * @param {HTMLElement} line
   * @param {HTMLElement} note
   * @param {HTMLElement} advice a folded panel with a paragraph for the operator
   */
  constructor(line, note, advice) {
    this.#status = line;
    this.#note = note;
    this.#advice = advice;
  }

  /** @param {import("./player/player.js").StentorPlayer["state"]} state @param {boolean} muted */
  show(state, muted) {
    clearTimeout(this.#trouble);
    this.#advise(state.connection === "refused" ? ADVICE[state.line.code ?? 0] : undefined);
    const [tone, text] = describe(state, muted);
    const lost = state.connection === "waiting" || (state.connection === "connecting" && this.#hadTrouble);
    if (lost) {
      this.#hadTrouble = true;
      this.#trouble = setTimeout(() => this.#set(tone, text), GRACE_MS);
      return;
    }
    if (state.connection === "closed") this.#left();
    if (state.connection === "open") this.#opened();
    this.#set(tone, text);
  }

  /** Takes a gap. While the connection is being restored, it is told together with the return. @param {Gap} gap */
  gap(gap) {
    if (this.#hadTrouble) this.#missed = `Connected again. ${describeGap(gap)}`;
    else this.showNote(describeGap(gap), LOSS_MS);
  }

  /** @param {string} text @param {number} [ms] how long it stays */
  showNote(text, ms = NOTE_MS) {
    clearTimeout(this.#noteTimer);
    this.#note.textContent = text;
    this.#noteTimer = setTimeout(() => (this.#note.textContent = ""), ms);
  }

  /** @param {string | undefined} words */
  #advise(words) {
    this.#advice.hidden = words === undefined;
    const place = this.#advice.querySelector("p");
    if (place && words !== undefined && place.textContent !== words) place.textContent = words;
  }

  /** Forgets the trouble: who listens again later begins anew. */
  #left() {
    this.#hadTrouble = this.#wasOpen = false;
    this.#missed = "";
  }

  #opened() {
    if (this.#hadTrouble && this.#missed) this.showNote(this.#missed, LOSS_MS);
    else if (this.#hadTrouble) this.showNote(this.#wasOpen ? "Connected again. No words were lost." : "Connected.");
    this.#hadTrouble = false;
    this.#wasOpen = true;
    this.#missed = "";
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
      return ["trouble", `${WAITS[line.code ?? 0] ?? "Connection lost"}. Trying again (${line.attempt})…`];
    case "refused":
      return ["trouble", refusal(line)];
    case "closed":
      return ["silent", "Not listening"];
  }
  if (audio !== "running") return ["silent", "Connected. Press Start."];
  if (playout === "held") return ["silent", "Connected, paused"];
  if (playout === "stalled") return ["busy", "Waiting for the network…"];
  if (muted) return ["silent", "Connected, muted"];
  return playout === "playing" ? ["speaking", "Connected, speaking"] : ["ready", "Connected, listening"];
}

/** @param {Gap} gap */
function describeGap({ ms, cause, restarted, utterances }) {
  const [{ text = "" } = {}] = utterances;
  const name = text.length > NAMED_BY ? `${text.slice(0, NAMED_BY).trimEnd()}…` : text;
  const rest = utterances.length === 0 ? "" : name ? `The rest of “${name}” was lost` : "The rest of the text was lost";
  if (restarted && rest) return `The channel was restarted. ${rest}, and so were texts that were waiting.`;
  if (restarted) return "The channel was restarted. Texts that were waiting were lost.";
  if (ms > 0) return `${(ms / 1000).toFixed(1)} seconds of sound were lost.${rest && ` ${rest}.`}`;
  if (rest) return `${rest}.`;
  return cause === "fresh" ? "Some sound may have been lost." : "No sound was lost.";
}

/** @param {import("./player/connection.js").ConnectionState} line */
function refusal({ code = 0, reason }) {
  return REFUSALS[code] ?? (reason ? `Connection refused: ${reason}` : `Connection refused (${code})`);
}
