package dev.stentor.mix;

/**
 * How loud something is just now; -120 at least, which is silence.
 *
 * @param peakDb of the largest sample of the last 20 ms, in dB of full scale
 * @param rmsDb of the power of the last 20 ms, in dB of full scale
 * @param momentaryLufs loudness of the last 400 ms by BS.1770
 * @param shortTermLufs loudness of the last 3 s by BS.1770
 */
public record Levels(double peakDb, double rmsDb, double momentaryLufs, double shortTermLufs) {

    /** Of silence. */
    public static final Levels SILENT = new Levels(Decibels.FLOOR, Decibels.FLOOR, Decibels.FLOOR, Decibels.FLOOR);
}
