const FLOOR_DB = -60;

/** @typedef {{row: HTMLElement, gain: HTMLInputElement, label: HTMLElement, meter: HTMLMeterElement}} Row */

/**
 * The rows of sources that were added through the API, and for which the panel has no controls of its own. Each row has a volume slider
 * and a button that removes the source.
 */
export class MixerRows {
  #list;
  #template;
  #actions;
  /** @type {Map<string, Row>} */
  #rows = new Map();

  /**
   * @param {HTMLElement} list
   * @param {HTMLTemplateElement} template of one row
   * @param {{setGain: (name: string, gainDb: number) => void, remove: (name: string) => void}} actions called on user input
   */
  constructor(list, template, actions) {
    this.#list = list;
    this.#template = template;
    this.#actions = actions;
  }

  /** @param {import("./mixer.js").Source[]} sources all sources that exist now */
  show(sources) {
    const names = new Set(sources.map(({ name }) => name));
    for (const [name, { row }] of this.#rows) {
      if (names.has(name)) continue;
      row.remove();
      this.#rows.delete(name);
    }
    for (const source of sources) {
      const { gain, label } = this.#rows.get(source.name) ?? this.#add(source.name);
      if (document.activeElement === gain) continue; // the user is moving it
      gain.value = String(source.gain_db);
      showValue(gain, label);
    }
    this.#list.hidden = sources.length === 0;
  }

  /** Shows how loud each source is. @param {(name: string) => number} rmsDb */
  showLevels(rmsDb) {
    for (const [name, { meter }] of this.#rows) meter.value = Math.max(FLOOR_DB, rmsDb(name));
  }

  /** @param {string} name @returns {Row} */
  #add(name) {
    const row = /** @type {HTMLElement} */ (this.#template.content.firstElementChild?.cloneNode(true));
    const part = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (row.querySelector(selector));
    const gain = /** @type {HTMLInputElement} */ (part("input"));
    const meter = /** @type {HTMLMeterElement} */ (part("meter"));
    const label = part("b");
    part("span span").textContent = name;
    gain.ariaLabel = `Volume of ${name}`;
    gain.oninput = () => showValue(gain, label);
    gain.onpointerdown = () => gain.focus(); // not every browser focuses a slider by itself
    gain.onchange = () => this.#actions.setGain(name, rounded(gain));
    meter.ariaLabel = `Level of ${name}`;
    part("button").ariaLabel = `Remove ${name}`;
    part("button").onclick = () => this.#actions.remove(name);
    this.#list.append(row);
    const made = { row, gain, label, meter };
    this.#rows.set(name, made);
    return made;
  }
}

/** @param {HTMLInputElement} gain @param {HTMLElement} label */
function showValue(gain, label) {
  const words = `${rounded(gain)} dB`;
  gain.setAttribute("aria-valuetext", words);
  label.textContent = words;
}

/** Rounds to half a decibel. @param {HTMLInputElement} gain */
const rounded = (gain) => Math.round(Number(gain.value) * 2) / 2;
