package dev.stentor.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpeechTimeTest {

    @Test
    void aFrameIsTwentyMillisecondsOfSpeech() {
        assertThat(SpeechTime.FRAME_SAMPLES).isEqualTo(480);
        assertThat(SpeechTime.FRAME_BYTES).isEqualTo(960);
        assertThat(SpeechTime.millis(SpeechTime.FRAME_SAMPLES)).isEqualTo(SpeechTime.FRAME_MILLIS);
    }

    @Test
    void aPartOfAMillisecondOrMicrosecondIsDropped() {
        assertThat(SpeechTime.millis(47)).isEqualTo(1);
        assertThat(SpeechTime.micros(1)).isEqualTo(41);
        assertThat(SpeechTime.samplesOfMicros(41)).isZero();
        assertThat(SpeechTime.samples(Duration.ofNanos(1_999_999))).isEqualTo(24);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void timesBecomeSamplesAndTheSameTimesAgain(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int i = 0; i < 1_000; i++) {
            long millis = random.nextLong(Duration.ofDays(365).toMillis());
            long samples = SpeechTime.samples(millis);
            assertThat(SpeechTime.millis(samples)).isEqualTo(millis);
            assertThat(SpeechTime.micros(samples)).isEqualTo(millis * 1_000);
            assertThat(SpeechTime.samplesOfMicros(millis * 1_000)).isEqualTo(samples);
            assertThat(SpeechTime.samples(Duration.ofMillis(millis))).isEqualTo(samples);
        }
    }
}
