const RULE = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
const LONGEST = 64;

/** Says what is wrong with the name of a channel; empty if nothing is. @param {string} name */
export function objection(name) {
  if (name === "") return "Write the name of a channel.";
  if (name.length > LONGEST) return `A name has at most ${LONGEST} characters.`;
  if (!/^[A-Za-z0-9]/.test(name)) return "A name begins with a letter or a digit.";
  return RULE.test(name) ? "" : "A name has letters, digits, dots, dashes and underscores only, and no blanks.";
}
