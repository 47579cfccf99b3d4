package dev.stentor.mix;

/** How far sources make way for speech, frame by frame, linear in dB. Its last states are kept. Confined to the clock's thread. */
final class Ducker {

    private static final double FRAME_MILLIS = 20;

    private final FrameHistory depths;
    private final FrameHistory holds;
    private DuckSettings settings = DuckSettings.DEFAULT;
    private double depthDb;
    private double heldMillis;
    private double factor = 1;

    Ducker(int historyFrames) {
        depths = new FrameHistory(historyFrames);
        holds = new FrameHistory(historyFrames);
    }

    DuckSettings settings() {
        return settings;
    }

    void change(DuckSettings newSettings) {
        settings = newSettings;
    }

    void keep(long frame) {
        depths.put(frame, depthDb);
        holds.put(frame, heldMillis);
    }

    /** Keeps so many frames, more than before; {@code next} was not kept yet. */
    void remember(int frames, long next) {
        depths.widen(frames, next);
        holds.widen(frames, next);
    }

    void rewind(long frame) {
        depthDb = depths.at(frame);
        heldMillis = holds.at(frame);
        factor = Decibels.toFactor(depthDb);
    }

    /**
     * Goes on by one frame.
     *
     * @param speech whether speech sounds in it, or will soon
     */
    void advance(boolean speech) {
        heldMillis = speech ? settings.holdMillis() : Math.max(0, heldMillis - FRAME_MILLIS);
        double before = depthDb;
        if (speech || heldMillis > 0) {
            depthDb = toward(settings.depthDb(), settings.attackMillis());
        } else {
            depthDb = toward(0, settings.releaseMillis());
        }
        if (depthDb != before) {
            factor = Decibels.toFactor(depthDb);
        }
    }

    /** Whether all is as far down as it is to be: speech may begin in the clear. */
    boolean isDown() {
        return depthDb <= settings.depthDb() + 1e-9;
    }

    /** The gain at the end of the frame. */
    double factor() {
        return factor;
    }

    private double toward(double target, int millis) {
        double step = Math.max(1, Math.abs(settings.depthDb())) * FRAME_MILLIS / Math.max(FRAME_MILLIS, millis);
        double rest = target - depthDb;
        return Math.abs(rest) <= step + 1e-9 ? target : depthDb + Math.copySign(step, rest);
    }
}
