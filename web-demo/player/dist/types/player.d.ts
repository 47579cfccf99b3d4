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
     * whether it plays in step with other players of the channel
     */
    sync?: boolean;
    /**
     * how much later than others this player's loudspeaker sounds, for players in step
     */
    deviceDelayMs?: number;
    /**
     * the device through which it plays, where the browser can choose one
     */
    sinkId?: string;
    /**
     * what the buffer is for: `conversation` (default) keeps the latency small; `kiosk` keeps
     * the sound unbroken
     */
    preset?: import("./preset.js").Preset;
    /**
     * the most that the player may buffer for a bad network; default: 300 in a conversation, 1,000 in a kiosk
     */
    maxTargetMs?: number;
    /**
     * whether every sample is played as it was sent, even if latency that a stall cost stays then as long as sound plays
     */
    exact?: boolean;
};
export type VolumeChange = {
    volume: number;
    muted: boolean;
    by: "page" | "gateway";
};
/**
 * @typedef {object} PlayerOptions
 * @property {string} [channel]
 * @property {string} [url] the channel's address; default: `channel` on the page's own server
 * @property {string} [token] the caller's key, sent as a subprotocol; a gateway without keys ignores it
 * @property {() => import("./tickets.js").Ticket | Promise<import("./tickets.js").Ticket>} [getTicket] is called before each connect, and gives
 *   a ticket, which takes the place of a key
 * @property {{id?: string, name?: string}} [client] how the listener identifies itself
 * @property {"live" | "utterance" | "ring"} [join] where a new listener begins; default `live`
 * @property {boolean} [levels] whether `levels` events tell how loud the channel's mix and its sources are
 * @property {("pcm" | "opus")[]} [formats] formats in order of preference. The first one that the gateway offers and the browser decodes is
 *   taken. PCM, which is exact to the last bit, is the default and the fallback
 * @property {string | URL} [workletUrl] address of the worklet's file, if it does not lie beside the player
 * @property {string | URL} [workerUrl] address of the worker's file, if it does not lie beside the player. It must be of the page's own origin;
 *   else the page's thread does the worker's work
 * @property {boolean} [sync] whether it plays in step with other players of the channel
 * @property {number} [deviceDelayMs] how much later than others this player's loudspeaker sounds, for players in step
 * @property {string} [sinkId] the device through which it plays, where the browser can choose one
 * @property {import("./preset.js").Preset} [preset] what the buffer is for: `conversation` (default) keeps the latency small; `kiosk` keeps
 *   the sound unbroken
 * @property {number} [maxTargetMs] the most that the player may buffer for a bad network; default: 300 in a conversation, 1,000 in a kiosk
 * @property {boolean} [exact] whether every sample is played as it was sent, even if latency that a stall cost stays then as long as sound plays
 */
/**
 * How loud the player is, and who changed it: the page, or the gateway by `control`.
 *
 * @typedef {{volume: number, muted: boolean, by: "page" | "gateway"}} VolumeChange
 */
/**
 * A listener of one channel. It may connect before audio is unlocked. Until then it is silent and keeps no sound.
 *
 * It fires these events, each with its data in `detail`: `state`; `stream`; `utterance` (phase started or ended), `caption`, `words` and `mark` at
 * the moment they are heard; `level` about thirty times a second; `phase` (idle, synthesizing, playing, stalled or paused) when the channel's speech changes; `levels` if asked for; `volume` when anybody changed it; `gap` with the `utterances` whose rest was lost (each also ends, with the
 * reason `lost`) and `restarted` if another life of the channel began; `stats` with every report; `tap` and `timescale` if asked for; `error`.
 */
export declare class StentorPlayer extends EventTarget {
    #private;
    /** @param {PlayerOptions} [options] @param {import("./player-environment.js").PlayerEnvironment} [environment] */
    constructor(options?: PlayerOptions, environment?: import("./player-environment.js").PlayerEnvironment);
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
    /**
     * Turns on `tap` events `{pos, samples}` with every sample that is played as it was sent, and `timescale` events where the sound's length was
     * changed, so that tests can account for every sample. The first event has no samples: it tells that the tap is on.
     */
    tap(): void;
    get state(): {
        connection: "closed" | "connecting" | "open" | "refused" | "waiting";
        line: import("./connection.js").ConnectionState;
        audio: string;
        playout: string;
    };
    get volume(): number;
    set volume(volume: number);
    get muted(): boolean;
    set muted(muted: boolean);
    /** Plays through another device, where the browser can. @param {string} id empty: the system's default */
    set sinkId(id: string);
    /** Sets how much later than others this player's loudspeaker sounds. @param {number} ms */
    set deviceDelayMs(ms: number);
    /** @returns {import("./stats.js").PlayerStats} */
    get stats(): import("./stats.js").PlayerStats;
}
