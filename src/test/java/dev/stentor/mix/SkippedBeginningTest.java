package dev.stentor.mix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.audio.SpeechTime;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sound that is played over and over goes on after a skip as if it had been played up to there. */
class SkippedBeginningTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void skippingIsAsGoodAsReading(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < 100; i++) {
            float[] samples = new float[random.nextInt(400, 5_000)];
            for (int at = 0; at < samples.length; at++) {
                samples[at] = random.nextFloat(-1, 1);
            }
            SoundClip.Loop loop = SoundClip.of(samples).loop(random.nextInt(0, 60));
            Input read = loop.input(() -> true);
            int frames = random.nextInt(0, 60);
            float[] frame = new float[SpeechTime.FRAME_SAMPLES];
            for (int n = 0; n < frames; n++) {
                var _ = read.read(frame);
            }
            Input skipped = loop.input(() -> true);
            skipped.skip((long) frames * SpeechTime.FRAME_SAMPLES);
            for (int n = 0; n < 30; n++) {
                float[] other = new float[SpeechTime.FRAME_SAMPLES];
                assertThat(skipped.read(other)).isEqualTo(read.read(frame));
                assertThat(other).isEqualTo(frame);
            }
        }
    }
}
