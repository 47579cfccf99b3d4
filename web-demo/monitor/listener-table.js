import { setText } from "./text.js";

/** A listener that is further behind than this share of what its channel allows is marked. */
const WARN_AT = 0.5;

/**
 * @typedef {object} RowActions
 * @property {(listener: import("./listeners.js").Listener) => void} mute
 * @property {(listener: import("./listeners.js").Listener) => void} remove
 */

/** The table of listeners. A row stays the same one as long as its connection, and rows change places only while nobody points at them. */
export class ListenerTable {
  #body;
  #actions;
  /** @type {Map<string, {row: HTMLTableRowElement, listener: import("./listeners.js").Listener}>} */
  #rows = new Map();

  /** @param {HTMLElement} body @param {RowActions} actions */
  constructor(body, actions) {
    this.#body = body;
    this.#actions = actions;
  }

  /** @param {import("./listeners.js").Listener[]} listeners furthest behind first @param {number} allowedLagMs */
  show(listeners, allowedLagMs) {
    const there = new Set(listeners.map(({ conn }) => conn));
    for (const [conn, { row }] of this.#rows) {
      if (there.has(conn)) continue;
      row.remove();
      this.#rows.delete(conn);
    }
    const mayMove = !this.#body.matches(":hover, :focus-within");
    listeners.forEach((listener, i) => {
      const isNew = !this.#rows.has(listener.conn);
      const row = this.#rowOf(listener);
      fill(row, listener, allowedLagMs);
      if ((isNew || mayMove) && this.#body.children[i] !== row)
        this.#body.insertBefore(row, this.#body.children[i] ?? null);
    });
  }

  /** @param {import("./listeners.js").Listener} listener */
  #rowOf(listener) {
    const known = this.#rows.get(listener.conn);
    if (known) {
      known.listener = listener;
      return known.row;
    }
    const row = document.createElement("tr");
    const name = document.createElement("th");
    name.scope = "row";
    row.append(name, ...Array.from({ length: 7 }, () => document.createElement("td")));
    for (const cell of [...row.cells].slice(2, 7)) cell.className = "number";
    const held = { row, listener };
    const actions = /** @type {HTMLTableCellElement} */ (row.cells[7]);
    actions.className = "actions";
    actions.append(
      button("mute", () => this.#actions.mute(held.listener)),
      button("remove", () => this.#actions.remove(held.listener)),
    );
    this.#rows.set(listener.conn, held);
    return row;
  }
}

/** Returns the name by which people know a listener. @param {import("./listeners.js").Listener} listener */
export const nameOf = ({ client, conn }) => client ?? conn;

/** @param {HTMLTableRowElement} row @param {import("./listeners.js").Listener} listener @param {number} allowedLagMs */
function fill(row, listener, allowedLagMs) {
  const {
    client,
    conn,
    lag_ms: lag,
    buffer_ms: buffer,
    underruns,
    gaps,
    skipped_ms: skipped,
    gap_cause: cause,
  } = listener;
  const { state, sync_error_ms: error, muted } = listener;
  const [name, ...cells] = /** @type {HTMLTableCellElement[]} */ ([...row.cells]);
  const lost = gaps > 0 ? `${gaps} × ${cause ?? ""}, ${(skipped / 1000).toFixed(1)} s` : "0";
  const texts = [
    state === undefined ? "no report" : muted ? `${state}, muted` : state,
    `${lag} ms`,
    buffer === undefined ? "–" : `${buffer} ms`,
    String(underruns ?? "–"),
    lost,
    error === undefined ? "–" : `${error.toFixed(1)} ms`,
  ];
  if (name) setText(name, client ?? conn);
  if (name) name.title = conn;
  texts.forEach((text, i) => setText(/** @type {HTMLTableCellElement} */ (cells[i]), text));
  setTone(cells[1], lag > allowedLagMs ? "bad" : lag > allowedLagMs * WARN_AT ? "warn" : "");
  setTone(cells[3], underruns ? "warn" : "");
  setTone(cells[4], gaps > 0 ? "warn" : "");
  const mute = row.querySelector(".mute");
  setText(mute, muted ? "Unmute" : "Mute");
  mute?.setAttribute("aria-label", `${muted ? "Unmute" : "Mute"} ${client ?? conn}`);
  const remove = row.querySelector(".remove");
  setText(remove, "Remove");
  remove?.setAttribute("aria-label", `Remove ${client ?? conn}`);
}

/** @param {string} name @param {() => void} run */
function button(name, run) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = `plain ${name}`;
  made.onclick = run;
  return made;
}

/** @param {HTMLElement | undefined} cell @param {string} tone */
function setTone(cell, tone) {
  if (cell && (cell.dataset.tone ?? "") !== tone) cell.dataset.tone = tone;
}
