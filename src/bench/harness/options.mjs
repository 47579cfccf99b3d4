// Options of the commands here: NAME=value on the command line or in the environment.

/** @param {Record<string, string>} defaults */
export function options(defaults) {
  const chosen = { ...defaults };
  for (const name of Object.keys(defaults)) chosen[name] = process.env[name] ?? chosen[name];
  for (const argument of process.argv.slice(2)) {
    const at = argument.indexOf("=");
    const name = argument.slice(0, Math.max(0, at));
    if (!(name in defaults)) fail(`there is no option ${argument}; there are ${Object.keys(defaults).join("=…, ")}=…`);
    chosen[name] = argument.slice(at + 1);
  }
  return chosen;
}

/** @param {string} why @returns {never} */
export function fail(why) {
  console.error(why);
  process.exit(2);
}
