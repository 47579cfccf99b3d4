package dev.stentor.codec;

import dev.stentor.audio.SpeechTime;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The bit rate of MP3 at 24 kHz.
 *
 * @param bitsPerSecond one of the rates of MPEG-2, layer III, from 32,000 on
 */
public record Mp3BitRate(int bitsPerSecond) {

    /** The rates from 32,000 on; the first one has the number 4 in a frame's header, and so on. */
    private static final List<Integer> RATES =
            List.of(32_000, 40_000, 48_000, 56_000, 64_000, 80_000, 96_000, 112_000, 128_000, 144_000, 160_000);

    /** The usual rate for one voice. */
    public static final Mp3BitRate SPEECH = new Mp3BitRate(64_000);

    private static final int FIRST_NUMBER = 4;
    private static final int KILO = 1_000;

    public Mp3BitRate {
        if (!isOne(bitsPerSecond)) {
            throw new IllegalArgumentException("bitsPerSecond must be one of " + all() + ", was " + bitsPerSecond);
        }
    }

    /** Tells whether there is this rate. */
    public static boolean isOne(int bitsPerSecond) {
        return RATES.contains(bitsPerSecond);
    }

    /** Returns all rates, separated by commas, for error messages. */
    public static String all() {
        return RATES.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }

    /** Returns the length of a frame in bytes: at 24 kHz every rate fills whole bytes. */
    public int frameBytes() {
        return Mp3Encoder.FRAME_SAMPLES / Byte.SIZE * bitsPerSecond / SpeechTime.SAMPLES_PER_SECOND;
    }

    int kilobitsPerSecond() {
        return bitsPerSecond / KILO;
    }

    /** Returns the number of the rate in a frame's header. */
    int number() {
        return RATES.indexOf(bitsPerSecond) + FIRST_NUMBER;
    }
}
