package dev.stentor.mix;

import static dev.stentor.mix.Desk.DELAY;
import static dev.stentor.mix.Desk.FRAME;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DitherTest {

    private static final int FRAMES = 2_000;

    @Test
    void theErrorIsNoiseOfAQuarterStepSquaredPlusTheSpreadAndKnowsNothingOfTheSound() {
        var desk = new Desk();
        float[] tone = Desk.scaled(Desk.sine(441, 0.1, 24_000), 0.7071);
        desk.mixer.put("tone", SoundClip.of(tone).looped(), SourceSettings.UNITY);
        int[] out = desk.frames(FRAMES);
        double sum = 0;
        double squares = 0;
        double withSound = 0;
        double soundSquares = 0;
        int count = 0;
        for (int i = 2 * FRAME; i < out.length; i++) {
            double exact = tone[(i - DELAY) % tone.length] * 32_768.0;
            double error = out[i] - exact;
            sum += error;
            squares += error * error;
            withSound += error * exact;
            soundSquares += exact * exact;
            count++;
        }
        double mean = sum / count;
        double variance = squares / count - mean * mean;
        assertThat(mean).isBetween(-0.01, 0.01);
        assertThat(variance).isBetween(0.24, 0.26); // 1/6 of the noise, 1/12 of the rounding
        assertThat(withSound / Math.sqrt(soundSquares * squares)).isBetween(-0.01, 0.01);
    }

    @Test
    void aToneBelowOneStepSurvivesWithoutHarmonics() {
        var desk = new Desk();
        double size = Math.pow(10, -90 / 20.0);
        desk.mixer.put("tone", SoundClip.of(Desk.sine(500, size, 24_000)).looped(), SourceSettings.UNITY);
        var _ = desk.frames(2);
        int[] out = desk.frames(25 * 40);
        assertThat(levelDb(out, 500)).isBetween(-90.5, -89.5);
        for (int harmonic = 2; harmonic <= 10; harmonic++) {
            assertThat(levelDb(out, 500 * harmonic)).isLessThan(-120);
        }
    }

    /** Returns the peak level of a tone in dB of full scale; the length must hold whole periods. */
    private static double levelDb(int[] samples, double hertz) {
        double re = 0;
        double im = 0;
        for (int i = 0; i < samples.length; i++) {
            re += samples[i] * Math.cos(2 * Math.PI * hertz * i / 24_000);
            im += samples[i] * Math.sin(2 * Math.PI * hertz * i / 24_000);
        }
        return 20 * Math.log10(2 * Math.hypot(re, im) / samples.length / 32_768);
    }
}
