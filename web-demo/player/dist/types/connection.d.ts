import { ServerClock } from "./server-clock.js";
export type ConnectionState = {
    phase: "connecting" | "open" | "waiting" | "closed" | "refused";
    /**
     * number of attempts since the last connection that lasted
     */
    attempt?: number;
    retryInMs?: number;
    /**
     * close code
     */
    code?: number;
    reason?: string;
};
export type ConnectionListener = {
    onState: (state: ConnectionState) => void;
    onWelcome: (welcome: any) => void;
    /**
     * returns where frames go now
     */
    sink: () => FrameSink;
    /**
     * a frame that is to be heard was passed to the sink
     */
    onFrame: (frame: import("./frames.js").Frame) => void;
    /**
     * a text message, for the whole channel or for this connection
     */
    onMessage: (message: any) => void;
    /**
     * the server violated the protocol
     */
    onFault: (what: string) => void;
    /**
     * returns the body of a report
     */
    report: () => object;
};
export type FrameSink = {
    /**
     *   takes a frame and its message; what is before `playFrom` is decoded but not played
     */
    write: (frame: import("./frames.js").Frame, buffer: ArrayBuffer, replayed: boolean, arrivalMs: number, playFrom: number) => void;
};
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
/**
 * @typedef {object} ConnectionState
 * @property {"connecting" | "open" | "waiting" | "closed" | "refused"} phase
 * @property {number} [attempt] number of attempts since the last connection that lasted
 * @property {number} [retryInMs]
 * @property {number} [code] close code
 * @property {string} [reason]
 */
/**
 * @typedef {object} ConnectionListener is called in the order in which things arrive
 * @property {(state: ConnectionState) => void} onState
 * @property {(welcome: any) => void} onWelcome
 * @property {() => FrameSink} sink returns where frames go now
 * @property {(frame: import("./frames.js").Frame) => void} onFrame a frame that is to be heard was passed to the sink
 * @property {(message: any) => void} onMessage a text message, for the whole channel or for this connection
 * @property {(what: string) => void} onFault the server violated the protocol
 * @property {() => object} report returns the body of a report
 */
/**
 * @typedef {object} FrameSink takes frames with sound
 * @property {(frame: import("./frames.js").Frame, buffer: ArrayBuffer, replayed: boolean, arrivalMs: number, playFrom: number) => void} write
 *   takes a frame and its message; what is before `playFrom` is decoded but not played
 */
/**
 * @typedef {object} Environment the browser's functions that the connection uses; tests pass their own
 * @property {(url: string, protocols: string[]) => WebSocket} open
 * @property {() => number} now monotonic time in milliseconds
 * @property {(run: () => void, ms: number) => any} setTimeout
 * @property {(timer: any) => void} clearTimeout
 * @property {() => number} random
 */
/** @type {Environment} */
export declare const browser: Environment;
/**
 * One listener's connection to its channel. Reconnects by itself, resumes where it broke off, and checks the order of entries. Confined
 * to one thread.
 */
export declare class Connection {
    #private;
    clock: ServerClock;
    /**
     * @param {{url: string | (() => string), hello: object, token?: string}} options
     * @param {ConnectionListener} listener
     * @param {Environment} [environment]
     */
    constructor(options: {
        url: string | (() => string);
        hello: object;
        token?: string;
    }, listener: ConnectionListener, environment?: Environment);
    get isOpen(): boolean;
    open(): void;
    /** Says goodbye and closes. Opening again makes a new listener. */
    close(): void;
    /** @param {object} message */
    send(message: object): void;
    /** Sends a report now instead of at the next interval. @param {object} [more] further fields */
    report(more?: object): void;
}
