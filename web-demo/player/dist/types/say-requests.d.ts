/**
 * @typedef {object} SayOptions how a text is spoken; all but `ref` and `end` have the protocol's names, and count for the first piece only
 * @property {string} [ref] the name of the text; pieces of the same name form one utterance
 * @property {boolean} [end] whether this is the last piece; default true
 * @property {"enqueue" | "next" | "interrupt"} [mode]
 * @property {string} [model]
 * @property {string} [voice]
 * @property {string} [language_type]
 * @property {string} [instructions]
 * @property {number} [speed] 0.25 to 4; 1 is the voice's own
 * @property {number} [expires_ms]
 */
export type SayOptions = {
    /**
     * the name of the text; pieces of the same name form one utterance
     */
    ref?: string;
    /**
     * whether this is the last piece; default true
     */
    end?: boolean;
    mode?: "enqueue" | "next" | "interrupt";
    model?: string;
    voice?: string;
    language_type?: string;
    instructions?: string;
    /**
     * 0.25 to 4; 1 is the voice's own
     */
    speed?: number;
    expires_ms?: number;
};
export type Answer = {
    resolve: (said: {
        ref: string;
        id: string;
    }) => void;
    reject: (reason: Error) => void;
};
/** @typedef {{resolve: (said: {ref: string, id: string}) => void, reject: (reason: Error) => void}} Answer */
/** The listener's `say` requests that wait for an answer. The answers for one `ref` come in the order of its pieces. */
export declare class SayRequests {
    #private;
    /** @param {(message: object) => void} send */
    constructor(send: (message: object) => void);
    /** @param {string} text @param {SayOptions} [options] @returns {Promise<{ref: string, id: string}>} */
    say(text: string, { ref, end, ...options }?: SayOptions): Promise<{
        ref: string;
        id: string;
    }>;
    /** @param {{ref: string, id: string}} answer */
    said({ ref, id }: {
        ref: string;
        id: string;
    }): void;
    /** Rejects a request. Returns whether the error was the answer to one. @param {{ref?: string, code: string, message: string}} error */
    refused({ ref, code, message }: {
        ref?: string;
        code: string;
        message: string;
    }): boolean;
    /** Rejects all requests, because the connection broke and their outcome is unknown. */
    lost(): void;
}
