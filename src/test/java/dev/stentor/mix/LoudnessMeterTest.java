package dev.stentor.mix;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoudnessMeterTest {

    private static double loudness(float[]... parts) {
        var meter = new LoudnessMeter();
        for (float[] part : parts) {
            for (int i = 0; i < part.length; i += 480) {
                meter.add(part, i, Math.min(480, part.length - i));
            }
        }
        return meter.integratedLufs();
    }

    private static float[] tone(double peakDb, double seconds) {
        return Desk.sine(997, Math.pow(10, peakDb / 20), (int) (seconds * 24_000));
    }

    /** Checks that a mono tone of 997 Hz measures its peak level less 3.01 LU. */
    @ParameterizedTest
    @CsvSource({"-20, -23.0", "-30, -33.0", "-6, -9.0"})
    void aToneMeasuresWhatTheStandardSays(double peakDb, double lufs) {
        assertThat(loudness(tone(peakDb, 20))).isCloseTo(lufs, Offset.offset(0.1));
    }

    @Test
    void silenceAndQuietPassagesDoNotCount() {
        double alone = loudness(tone(-20, 20));
        assertThat(loudness(tone(-20, 20), new float[24_000 * 30])).isCloseTo(alone, Offset.offset(0.1));
        assertThat(loudness(tone(-33, 10), tone(-20, 20), tone(-33, 10))).isCloseTo(alone, Offset.offset(0.1));
        assertThat(loudness(tone(-69, 10), tone(-33, 10), tone(-20, 20), tone(-33, 10), tone(-69, 10)))
                .isCloseTo(alone, Offset.offset(0.1));
    }

    @Test
    void ofNothingItKnowsNothing() {
        assertThat(loudness(new float[48_000])).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(loudness(tone(-20, 0.3))).isEqualTo(Double.NEGATIVE_INFINITY);
    }

    @Test
    void eachVoiceIsBroughtToTheTargetSlowlyAndRemembered() {
        var voices = new VoiceLevels(-19);
        voices.begin("quiet");
        float[] quiet = tone(-26, 0.02); // -29 LUFS
        for (int i = 0; i < 70; i++) {
            voices.measure(quiet, 480);
        }
        assertThat(voices.gainDb()).isZero(); // 1.4 s are too little to judge by
        double before = 0;
        for (int i = 0; i < 12 * 50; i++) {
            voices.measure(quiet, 480);
            assertThat(voices.gainDb() - before).isBetween(-0.0201, 0.0201);
            before = voices.gainDb();
        }
        assertThat(voices.gainDb()).isBetween(9.5, 10.5);
        voices.begin("loud");
        assertThat(voices.gainDb()).isZero();
        voices.begin("quiet");
        assertThat(voices.gainDb()).isBetween(9.5, 10.5);
        double known = voices.gainDb();
        for (int i = 0; i < 500; i++) {
            voices.measure(new float[480], 480);
        }
        assertThat(voices.gainDb()).isCloseTo(known, Offset.offset(0.6)); // silence raises nothing
    }
}
