package dev.stentor.audio;

import java.util.Arrays;

/**
 * The taps of some output samples that follow each other, laid out so that they are computed together: a row for each input
 * sample, a column for each output sample, zeros where a sample has no part. All columns of a row are summed in one loop, of
 * which the compiler makes vector code; each sum adds in the same order, whichever columns are computed. Immutable.
 *
 * @see <a href="../../../../../../docs/adr/0037-output-samples-side-by-side.md">ADR 37</a>
 */
final class SincBlock {

    /**
     * Number of rows that are added in one step. A call reads up to so many samples less one before and behind the samples that
     * it needs. With eight the loop is too long for the compiler to make vector code of it.
     */
    static final int ROWS = 4;

    /** Input sample of the first row, counted from the beginning of a round. */
    private final int base;
    /** First row of each column that is not zero. */
    private final int[] begins;

    private final int taps;
    private final float[][] rows;

    /**
     * Creates a block from the taps of its output samples.
     *
     * @param begins the first input sample of each output sample, rising
     * @param columns the taps of each output sample
     */
    SincBlock(int[] begins, float[][] columns) {
        this.base = begins[0];
        this.begins = Arrays.stream(begins).map(begin -> begin - base).toArray();
        this.taps = columns[0].length;
        int width = columns.length;
        rows = new float[rows(this.begins[width - 1], taps)][width];
        for (int column = 0; column < width; column++) {
            for (int tap = 0; tap < taps; tap++) {
                rows[this.begins[column] + tap][column] = columns[column][tap];
            }
        }
    }

    /** Returns the number of rows for so many taps, if the last column begins so many rows behind the first. */
    static int rows(int span, int taps) {
        return (span + taps + ROWS - 1) / ROWS * ROWS;
    }

    /**
     * Computes output samples.
     *
     * @param from the first column
     * @param to the column behind the last one
     * @param line the input
     * @param at index in the input at which the round begins
     * @param sums gets the samples, each at the index of its column
     */
    void make(int from, int to, float[] line, int at, float[] sums) {
        Arrays.fill(sums, from, to, 0);
        int end = begins[to - 1] + taps;
        for (int row = begins[from] / ROWS * ROWS; row < end; row += ROWS) {
            add(rows, row, line, at + base + row, sums, from, to);
        }
    }

    private static void add(float[][] rows, int row, float[] line, int at, float[] sums, int from, int to) {
        float x0 = line[at], x1 = line[at + 1], x2 = line[at + 2], x3 = line[at + 3];
        float[] r0 = rows[row], r1 = rows[row + 1], r2 = rows[row + 2], r3 = rows[row + 3];
        for (int i = from; i < to; i++) {
            sums[i] += (r0[i] * x0 + r1[i] * x1) + (r2[i] * x2 + r3[i] * x3);
        }
    }
}
