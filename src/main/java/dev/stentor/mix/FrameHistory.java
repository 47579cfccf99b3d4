package dev.stentor.mix;

/** A value for each of the latest frames. Confined to one thread. */
final class FrameHistory {

    private double[] values;

    /** @param frames number of frames that are kept */
    FrameHistory(int frames) {
        values = new double[frames];
    }

    void put(long frame, double value) {
        values[slot(frame, values.length)] = value;
    }

    double at(long frame) {
        return values[slot(frame, values.length)];
    }

    /**
     * Keeps more frames from now on; forgets none.
     *
     * @param next the first frame that was not put yet
     */
    void widen(int frames, long next) {
        double[] more = new double[frames];
        for (long frame = Math.max(0, next - values.length); frame < next; frame++) {
            more[slot(frame, frames)] = at(frame);
        }
        values = more;
    }

    private static int slot(long frame, int frames) {
        return (int) (frame % frames);
    }
}
