package dev.stentor.mix;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Brings each voice to the same loudness, slowly: a voice is measured over all that it says, and its gain is remembered from one utterance
 * to the next. Within speech the gain moves by 1 dB a second at most; where speech begins it is there at once. Confined to the
 * clock's thread.
 */
public final class VoiceLevels {

    /** -19 LUFS mono are as loud as -16 LUFS on two speakers. */
    public static final double DEFAULT_TARGET_LUFS = -19;

    /** Most that is added or taken. */
    public static final double RANGE_DB = 12;

    private static final double GATE_LUFS = -50;
    private static final double LEAST_SECONDS = 1.5;
    private static final double STEP_DB = 0.02;
    private static final int VOICES = 64;

    private final double targetLufs;
    private final Map<String, Voice> voices = new LinkedHashMap<>(16, 0.75f, true);
    private Voice current = new Voice();

    private static final class Voice {
        private final LoudnessMeter meter = new LoudnessMeter(GATE_LUFS);
        private double gainDb;
        private double wantedDb;
        private int sinceLook;
    }

    /**
     * Knows no voice yet.
     *
     * @param targetLufs how loud each is to be; -40 to -10
     */
    public VoiceLevels(double targetLufs) {
        if (!(targetLufs >= -40 && targetLufs <= -10)) {
            throw new IllegalArgumentException("targetLufs must be -40 to -10, was " + targetLufs);
        }
        this.targetLufs = targetLufs;
    }

    /** That voice begins to speak: its gain is what is known of it by now. */
    public void begin(String voice) {
        if (!voices.containsKey(voice) && voices.size() == VOICES) {
            voices.remove(voices.keySet().iterator().next()); // the one that was silent longest
        }
        current = voices.computeIfAbsent(voice, key -> new Voice());
        current.gainDb = current.wantedDb;
    }

    /** The voice goes on: measures what it says, before any gain, and moves its gain. Allocates nothing. */
    public void measure(float[] samples, int count) {
        Voice voice = current;
        voice.meter.add(samples, 0, count);
        if (++voice.sinceLook >= 10) {
            voice.sinceLook = 0;
            double loudness = voice.meter.integratedLufs();
            if (voice.meter.gatedSeconds() >= LEAST_SECONDS && loudness > Double.NEGATIVE_INFINITY) {
                voice.wantedDb = Math.clamp(targetLufs - loudness, -RANGE_DB, RANGE_DB);
            }
        }
        double rest = voice.wantedDb - voice.gainDb;
        voice.gainDb = Math.abs(rest) <= STEP_DB ? voice.wantedDb : voice.gainDb + Math.copySign(STEP_DB, rest);
    }

    /** What the voice is to be multiplied by, in dB. */
    public double gainDb() {
        return current.gainDb;
    }
}
