/**
 * The lead of a test, in milliseconds: the tight one that a player must do with on a quiet machine, else enough for a busy one.
 * STENTOR_QUIET_MACHINE, which scripts/long-tests.sh sets, chooses the tight one.
 *
 * @param {number} tightMs
 */
export const leadOf = (tightMs) => (process.env.STENTOR_QUIET_MACHINE ? tightMs : 1000);
