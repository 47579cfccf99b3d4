export type SoundPort = {
    postMessage: (message: object, transfer: Transferable[]) => void;
    close: () => void;
};
export type LineCommand = {
    t: "open";
    token?: string;
} | {
    t: "close";
} | {
    t: "send";
    message: object;
} | {
    t: "output";
    port: SoundPort | null;
} | {
    t: "stalled";
    ms: number;
} | {
    t: "address";
    url?: string;
    failure?: string;
};
export type LineEvent = {
    t: "state";
    state: import("./connection.js").ConnectionState;
} | {
    t: "welcome";
    welcome: any;
} | FrameNotice | {
    t: "message";
    message: any;
} | {
    t: "fault";
    what: string;
} | {
    t: "clock";
    offsetUs?: number;
    rttUs?: number;
} | {
    t: "target";
    targetMs: number;
} | {
    t: "address";
};
export type FrameNotice = {
    t: "frame";
    pos: number;
    gen: number;
    tsUs: number;
    count: number;
    flags: number;
    /**
     * whether the audio thread gets it
     */
    delivered: boolean;
    /**
     * number of samples so far that it did not get
     */
    unheard: number;
};
export type LineOptions = {
    /**
     * null: it is asked for before each attempt
     */
    url: string | null;
    hello: object;
    limits: {
        preset?: import("./preset.js").Preset;
        capMs?: number;
    };
};
/** The end of a port to the audio thread. @typedef {{postMessage: (message: object, transfer: Transferable[]) => void, close: () => void}} SoundPort */
/**
 * What a line is to do: `open`, with this key; `close`; `send` a message to the gateway; `output`: pass sound to the audio thread at this port, or to
 * nobody; `stalled`: the play-out stalled for so long; `address`: the answer to a question for the address, or why there is none.
 *
 * @typedef {{t: "open", token?: string} | {t: "close"} | {t: "send", message: object} | {t: "output", port: SoundPort | null} | {t: "stalled", ms: number}
 *   | {t: "address", url?: string, failure?: string}} LineCommand
 */
/**
 * What a line tells, in the order in which it happens: its state; the welcome; a frame that is to be heard, without its sound; any other
 * message; a fault of the server; the server's clock, minus the own one; how much is buffered; that it needs to know the address now.
 *
 * @typedef {{t: "state", state: import("./connection.js").ConnectionState} | {t: "welcome", welcome: any} | FrameNotice
 *   | {t: "message", message: any} | {t: "fault", what: string} | {t: "clock", offsetUs?: number, rttUs?: number}
 *   | {t: "target", targetMs: number} | {t: "address"}} LineEvent
 */
/**
 * @typedef {object} FrameNotice
 * @property {"frame"} t
 * @property {number} pos
 * @property {number} gen
 * @property {number} tsUs
 * @property {number} count
 * @property {number} flags
 * @property {boolean} delivered whether the audio thread gets it
 * @property {number} unheard number of samples so far that it did not get
 */
/**
 * @typedef {object} LineOptions all of it can be sent to another thread
 * @property {string | null} url null: it is asked for before each attempt
 * @property {object} hello
 * @property {{preset?: import("./preset.js").Preset, capMs?: number}} limits
 */
/**
 * The half of the player that sound passes through: the connection, the clock, the decoder, how much to buffer. It runs in a worker, so that
 * a busy page holds up no sound, or on the page's own thread. Confined to one thread.
 */
export declare class Line {
    #private;
    /** @param {LineOptions} options @param {(event: LineEvent) => void} tell @param {import("./environment.js").Environment} [environment] */
    constructor({ url, hello, limits }: LineOptions, tell: (event: LineEvent) => void, environment?: import("./environment.js").Environment);
    /** @param {LineCommand} command */
    receive(command: LineCommand): void;
}
