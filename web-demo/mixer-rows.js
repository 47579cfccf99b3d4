const FLOOR_DB = -60;

/** @typedef {{row: HTMLElement, gain: HTMLInputElement, said: HTMLElement, meter: HTMLMeterElement}} Row */

/**
 * The sources beside the speech that the panel has no button of its own for: others put them in by the API. Each can be turned up and down,
 * and taken out.
 */
export class MixerRows {
  #list;
  #blank;
  #changes;
  /** @type {Map<string, Row>} */
  #rows = new Map();

  /**
   * @param {HTMLElement} list
   * @param {HTMLTemplateElement} blank a row
   * @param {{turn: (name: string, gainDb: number) => void, takeOut: (name: string) => void}} changes what a hand asks for
   */
  constructor(list, blank, changes) {
    this.#list = list;
    this.#blank = blank;
    this.#changes = changes;
  }

  /** @param {import("./mixer.js").Source[]} sources those that are there now */
  show(sources) {
    const names = new Set(sources.map(({ name }) => name));
    for (const [name, { row }] of this.#rows) {
      if (names.has(name)) continue;
      row.remove();
      this.#rows.delete(name);
    }
    for (const source of sources) {
      const { gain, said, meter } = this.#rows.get(source.name) ?? this.#add(source.name);
      meter.value = Math.max(FLOOR_DB, source.level.rms_db);
      if (document.activeElement === gain) continue; // what a hand is on is not moved under it
      gain.value = String(source.gain_db);
      tell(gain, said);
    }
    this.#list.hidden = sources.length === 0;
  }

  /** @param {string} name @returns {Row} */
  #add(name) {
    const row = /** @type {HTMLElement} */ (this.#blank.content.firstElementChild?.cloneNode(true));
    const part = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (row.querySelector(selector));
    const gain = /** @type {HTMLInputElement} */ (part("input"));
    const meter = /** @type {HTMLMeterElement} */ (part("meter"));
    const said = part("b");
    part("span span").textContent = name;
    gain.ariaLabel = `How loud ${name} is`;
    gain.oninput = () => tell(gain, said);
    gain.onpointerdown = () => gain.focus(); // not every browser does
    gain.onchange = () => this.#changes.turn(name, rounded(gain));
    meter.ariaLabel = `Level of ${name}`;
    part("button").ariaLabel = `Take out ${name}`;
    part("button").onclick = () => this.#changes.takeOut(name);
    this.#list.append(row);
    const made = { row, gain, said, meter };
    this.#rows.set(name, made);
    return made;
  }
}

/** @param {HTMLInputElement} gain @param {HTMLElement} said */
function tell(gain, said) {
  const words = `${rounded(gain)} dB`;
  gain.setAttribute("aria-valuetext", words);
  said.textContent = words;
}

/** To half a decibel, which is as fine as a hand is. @param {HTMLInputElement} gain */
const rounded = (gain) => Math.round(Number(gain.value) * 2) / 2;
