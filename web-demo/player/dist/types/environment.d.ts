/**
 * @typedef {object} Environment the browser's functions that every part of the player uses; tests pass their own
 * @property {(url: string, protocols: string[]) => WebSocket} open
 * @property {() => number} now monotonic time in milliseconds
 * @property {(run: () => void, ms: number) => any} setTimeout
 * @property {(timer: any) => void} clearTimeout
 * @property {() => number} random
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
};
/** @type {Environment} */
export declare const browser: Environment;
