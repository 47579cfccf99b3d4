package dev.stentor.mix;

/**
 * How sources make way for speech: down by so much when speech is on its way, up again some time after it. All ramps are linear in
 * dB.
 *
 * @param depthDb -60 to 0; 0 means that nothing is ducked
 * @param attackMillis how long the way down takes; speech that is there already waits for it, so that it begins in the clear
 * @param holdMillis how long it stays down after the last of the speech
 * @param releaseMillis how long the way up takes
 */
public record DuckSettings(double depthDb, int attackMillis, int holdMillis, int releaseMillis) {

    /** -12 dB within 100 ms, held for 400 ms, up again within 600 ms. */
    public static final DuckSettings DEFAULT = new DuckSettings(-12, 100, 400, 600);

    public DuckSettings {
        if (!(depthDb >= -60 && depthDb <= 0)) {
            throw new IllegalArgumentException("depthDb must be -60 to 0, was " + depthDb);
        }
        requireMillis("attackMillis", attackMillis);
        requireMillis("holdMillis", holdMillis);
        requireMillis("releaseMillis", releaseMillis);
    }

    private static void requireMillis(String name, int millis) {
        if (millis < 0 || millis > 10_000) {
            throw new IllegalArgumentException(name + " must be 0 to 10000, was " + millis);
        }
    }
}
