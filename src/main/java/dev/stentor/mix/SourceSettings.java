package dev.stentor.mix;

/**
 * The settings of a source in a mix. A change takes effect with the next frame, without a click.
 *
 * @param gainDb -60 to 12
 * @param fadeMillis duration of fades in and out, and of the way to another gain; up to 60 s, and in effect 5 ms at least
 * @param ducks whether it makes way for speech
 */
public record SourceSettings(double gainDb, int fadeMillis, boolean ducks) {

    /** Quietest gain. */
    public static final double MIN_GAIN_DB = -60;

    /** Loudest gain. */
    public static final double MAX_GAIN_DB = 12;

    /** Longest fade. */
    public static final int MAX_FADE_MILLIS = 60_000;

    /** A gain of 0 dB, with the shortest fade, not ducked. */
    public static final SourceSettings UNITY = new SourceSettings(0, 5, false);

    public SourceSettings {
        if (!(gainDb >= MIN_GAIN_DB && gainDb <= MAX_GAIN_DB)) {
            throw new IllegalArgumentException(
                    "gainDb must be " + MIN_GAIN_DB + " to " + MAX_GAIN_DB + ", was " + gainDb);
        }
        if (fadeMillis < 0 || fadeMillis > MAX_FADE_MILLIS) {
            throw new IllegalArgumentException("fadeMillis must be 0 to " + MAX_FADE_MILLIS + ", was " + fadeMillis);
        }
    }
}
