package dev.stentor.mix;

import dev.stentor.audio.SpeechTime;

/** The gain by which sources make way for speech, frame by frame. Keeps its latest states. Confined to the clock's thread. */
final class Ducker {

    private static final double FRAME_MILLIS = SpeechTime.FRAME_MILLIS;

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

    /** Keeps the state before that frame. */
    void keep(long frame) {
        depths.put(frame, depthDb);
        holds.put(frame, heldMillis);
    }

    /** Keeps the state of so many frames from now on, more than before; {@code next} is the first frame that was not kept yet. */
    void remember(int frames, long next) {
        depths.widen(frames, next);
        holds.widen(frames, next);
    }

    /** Goes back to the state before that frame. */
    void rewind(long frame) {
        depthDb = depths.at(frame);
        heldMillis = holds.at(frame);
        factor = Decibels.toFactor(depthDb);
    }

    /**
     * Goes on by one frame.
     *
     * @param speech whether speech sounds in the frame, or will soon
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

    /** Tells whether the way down is over, so that speech may begin. */
    boolean isDown() {
        return depthDb <= settings.depthDb() + 1e-9;
    }

    /** Returns the gain at the end of the frame, as a factor. */
    double factor() {
        return factor;
    }

    private double toward(double target, int millis) {
        double step = Math.max(1, Math.abs(settings.depthDb())) * FRAME_MILLIS / Math.max(FRAME_MILLIS, millis);
        double rest = target - depthDb;
        return Math.abs(rest) <= step + 1e-9 ? target : depthDb + Math.copySign(step, rest);
    }
}
