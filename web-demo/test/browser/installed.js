import { accessSync, constants } from "node:fs";
import path from "node:path";

/** Returns the first of these programs that the PATH has; undefined if it has none of them. @param {string[]} names */
export const onPath = (names) =>
  names.flatMap((name) => folders().map((folder) => path.join(folder, name))).find(runnable);

const folders = () => (process.env.PATH ?? "").split(path.delimiter).filter(Boolean);

/** @param {string} file */
function runnable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
