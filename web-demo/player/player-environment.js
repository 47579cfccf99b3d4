import { browser } from "./environment.js";

/**
 * @typedef {object} Page what a page has and not every browser
 * @property {Document} [document]
 * @property {Navigator} [navigator]
 * @property {typeof MediaMetadata} [MediaMetadata]
 * @property {Storage} [localStorage]
 */

/**
 * What the player's half on the page's thread uses; tests pass their own.
 *
 * @typedef {import("./environment.js").Environment & {page: Page, startLine?: StartLine}} PlayerEnvironment
 */

/**
 * Starts a line; by default it runs in a worker.
 *
 * @typedef {(options: import("./line.js").LineOptions, listener: import("./line-host.js").LineListener) => import("./line-host.js").RunningLine} StartLine
 */

/** @type {PlayerEnvironment} */
export const pageEnvironment = { ...browser, page: globalThis };
