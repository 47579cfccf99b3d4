import { ask } from "../gateway.js";
import { VoicePreview } from "./voice-preview.js";
import { inOrder, instructible, isOwn, languagesOf, matching, preferred } from "./voices.js";

/** @typedef {import("./voices.js").Voice} Voice */

/** How soon to look again while a voice is being loaded. */
const LOADING_MS = 3_000;

/** The choice of a voice: a button with its name, and a drawer with all voices, which can be searched and heard. */
export class VoicePicker {
  #button;
  #drawer;
  #preview;
  /** In the order in which they are offered. @type {Voice[]} */
  #voices = [];
  /** @type {import("./voices.js").Model[]} */
  #models = [];
  /** @type {Voice | undefined} */
  #chosen;
  #asked = false;
  /** Whether a person chose the voice. */
  #picked = false;

  /** Called when another voice is chosen, or the voices become known. */
  onChange = () => {};
  /** Called with what is known of the engine. @type {(engine: import("./facts.js").Engine | undefined) => void} */
  onEngine = () => {};

  /** @param {HTMLElement} button @param {HTMLElement} drawer */
  constructor(button, drawer) {
    this.#button = button;
    this.#drawer = /** @type {HTMLDialogElement} */ (drawer);
    this.#preview = new VoicePreview(this.#part("#preview-problem"));
    button.onclick = () => {
      this.#drawer.showModal();
      this.#input("#voice-search").focus();
      this.#list.querySelector("input:checked")?.scrollIntoView({ block: "center" });
    };
    for (const filter of ["#voice-search", "#voice-language", "#voice-sex"])
      this.#part(filter).oninput = () => this.#show();
    this.#part("#voice-search").onkeydown = (event) => event.key === "Enter" && event.preventDefault();
    this.#drawer.onclose = () => this.#preview.stop();
    this.#list.onchange = ({ target }) => {
      this.#picked = true;
      this.#choose(/** @type {HTMLInputElement} */ (target).value);
    };
    this.#list.onclick = ({ target }) => {
      const heard = target instanceof Element ? target.closest("button") : null;
      if (heard?.dataset.voice) void this.#preview.toggle(heard, heard.dataset.voice);
    };
  }

  /** The chosen voice's name; undefined: the gateway's default. */
  get name() {
    return this.#chosen?.name;
  }

  /** A model that follows instructions in the chosen voice. */
  get instructible() {
    return instructible(this.#chosen, this.#models);
  }

  /** Whether another voice stands in for the chosen one. */
  get standIn() {
    return this.#chosen !== undefined && !isOwn(this.#chosen, this.#voices);
  }

  /** Fetches the voices, unless they are known. Without them only the default voice is offered. */
  async fill() {
    if (this.#asked) return;
    this.#asked = true;
    const [voices, models] = await Promise.all([ask("/v1/voices"), ask("/v1/models")]).catch(() => [null, null]);
    this.#asked = Boolean(voices?.ok);
    if (!voices?.ok) return;
    const list = await voices.json();
    const { models: known = [], engine } = models?.ok ? await models.json() : {};
    this.#voices = inOrder(list.voices);
    this.#models = known;
    const options = languagesOf(this.#voices).map((language) => new Option(language, language));
    const [all] = this.#part("#voice-language").children;
    this.#part("#voice-language").replaceChildren(all, ...options);
    const same = this.#voices.find(({ name }) => name === this.name);
    this.#choose((this.#picked && same ? same : preferred(list))?.name ?? "");
    this.#show();
    this.onEngine(engine);
    if (engine?.loading) setTimeout(() => this.#again(), LOADING_MS);
  }

  /** Fetches the voices once more: another voice may have been loaded. */
  #again() {
    this.#asked = false;
    void this.fill();
  }

  /** @param {string} name */
  #choose(name) {
    this.#chosen = this.#voices.find((voice) => voice.name === name);
    this.#button.querySelector("strong")?.replaceChildren(this.#chosen?.name ?? "Default");
    this.onChange();
  }

  #show() {
    const words = this.#input("#voice-search").value;
    const language = this.#input("#voice-language").value;
    const sex = this.#input("#voice-sex").value;
    const found = matching(this.#voices, { words, language, sex });
    const own = found.filter((voice) => isOwn(voice, this.#voices));
    const others = found.filter((voice) => !isOwn(voice, this.#voices));
    this.#list.replaceChildren(
      ...own.map((voice) => this.#row(voice)),
      ...(others.length > 0 ? [heading("Names that another voice stands in for")] : []),
      ...others.map((voice) => this.#row(voice)),
    );
    const count = found.length === 1 ? "1 voice" : `${found.length} voices`;
    this.#part("#voice-count").textContent =
      found.length > 0 ? count : "No voice fits. Take something out of the filters.";
  }

  /** @param {Voice} voice */
  #row({ name, note, sex, languages }) {
    const row = document.createElement("div");
    row.className = "voice";
    const label = document.createElement("label");
    const radio = document.createElement("input");
    Object.assign(radio, { type: "radio", name: "voice-choice", value: name, checked: name === this.name });
    const words = document.createElement("span");
    const strong = document.createElement("strong");
    strong.textContent = name;
    const about = document.createElement("small");
    const spoken = languages.length > 2 ? `${languages.length} languages` : languages.join(" and ");
    about.textContent = [note ?? sex, spoken].filter(Boolean).join(" · ");
    words.append(strong, about);
    label.append(radio, words);
    const hear = document.createElement("button");
    Object.assign(hear, { type: "button", className: "plain", ariaLabel: `Preview ${name}` });
    hear.dataset.voice = name;
    hear.textContent = "Preview";
    row.append(label, hear);
    return row;
  }

  get #list() {
    return this.#part("#voice-list");
  }

  /** @param {string} selector @returns {HTMLElement} */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.#drawer.querySelector(selector));
  }

  /** @param {string} selector */
  #input(selector) {
    return /** @type {HTMLInputElement} */ (this.#part(selector));
  }
}

/** @param {string} words */
function heading(words) {
  const place = document.createElement("p");
  place.className = "hint group";
  place.textContent = words;
  return place;
}
