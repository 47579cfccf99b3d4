import { UNREACHABLE, ask } from "./gateway.js";
import { MixerRows } from "./mixer-rows.js";

const FLOOR_DB = -60;
/** Time until the state of the mix is asked for again after it was not told, in ms. */
const ASK_AGAIN_MS = 1000;
/** Answers by which the gateway says that this visitor may not mix. */
const FORBIDDEN = [401, 403];
const BED = "music";
const BELL = "bell";

/** @typedef {{name: string, kind?: string, sound?: string, gain_db: number, state: string}} Source */
/** @typedef {{name: string, message: string}} Failed a source that could not be spoken, and why */
/** @typedef {{on: boolean, pending: boolean, duck: {depth_db: number}, sources: Source[], failed?: Failed[]}} Mix */

/** @typedef {{changes: number, rms_db: number, sources: {name: string, rms_db: number}[]}} Levels the message of the listener protocol */

/**
 * The panel of the channel's mixing stage: music under the speech, ducking, a bell, levels. Changes are heard by everybody. It is folded
 * until something is mixed. It asks for the
 * state of the mix only when the messages of levels say that it has changed.
 */
export class Mixer {
  #base;
  #panel;
  #rows;
  #dismiss = document.createElement("button");
  /** @type {Mix | null} */
  #mix = null;
  /** The slider that the user is moving; it is not updated meanwhile. @type {Element | null} */
  #dragged = null;
  /** Number of changes that the shown state includes; null: unknown. @type {number | null} */
  #changes = null;
  #retry = 0;
  #asking = false;
  /** The latest level of each source. @type {(name: string) => number} */
  #rmsDb = () => FLOOR_DB;
  /** Whether the mix has changed since it was last asked for. */
  #outdated = false;
  #forbidden = false;
  /** Whether the sounds are known. */
  #sounds = false;
  #unfolded = false;

