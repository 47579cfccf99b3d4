/**
 * @typedef {object} Environment the browser's functions that every part of the player uses; tests pass their own
 * @property {(url: string, protocols: string[]) => WebSocket} open
 * @property {() => number} now monotonic time in milliseconds
 * @property {(run: () => void, ms: number) => any} setTimeout
 * @property {(timer: any) => void} clearTimeout
 * @property {() => number} random
 */

/** @type {Environment} */
export const browser = {
  open: (url, protocols) => new WebSocket(url, protocols),
  now: () => performance.timeOrigin + performance.now(), // the same in the page and its workers
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: (timer) => clearTimeout(timer),
  random: Math.random,
};
