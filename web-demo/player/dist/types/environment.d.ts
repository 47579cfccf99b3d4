/**
 * @typedef {object} Environment the browser's functions that the player uses; tests pass their own
 * @property {(url: string, protocols: string[]) => WebSocket} open
 * @property {() => number} now monotonic time in milliseconds
 * @property {(run: () => void, ms: number) => any} setTimeout
 * @property {(timer: any) => void} clearTimeout
 * @property {() => number} random
 * @property {(options: import("./line.js").LineOptions, listener: import("./line-host.js").LineListener) => import("./line-host.js").RunningLine} [startLine]
 *   starts a line; by default in a worker
 */
export type Environment = {
    open: (url: string, protocols: string[]) => WebSocket;
    /**
     * monotonic time in milliseconds
     */
    now: () => number;
    setTimeout: (run: () => void, ms: number) => any;
    clearTimeout: (timer: any) => void;
    random: () => number;
    /**
     * starts a line; by default in a worker
     */
    startLine?: (options: import("./line.js").LineOptions, listener: import("./line-host.js").LineListener) => import("./line-host.js").RunningLine;
};
/** @type {Environment} */
export declare const browser: Environment;
