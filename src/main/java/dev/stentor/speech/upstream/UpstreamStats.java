package dev.stentor.speech.upstream;

/**
 * State and totals of an upstream. Never holds an address or a key.
 *
 * @param name name in the configuration
 * @param state state of the service
 * @param calls number of calls, including new attempts
 * @param failures number of these calls that failed in any way
 * @param retries number of calls that were made because another had failed
 * @param throttled number of calls that were refused as too many, by the service or by our limiter
 */
public record UpstreamStats(String name, State state, long calls, long failures, long retries, long throttled) {

    /** The state of a service. */
    public enum State {
        /** The service works, as far as is known. */
        UP,
        /** The service failed too often; a few calls test it again. */
        TRYING,
        /** The service failed too often, and is not called for a while. */
        DOWN,
        /** The service refused our key in its latest answer. */
        KEY_REFUSED
    }
}
