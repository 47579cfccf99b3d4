package dev.stentor.speech.upstream;

/**
 * How an upstream is doing. Never holds an address or a key.
 *
 * @param name by configuration
 * @param state whether it is called
 * @param calls made, new attempts included
 * @param failures of these calls, in whatever way
 * @param retries calls that were made because another had failed
 * @param throttled calls that were refused for being too many, by the service or by the line before it
 */
public record UpstreamStats(String name, State state, long calls, long failures, long retries, long throttled) {

    /** The state of a service. */
    public enum State {
        /** The service works, for all that is known. */
        UP,
        /** The service failed too often, and is tried again with few calls. */
        TRYING,
        /** The service failed too often, and is left alone for a while. */
        DOWN,
        /** The service refused our key in its latest answer. */
        KEY_REFUSED
    }
}
