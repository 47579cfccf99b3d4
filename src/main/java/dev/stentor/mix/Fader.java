package dev.stentor.mix;

import dev.stentor.audio.SpeechTime;

/**
 * The gain of one source, frame by frame: a level that glides in dB, times a presence that fades in and out with equal power.
 * Keeps its state before each of the latest frames, so that these can be rendered again. Confined to the clock's thread.
 */
final class Fader {

    /** Samples of the shortest ramp: 5 ms. */
    static final int SHORTEST = 5 * SpeechTime.SAMPLES_PER_MILLI;

    private static final int FRAME_MILLIS = SpeechTime.FRAME_MILLIS;

    private final FrameHistory levels;
    private final FrameHistory presences;
    private double levelDb;
    private double targetDb;
    private double stepDb;
    private double presence;
    private boolean present = true;
    private int fadeMillis;
    private int rampSamples = SpeechTime.FRAME_SAMPLES;
    /** The latest gain. It and the two values that it was computed from are kept, since it mostly stays the same. */
    private double factor;

    private double factorLevelDb;
    private double factorPresence;

    private boolean moves;
    private boolean step;

    /** Creates a gain that fades in from silence, from the first frame on. */
    Fader(int historyFrames, SourceSettings settings) {
        levels = new FrameHistory(historyFrames);
        presences = new FrameHistory(historyFrames);
        levelDb = settings.gainDb();
        targetDb = levelDb;
        fadeMillis = settings.fadeMillis();
    }

    /** Glides to another gain. */
    void change(SourceSettings settings) {
        fadeMillis = settings.fadeMillis();
        targetDb = settings.gainDb();
        stepDb = Math.abs(targetDb - levelDb) * FRAME_MILLIS / Math.max(FRAME_MILLIS, fadeMillis);
    }

    /** Makes the source fully present at once. */
    void appear() {
        presence = 1;
    }

    /** Fades in if true, and out if false. */
    void present(boolean newPresent) {
        present = newPresent;
    }

    boolean isPresent() {
        return present;
    }

    /** Tells whether the source has faded out. */
    boolean isOut() {
        return !present && presence == 0;
    }

    /** Keeps the state before that frame. */
    void keep(long frame) {
        levels.put(frame, levelDb);
        presences.put(frame, presence);
    }

    /** Keeps the state of so many frames from now on, more than before; {@code next} is the first frame that was not kept yet. */
    void remember(int frames, long next) {
        levels.widen(frames, next);
        presences.widen(frames, next);
    }

    /** Goes back to the state before that frame. The gains that it moves to stay those of now. */
    void rewind(long frame) {
        levelDb = levels.at(frame);
        presence = presences.at(frame);
        stepDb = Math.abs(targetDb - levelDb) * FRAME_MILLIS / Math.max(FRAME_MILLIS, fadeMillis);
        moves = false;
    }

    /** Goes on by one frame. */
    void advance() {
        double rest = targetDb - levelDb;
        levelDb = Math.abs(rest) <= stepDb ? targetDb : levelDb + Math.copySign(stepDb, rest);
        double share = (double) FRAME_MILLIS / Math.max(1, fadeMillis);
        double before = presence;
        boolean moved = moves;
        moves = rest != 0;
        presence = Math.clamp(presence + (present ? share : -share), 0, 1);
        if (presence > 1 - 1e-9) {
            presence = 1;
        } else if (presence < 1e-9) {
            presence = 0;
        }
        moves |= presence != before;
        step = moves && !moved && levelDb == targetDb && presence == (present ? 1 : 0);
        rampSamples = presence == before
                ? SpeechTime.FRAME_SAMPLES
                : Math.clamp(SpeechTime.samples(fadeMillis), SHORTEST, SpeechTime.FRAME_SAMPLES);
    }

    /** Tells whether the whole change lies within this frame: the gain was constant before it, and will be after it. */
    boolean isStep() {
        return step && rampSamples == SpeechTime.FRAME_SAMPLES;
    }

    /** Returns the number of samples within which the gain changes in this frame. */
    int rampSamples() {
        return rampSamples;
    }

    /** Returns the gain at the end of the frame, as a factor. */
    double factor() {
        if (levelDb != factorLevelDb || presence != factorPresence) {
            factorLevelDb = levelDb;
            factorPresence = presence;
            factor = presence == 0
                    ? 0
                    : Decibels.toFactor(levelDb) * (presence == 1 ? 1 : PowerSeries.sin(presence * Math.PI / 2));
        }
        return factor;
    }
}
