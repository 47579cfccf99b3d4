package dev.stentor.mix;

/** A number of each of the last frames. Confined to one thread. */
final class FrameHistory {

    private double[] values;

    /** @param frames of how many it is known */
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
     * From now on it is known of more frames; nothing is forgotten.
     *
     * @param next the first frame of which it was not put
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
