/**
 * Returns the address of the worklet's file, which imports nothing. Bundlers that know this form put the file beside their bundle; for the
 * others there is the player's option `workletUrl`.
 */
export const workletUrl = () => new URL("./dist/stentor-worklet.js", import.meta.url);
