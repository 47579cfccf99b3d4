package dev.stentor.mix;

/**
 * The settings of ducking: how sources become quieter while somebody speaks, and louder again some time after. All ramps are
 * linear in dB.
 *
 * @param depthDb gain while somebody speaks, -60 to 0; 0 turns ducking off
 * @param attackMillis duration of the way down; speech that is ready waits for it, so that it begins when the sources are down
 * @param holdMillis how long the sources stay down after the end of the speech
 * @param releaseMillis duration of the way up
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
