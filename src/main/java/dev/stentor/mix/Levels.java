package dev.stentor.mix;

/**
 * The loudness of a sound now. Each value is at least -120, which is silence.
 *
 * @param peakDb largest sample of the last 20 ms, in dB of full scale
 * @param rmsDb root mean square of the last 20 ms, in dB of full scale
 * @param momentaryLufs loudness of the last 400 ms by BS.1770
 * @param shortTermLufs loudness of the last 3 s by BS.1770
 */
public record Levels(double peakDb, double rmsDb, double momentaryLufs, double shortTermLufs) {

    /** The levels of silence. */
    public static final Levels SILENT = new Levels(Decibels.FLOOR, Decibels.FLOOR, Decibels.FLOOR, Decibels.FLOOR);
}
