/** The latest values of several series over one time axis, up to a number of points; what is older is forgotten. */
export class History {
  #most;
  /** Times, and one array for each series. @type {(number | null)[][]} */
  #columns;

  /** @param {number} series number of series @param {number} most number of points that are kept */
  constructor(series, most) {
    this.#most = most;
    this.#columns = Array.from({ length: series + 1 }, () => []);
  }

  /** Adds the values of a moment. @param {number} seconds @param {(number | null)[]} values one for each series; null: unknown */
  add(seconds, values) {
    const row = [seconds, ...values];
    this.#columns.forEach((column, i) => {
      column.push(row[i] ?? null);
      if (column.length > this.#most) column.shift();
    });
  }

  clear() {
    for (const column of this.#columns) column.length = 0;
  }

  /** The columns as a plot wants them: the times, then each series. */
  get columns() {
    return /** @type {[number[], ...(number | null)[][]]} */ (this.#columns);
  }

  get length() {
    return this.#columns[0]?.length ?? 0;
  }
}