  /**
   * @param {HTMLElement} panel
   * @param {string} base the channel's address
   * @param {() => void} onUse called within the user gesture that starts a sound
   */
  constructor(panel, base, onUse) {
    this.#panel = panel;
    this.#base = base;
    this.#dismiss.type = "button";
    this.#dismiss.textContent = "Dismiss";
    this.#rows = new MixerRows(this.#part("others"), /** @type {HTMLTemplateElement} */ (this.#part("other")), {
      setGain: (name, gainDb) => this.#send("PATCH", sourcePath(name), { gain_db: gainDb, fade_ms: 500 }),
      remove: (name) => this.#send("DELETE", sourcePath(name)),
    });
    this.#part("music").onclick = () => {
      if (!this.#bed) onUse();
      this.#toggle();
    };
    this.#part("bell").onclick = () => {
      onUse();
      this.#send("PUT", `/sources/${BELL}`, { kind: "earcon", sound: "demo-chime" });
    };
    this.#input("sound").onchange = () => this.#bed && this.#play();
    this.#input("gain").onchange = () => this.#bed && this.#send("PATCH", `/sources/${BED}`, this.#gain);
    this.#input("duck").onchange = () => this.#send("PATCH", "/mix", { duck: this.#duck });
    for (const range of [this.#input("gain"), this.#input("duck")]) {
      range.oninput = () => this.#showValue(range);
      range.onpointerdown = () => (this.#dragged = range);
      range.onpointerup = () => (this.#dragged = null);
      this.#showValue(range);
    }
  }

  get #bed() {
    return this.#mix?.sources.find(({ name }) => name === BED);
  }

  get #gain() {
    return { gain_db: Number(this.#input("gain").value), fade_ms: 500 };
  }

  get #duck() {
    return { depth_db: -Number(this.#input("duck").value) };
  }

  #toggle() {
    if (this.#bed) this.#send("DELETE", `/sources/${BED}`);
    else this.#play();
  }

  #play() {
    const sound = this.#input("sound").value || "demo-bed";
    this.#send("PUT", `/sources/${BED}`, { kind: "bed", sound, duck: this.#duck, ...this.#gain });
  }

  async #fillSounds() {
    if (this.#sounds) return;
    const response = await ask("/v1/sounds").catch(() => null);
    if (!response?.ok) return; // then only the built-in music is offered
    const { sounds } = await response.json();
    const options = sounds.map(
      (/** @type {{name: string}} */ { name }) => new Option(name, name, false, name === "demo-bed"),
    );
    if (options.length > 0) this.#input("sound").replaceChildren(...options);
    this.#sounds = true;
  }

  /** @param {string} method @param {string} path @param {object} [body] */
  async #send(method, path, body) {
    this.#showProblem("");
    try {
      const response = await ask(this.#base + path, {
        method,
        headers: body ? { "content-type": "application/json" } : {},
        body: body && JSON.stringify(body),
      });
      if (!response.ok) {
        const problem = await response.json().catch(() => ({}));
        this.#showProblem(problem.detail || `The gateway refused this (${response.status}).`);
      }
    } catch {
      this.#showProblem(UNREACHABLE);
    }
    await this.#ask();
  }

  /** Takes back what was said about a gateway that could not be reached. The next levels are those of a new connection. */
  reachable() {
    if (this.#part("problem").textContent === UNREACHABLE) this.#showProblem("");
    this.#changes = null;
    this.#forbidden = false; // the visitor may have another key by now
    void this.#fillSounds();
  }

  /** Shows how loud everything is, and asks for the state of the mix if it has changed. @param {Levels} levels */
  levels({ changes, rms_db: whole, sources }) {
    const rms = (/** @type {string} */ name) => sources.find((source) => source.name === name)?.rms_db ?? FLOOR_DB;
    this.#rmsDb = rms;
    this.#level("speech", rms("speech"));
    this.#level("bed", rms(BED));
    this.#level("whole", whole);
    this.#rows.showLevels(rms);
    if (changes === this.#changes) return;
    this.#changes = changes;
    void this.#ask();
  }

  /** Asks for the state of the mix; once more if it changes meanwhile. */
  async #ask() {
    this.#outdated = true;
    clearTimeout(this.#retry);
    if (this.#asking || this.#forbidden) return;
    this.#asking = true;
    try {
      while (this.#outdated) {
        this.#outdated = false;
        const response = await ask(`${this.#base}/mix`);
        if (response.ok) this.#show(await response.json());
        else if (FORBIDDEN.includes(response.status)) this.#forbid();
        else this.#retry = setTimeout(() => this.#ask(), ASK_AGAIN_MS);
      }
    } catch {
      this.#mix = null; // the status line shows that the connection is lost
      this.#changes = null;
    } finally {
      this.#asking = false;
    }
  }

  /** Offers no mixer to a visitor who may not use it. */
  #forbid() {
    this.#forbidden = true;
    this.#panel.hidden = true;
  }

  /** @param {Mix} mix */
  #show(mix) {
    this.#mix = mix;
    this.#panel.hidden = false;
    if (mix.sources.length > 0 && !this.#unfolded) {
      this.#unfolded = true; // once: who folds it again keeps it so
      /** @type {HTMLDetailsElement} */ (this.#panel).open = true;
    }
    const bed = this.#bed;
    const button = this.#part("music");
    button.setAttribute("aria-pressed", String(bed !== undefined));
    button.replaceChildren(bed ? "Stop the music" : "Play music");
    write(this.#part("pending"), mix.pending ? "This takes effect as soon as nobody is speaking." : "");
    this.#rows.show(mix.sources.filter(({ name }) => name !== BED && name !== BELL));
    this.#rows.showLevels(this.#rmsDb);
    const failed = mix.failed ?? [];
    write(this.#part("failures"), failed.map(({ name, message }) => `${name} failed: ${message}`).join(" "));
    this.#dismiss.onclick = () => failed.forEach(({ name }) => this.#send("DELETE", sourcePath(name)));
    if (failed.length === 0) this.#dismiss.remove();
    else if (!this.#dismiss.isConnected) this.#part("failed").append(this.#dismiss);
    if (bed) this.#setSlider(this.#input("gain"), bed.gain_db);
    this.#setSlider(this.#input("duck"), -mix.duck.depth_db);
  }

  /** @param {HTMLInputElement} range @param {number} value */
  #setSlider(range, value) {
    if (this.#dragged === range || document.activeElement === range) return;
    range.value = String(value);
    this.#showValue(range);
  }

  /** @param {HTMLInputElement} range */
  #showValue(range) {
    const words = `${range.value} dB`;
    range.setAttribute("aria-valuetext", words);
    const place = range.parentElement?.querySelector("b");
    if (place) place.textContent = words;
  }

  /** @param {string} name @param {number} decibels */
  #level(name, decibels) {
    const meter = /** @type {HTMLMeterElement} */ (this.#part(`level-${name}`));
    meter.value = Math.max(FLOOR_DB, decibels);
  }

  /** @param {string} words */
  #showProblem(words) {
    this.#part("problem").textContent = words;
  }

  /** @param {string} name @returns {HTMLElement} */
  #part(name) {
    return /** @type {HTMLElement} */ (this.#panel.querySelector(`#mixer-${name}`));
  }

  /** @param {string} name */
  #input(name) {
    return /** @type {HTMLInputElement} */ (this.#part(name));
  }
}

/** @param {string} name */
const sourcePath = (name) => `/sources/${encodeURIComponent(name)}`;

/**
 * Sets a text if it has changed. Writing an equal text again would make a screen reader repeat it.
 *
 * @param {HTMLElement} place
 * @param {string} words
 */
function write(place, words) {
  if (place.textContent !== words) place.textContent = words;
}
