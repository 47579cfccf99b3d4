package dev.stentor.mix;

/**
 * The gain of one source, frame by frame: a level that glides in dB, and a presence that fades in and out with equal power. Its state
 * of each of the last frames is kept, so that they can be rendered again. Confined to the clock's thread.
 */
final class Fader {

    /** Samples of the shortest ramp: 5 ms. */
    static final int SHORTEST = 120;

    private static final int FRAME_MILLIS = 20;

    private final FrameHistory levels;
    private final FrameHistory presences;
    private double levelDb;
    private double targetDb;
    private double stepDb;
    private double presence;
    private boolean present = true;
    private int fadeMillis;
    private int rampSamples = Mixer.FRAME_SAMPLES;
    /** The latest gain, and what it was made of: mostly it stands still. */
    private double factor;

    private double factorLevelDb;
    private double factorPresence;

    private boolean moves;
    private boolean step;

    /** Silent, and fading in from the first frame on. */
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

    /** Is there at once. */
    void appear() {
        presence = 1;
    }

    /** Fades out, or in again. */
    void present(boolean newPresent) {
        present = newPresent;
    }

    boolean isPresent() {
        return present;
    }

    /** Whether nothing is heard of it, and nothing is to be. */
    boolean isOut() {
        return !present && presence == 0;
    }

    /** Notes how it stands before the frame of that number. */
    void keep(long frame) {
        levels.put(frame, levelDb);
        presences.put(frame, presence);
    }

    /** Keeps so many frames, more than before; {@code next} was not kept yet. */
    void remember(int frames, long next) {
        levels.widen(frames, next);
        presences.widen(frames, next);
    }

    /** Stands again as before the frame of that number; where it is to go stays. */
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
        rampSamples =
                presence == before ? Mixer.FRAME_SAMPLES : Math.clamp(fadeMillis * 24L, SHORTEST, Mixer.FRAME_SAMPLES);
    }

    /** Whether it stood still before this frame, and will after it: the whole change lies in it. */
    boolean isStep() {
        return step && rampSamples == Mixer.FRAME_SAMPLES;
    }

    /** Within how many samples the gain goes where it goes in this frame. */
    int rampSamples() {
        return rampSamples;
    }

    /** The gain now: at the end of the frame, once it was advanced. */
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
