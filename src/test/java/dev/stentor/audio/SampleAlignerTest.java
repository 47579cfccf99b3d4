package dev.stentor.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SampleAlignerTest {

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void splittingAnywhereKeepsTheSamples(long seed) {
        RandomGenerator random = Splits.random(seed);
        for (int i = 0; i < 1_000; i++) {
            byte[] bytes = Splits.bytes(random, random.nextInt(200));
            var aligner = new SampleAligner();
            var samples = new ByteArrayOutputStream();
            for (ByteBuffer part : Splits.anywhere(random, bytes)) {
                int position = part.position();
                ByteBuffer aligned = aligner.align(part);
                assertThat(part.position()).isEqualTo(position);
                assertThat(aligned.isReadOnly()).isTrue();
                assertThat(aligned.isDirect()).isFalse();
                assertThat(aligned.remaining()).isEven();
                byte[] copy = new byte[aligned.remaining()];
                aligned.get(copy);
                samples.writeBytes(copy);
            }
            assertThat(samples.toByteArray()).isEqualTo(Arrays.copyOf(bytes, bytes.length - bytes.length % 2));
            assertThat(aligner.remainderBytes()).isEqualTo(bytes.length % 2);
        }
    }

    @Test
    void wholeSamplesAreSharedNotCopied() {
        byte[] bytes = {1, 2, 3, 4};
        ByteBuffer aligned = new SampleAligner().align(ByteBuffer.wrap(bytes));
        bytes[2] = 9;
        assertThat(aligned.get(2)).isEqualTo((byte) 9);
    }

    @Test
    void halfASampleAtTheEndIsReported() {
        var aligner = new SampleAligner();
        assertThat(aligner.align(ByteBuffer.wrap(new byte[] {1, 2, 3})).remaining())
                .isEqualTo(2);
        assertThat(aligner.remainderBytes()).isEqualTo(1);
    }
}
