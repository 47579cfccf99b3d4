export type Bounds = {
    at: number;
    upper: number;
    lower: number;
    rtt: number;
};
/**
 * What one probe tells of the offset: it is at most `upper` and at least `lower`, because no message arrives before it was sent.
 *
 * @typedef {{at: number, upper: number, lower: number, rtt: number}} Bounds
 */
/**
 * Estimates the server's clock from time probes. It keeps the smallest delay of each direction, so that a network that delays messages at
 * random, differently in each direction, is seen through: the offset lies between the tightest bounds. A delay that is always there in one
 * direction alone cannot be seen by anybody. Over minutes it also learns how fast the two clocks drift apart.
 */
export declare class ServerClock {
    #private;
    /**
     * Takes one answered probe. All values are microseconds.
     *
     * @param {number} t0 time of sending, on the client's clock
     * @param {number} t1 time of receipt, on the server's clock
     * @param {number} t2 time of the answer, on the server's clock
     * @param {number} t3 time of arrival, on the client's clock
     */
    add(t0: number, t1: number, t2: number, t3: number): void;
    /** Forgets all probes, because the server has changed. @param {Bounds[]} [kept] */
    reset(kept?: Bounds[]): void;
    /** The server's clock minus the client's; undefined until a probe is answered. */
    get offsetUs(): number | undefined;
    /** The most by which the offset may be wrong, if neither direction always takes longer than the other. */
    get uncertaintyUs(): number | null;
    /** The shortest round trip. */
    get rttUs(): number | undefined;
    /** How much faster the server's clock runs, in millionths; 0 until it is known. */
    get driftPpm(): number;
}
