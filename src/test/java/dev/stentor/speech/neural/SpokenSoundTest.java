package dev.stentor.speech.neural;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.audio.SpeechTime;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SpokenSoundTest {

    private static final int TONE = (int) SpeechTime.samples(500);
    private static final int SILENCE = (int) SpeechTime.samples(400);
    private static final int MARGINS = (int) SpeechTime.samples(50);

    private final SpokenSound sound = new SpokenSound();

    @Test
    void silenceAroundItIsTakenAwayButForAMargin() {
        var _ = sound.add(tone(0.3f));
        assertThat(samples().remaining()).isBetween(TONE, TONE + MARGINS);
    }

    @Test
    void itTellsWhereWhatWasAddedIs() {
        SpokenSound.Added first = sound.add(tone(0.3f));
        assertThat(first.placeOf(SILENCE)).isBetween(MARGINS / 2L, MARGINS / 2L + 10);
        assertThat(first.placeOf(0)).isZero();
        int pause = (int) SpeechTime.samples(50);
        sound.pause(pause);
        SpokenSound.Added second = sound.add(tone(0.3f));
        assertThat(second.placeOf(SILENCE) - first.placeOf(SILENCE)).isEqualTo(first.to() + (long) pause);
        assertThat(second.placeOf(1_000_000)).isEqualTo(samples().remaining());
        assertThat(sound.add(new float[100]).placeOf(50)).isEqualTo(samples().remaining());
    }

    @Test
    void itIsTwoDecibelsLouder() {
        var _ = sound.add(tone(0.3f));
        assertThat(peak(samples())).isBetween((int) (0.37 * Short.MAX_VALUE), (int) (0.38 * Short.MAX_VALUE));
    }

    @Test
    void peaksBeyondFullScaleAreLimitedAndNotClipped() {
        var _ = sound.add(tone(1.1f));
        ShortBuffer samples = samples();
        assertThat(peak(samples)).isBetween((int) (0.9 * Short.MAX_VALUE), (int) (0.967 * Short.MAX_VALUE));
        int flat = 0;
        for (int n = 1; n < samples.remaining(); n++) {
            boolean same = samples.get(n) == samples.get(n - 1) && Math.abs(samples.get(n)) > Short.MAX_VALUE / 2;
            flat += same ? 1 : 0;
        }
        assertThat(flat).as("samples cut off side by side").isLessThan(5);
    }

    @Test
    void partsAreJoinedWithoutAStep() {
        float[] cut = Arrays.copyOfRange(tone(0.8f), SILENCE, SILENCE + TONE); // loud from the first sample to the last
        var _ = sound.add(cut);
        sound.pause((int) SpeechTime.samples(50));
        var _ = sound.add(cut);
        ShortBuffer samples = samples();
        // A tone of 300 Hz at this level moves by at most 2π · 300 / 24000 of its size from sample to sample.
        int most = (int) (2 * Math.PI * 300 / 24_000 * 0.967 * Short.MAX_VALUE * 1.3);
        for (int n = 1; n < samples.remaining(); n++) {
            assertThat(Math.abs(samples.get(n) - samples.get(n - 1))).isLessThanOrEqualTo(most);
        }
        assertThat(samples.get(0)).isZero();
    }

    @Test
    void silenceAloneIsNoSoundAndNoPauseComesFirst() {
        sound.pause(1_000);
        var _ = sound.add(new float[10_000]);
        assertThat(sound.bytes()).isEmpty();
    }

    @Test
    void aPauseIsOfItsLength() {
        var _ = sound.add(tone(0.3f));
        int before = samples().remaining();
        sound.pause(12_345);
        assertThat(samples().remaining()).isEqualTo(before + 12_345);
    }

    private ShortBuffer samples() {
        return ByteBuffer.wrap(sound.bytes()).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
    }

    private static int peak(ShortBuffer samples) {
        int peak = 0;
        for (int n = 0; n < samples.remaining(); n++) {
            peak = Math.max(peak, Math.abs(samples.get(n)));
        }
        return peak;
    }

    private static float[] tone(float level) {
        float[] samples = new float[SILENCE + TONE + SILENCE];
        for (int n = 0; n < TONE; n++) {
            samples[SILENCE + n] = level * (float) Math.cos(2 * Math.PI * 300 * n / SpeechTime.SAMPLES_PER_SECOND);
        }
        return samples;
    }
}
