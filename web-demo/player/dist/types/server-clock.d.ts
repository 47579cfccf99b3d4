/** Estimates the server's clock from time probes: it uses the recent probe with the shortest round trip. */
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
    /** Forgets all probes, because the server has changed. */
    reset(): void;
    /** The server's clock minus the client's; undefined until a probe is answered. */
    get offsetUs(): number | undefined;
    get rttUs(): number | undefined;
}
