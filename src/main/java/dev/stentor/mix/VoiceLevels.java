package dev.stentor.mix;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A slow gain control that brings each voice to the same loudness. Measures a voice over all its speech, and keeps its gain from
 * one utterance to the next. While a voice speaks its gain moves by 1 dB a second at most; at the start of speech it may jump.
 * Confined to the clock's thread.
 */
public final class VoiceLevels {

    /** Default target, in LUFS, the standard unit of loudness: -19 LUFS mono are as loud as -16 LUFS on two speakers. */
    public static final double DEFAULT_TARGET_LUFS = -19;

    /** Bound of the gain, in dB: it stays within minus and plus this. */
    static final double RANGE_DB = 12;

    private static final double GATE_LUFS = -50;
    private static final double MIN_SECONDS = 1.5;
    private static final double STEP_DB = 0.02; // a frame
    private static final int MAX_VOICES = 64;

    private final double targetLufs;
    private final Map<String, Voice> voices = new LinkedHashMap<>(16, 0.75f, true);
    private Voice current = new Voice();

    private static final class Voice {
        private final LoudnessMeter meter = new LoudnessMeter(GATE_LUFS);
        private double gainDb;
        private double wantedDb;
        private int framesSinceUpdate;
    }

    /**
     * Creates a gain control that knows no voice yet.
     *
     * @param targetLufs loudness that each voice is brought to; -40 to -10
     */
    public VoiceLevels(double targetLufs) {
        if (!(targetLufs >= -40 && targetLufs <= -10)) {
            throw new IllegalArgumentException("targetLufs must be -40 to -10, was " + targetLufs);
        }
        this.targetLufs = targetLufs;
    }

    /** Switches to a voice that begins to speak; the gain jumps to the one that its speech so far needs. */
    public void begin(String voice) {
        if (!voices.containsKey(voice) && voices.size() == MAX_VOICES) {
            voices.remove(voices.keySet().iterator().next()); // the voice that was silent longest
        }
        current = voices.computeIfAbsent(voice, key -> new Voice());
        current.gainDb = current.wantedDb;
    }

    /** Measures the next frame of the voice, before any gain, and moves its gain. Allocates nothing. */
    public void measure(float[] samples, int count) {
        Voice voice = current;
        voice.meter.add(samples, 0, count);
        if (++voice.framesSinceUpdate >= 10) {
            voice.framesSinceUpdate = 0;
            double loudness = voice.meter.integratedLufs();
            if (voice.meter.gatedSeconds() >= MIN_SECONDS && loudness > Double.NEGATIVE_INFINITY) {
                voice.wantedDb = Math.clamp(targetLufs - loudness, -RANGE_DB, RANGE_DB);
            }
        }
        double rest = voice.wantedDb - voice.gainDb;
        voice.gainDb = Math.abs(rest) <= STEP_DB ? voice.wantedDb : voice.gainDb + Math.copySign(STEP_DB, rest);
    }

    /** Returns the gain for the voice, in dB. */
    public double gainDb() {
        return current.gainDb;
    }
}
