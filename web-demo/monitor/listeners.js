/**
 * @typedef {object} Listener as `GET …/listeners` tells of it; the fields from `pos` on are those of its player's latest report
 * @property {string} conn
 * @property {string} [client]
 * @property {number} gaps
 * @property {number} skipped_ms
 * @property {string} [gap_cause]
 * @property {number} lag_ms
 * @property {number} [pos]
 * @property {number} [buffer_ms]
 * @property {number} [underruns]
 * @property {string} [state]
 * @property {number} [sync_error_ms]
 * @property {boolean} [muted]
 */

/**
 * Figures of all listeners that are looked at; null where nobody tells.
 *
 * @typedef {{worstLagMs: number | null, usualLagMs: number | null, leastBufferMs: number | null, usualBufferMs: number | null, syncErrorMs: number | null,
 *   troubles: number}} Summary
 */

/** Sums up lists of listeners, one after another, and counts what went wrong from one to the next. */
export class ListenerSummary {
  /** Underruns and gaps of each connection so far. @type {Map<string, number>} */
  #troubles = new Map();

  /** @param {Listener[]} listeners @returns {Summary} */
  of(listeners) {
    const lags = listeners.map(({ lag_ms: lag }) => lag);
    const buffers = listeners.filter(({ state }) => state === "playing").map(({ buffer_ms: buffer = 0 }) => buffer);
    const errors = listeners.flatMap(({ sync_error_ms: error }) => (error === undefined ? [] : [Math.abs(error)]));
    return {
      worstLagMs: most(lags),
      usualLagMs: median(lags),
      leastBufferMs: buffers.length > 0 ? Math.min(...buffers) : null,
      usualBufferMs: median(buffers),
      syncErrorMs: most(errors),
      troubles: this.#newTroubles(listeners),
    };
  }

  /** Counts the underruns and gaps since the last list, of those who were in it. @param {Listener[]} listeners */
  #newTroubles(listeners) {
    const now = new Map(listeners.map(({ conn, gaps, underruns = 0 }) => [conn, gaps + underruns]));
    let added = 0;
    for (const [conn, count] of now) added += Math.max(0, count - (this.#troubles.get(conn) ?? count));
    this.#troubles = now;
    return added;
  }
}

/** @param {number[]} values */
function most(values) {
  return values.length > 0 ? Math.max(...values) : null;
}

/** @param {number[]} values */
function median(values) {
  if (values.length === 0) return null;
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? (sorted[middle] ?? null) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
