// What every program of a client shares: the gateway, the text, and how a call is reported to the matrix.
import { writeFileSync } from "node:fs";
import { join } from "node:path";

export const { BASE, TEXT, OUT, PAGE_PORT } = process.env;
let count = 0;

/** Returns the name of the next file. */
export function next(form) {
  return join(OUT, `${++count}.${form}`);
}

/** Reports a call that brought sound: the bytes, or the name of a file that holds them. */
export function sound(call, data, form, more = {}) {
  const file = typeof data === "string" ? data : next(form);
  if (file !== data) writeFileSync(file, data);
  console.log(JSON.stringify({ call, file, form, ...more }));
}

/** Reports a call that brought something else. */
export function told(call, good, words = "") {
  console.log(JSON.stringify({ call, ok: Boolean(good), words: String(words).slice(0, 200) }));
}
