export type RunningLine = {
    thread: "worker" | "page";
    post: (command: import("./line.js").LineCommand, transfer?: Transferable[]) => void;
    /**
     * leaves the channel; nothing is told any more
     */
    close: () => void;
};
export type LineListener = {
    onEvent: (event: import("./line.js").LineEvent) => void;
    /**
     * the line cannot run anywhere
     */
    onFailure: (failure: Error) => void;
};
/**
 * A running line, wherever it runs.
 *
 * @typedef {object} RunningLine
 * @property {"worker" | "page"} thread
 * @property {(command: import("./line.js").LineCommand, transfer?: Transferable[]) => void} post
 * @property {() => void} close leaves the channel; nothing is told any more
 */
/**
 * @typedef {object} LineListener
 * @property {(event: import("./line.js").LineEvent) => void} onEvent
 * @property {(failure: Error) => void} onFailure the line cannot run anywhere
 */
/**
 * Starts a line in a worker. What is posted waits until the worker runs. If it never does, because workers must be of the page's own origin
 * or the page's policy forbids them, the same file runs on the page's thread instead.
 *
 * @implements {RunningLine}
 */
export declare class LineHost implements RunningLine {
    #private;
    /** @type {"worker" | "page"} */
    thread: "worker" | "page";
    /** @param {import("./line.js").LineOptions} options @param {LineListener} listener @param {string | URL} [url] of the worker's file */
    constructor(options: import("./line.js").LineOptions, listener: LineListener, url?: string | URL);
    /** @param {import("./line.js").LineCommand} command @param {Transferable[]} [transfer] */
    post(command: import("./line.js").LineCommand, transfer?: Transferable[]): void;
    close(): void;
}
