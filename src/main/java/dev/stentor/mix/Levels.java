package dev.stentor.mix;

/**
 * How loud the last 20 ms were.
 *
 * @param peakDb of the largest sample, in dB of full scale; -120 at least
 * @param rmsDb of the power, in dB of full scale; -120 at least
 */
public record Levels(double peakDb, double rmsDb) {

    /** Of silence. */
    public static final Levels SILENT = new Levels(Decibels.FLOOR, Decibels.FLOOR);
}
