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
     * another probe of the server's clock was answered, or the clock is another one
     */
    onClock: () => void;
};
export type FrameSink = {
    /**
     *   takes a frame and its message; what is before `playFrom` is decoded but not played
     */
    write: (frame: import("./frames.js").Frame, buffer: ArrayBuffer, replayed: boolean, arrivalMs: number, playFrom: number) => void;
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
 * @property {() => void} onClock another probe of the server's clock was answered, or the clock is another one
 */
/**
 * @typedef {object} FrameSink takes frames with sound
 * @property {(frame: import("./frames.js").Frame, buffer: ArrayBuffer, replayed: boolean, arrivalMs: number, playFrom: number) => void} write
 *   takes a frame and its message; what is before `playFrom` is decoded but not played
 */
/**
 * One listener's connection to its channel. Reconnects by itself, resumes where it broke off, and checks the order of entries. Confined
 * to one thread.
 */
export declare class Connection {
    #private;
    clock: ServerClock;
    /**
     * @param {{url: string | (() => string | Promise<string>), hello: object}} options a promise that is rejected is a failed attempt
     * @param {ConnectionListener} listener
     * @param {import("./environment.js").Environment} [environment]
     */
    constructor(options: {
        url: string | (() => string | Promise<string>);
        hello: object;
    }, listener: ConnectionListener, environment?: import("./environment.js").Environment);
    get isOpen(): boolean;
    /** Connects. If it waits for its next attempt, tries again at once. @param {string} [token] the caller's key */
    open(token?: string): void;
    /** Says goodbye and closes. Opening again makes a new listener. */
    close(): void;
    /** @param {object} message */
    send(message: object): void;
}
