export type PlayerOptions = {
    channel?: string;
    /**
     * the channel's address; default: `channel` on the page's own server
     */
    url?: string;
    /**
     * the caller's key, sent as a subprotocol; a gateway without keys ignores it
     */
    token?: string;
    /**
     * is called before each connect, and gives
     * a ticket, which takes the place of a key
     */
    getTicket?: () => import("./tickets.js").Ticket | Promise<import("./tickets.js").Ticket>;
    /**
     * how the listener identifies itself
     */
    client?: {
        id?: string;
        name?: string;
    };
    /**
     * where a new listener begins; default `live`
     */
    join?: "live" | "utterance" | "ring";
    /**
     * whether `levels` events tell how loud the channel's mix and its sources are
     */
    levels?: boolean;
    /**
     * formats in order of preference. The first one that the gateway offers and the browser decodes is
     * taken. PCM, which is exact to the last bit, is the default and the fallback
     */
    formats?: ("pcm" | "opus")[];
    /**
     * address of the worklet's file, if it does not lie beside the player
     */
    workletUrl?: string | URL;
    /**
     * address of the worker's file, if it does not lie beside the player. It must be of the page's own origin;
     * else the page's thread does the worker's work
     */
    workerUrl?: string | URL;
    /**
     * the most that the player may buffer for a bad network
     */
    maxTargetMs?: number;
};
/**
 * A listener of one channel. It may connect before audio is unlocked. Until then it is silent and keeps no sound.
 *
 * It fires these events, each with its data in `detail`: `state`; `stream`; `utterance` (phase started or ended), `caption` and `mark` at
 * the moment they are heard; `level` about thirty times a second; `phase` (idle, synthesizing, playing, stalled or paused) when the channel's speech changes; `levels` if asked for; `gap` with the `utterances` whose rest was lost (each also ends, with the
 * reason `lost`) and `restarted` if another life of the channel began; `control` when somebody else has set `volume` or `muted`; `stats` with every report; `tap` if asked for; `error`.
 */
export declare class StentorPlayer extends EventTarget {
    #private;
    /** @param {PlayerOptions} [options] @param {import("./environment.js").Environment} [environment] */
    constructor(options?: PlayerOptions, environment?: import("./environment.js").Environment);
    /**
     * Asks the gateway to speak a text on the channel. The gateway must allow this to listeners. Resolves when the text was accepted. Rejects
     * with a `code` if it was refused, and with the code `lost` if there is no connection. Pass a text that is still being written in pieces:
     * `say(piece, {ref, end: false})`.
     *
     * @param {string} text
     * @param {import("./say-requests.js").SayOptions} [options]
     * @returns {Promise<{ref: string, id: string}>}
     */
    say(text: string, options?: import("./say-requests.js").SayOptions): Promise<{
        ref: string;
        id: string;
    }>;
    /**
     * Silences the channel for everybody. The gateway must allow this to listeners, else an `error` event follows.
     *
     * @param {{drainMs?: number, fadeMs?: number}} [how] how much more may be heard, and how long the fade is
     */
    interrupt({ drainMs, fadeMs }?: {
        drainMs?: number;
        fadeMs?: number;
    }): void;
    /** Opens the connection. If it is waiting for its next attempt, tries again at once. */
    connect(): void;
    /** Sets the caller's key, which counts from the next attempt on. @param {string | undefined} token */
    set token(token: string | undefined);
    /** Leaves the channel and releases the audio output. */
    close(): void;
    /**
     * Starts the audio output. Must be called from a click or a key press. Resolves when the output runs. Rejects if the worklet's file cannot
     * be loaded; it may then be called again.
     */
    unlock(): Promise<void>;
    /** Turns on `tap` events `{pos, samples}` with every sample that is played, so that tests can prove play-out to be exact. */
    tap(): void;
    get state(): {
        connection: "closed" | "connecting" | "open" | "refused" | "waiting";
        line: import("./connection.js").ConnectionState;
        audio: string;
        playout: string;
    };
    get volume(): number;
    set volume(level: number);
    get muted(): boolean;
    set muted(muted: boolean);
    get stats(): any;
}
