package dev.stentor.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PcmResamplerTest {

    private static final PcmFormat TWICE = new PcmFormat(48_000, 1, 16);

    @Test
    void speechPassesUntouchedAndShared() {
        byte[] bytes = Splits.bytes(Splits.random(1), 4_000);
        var resampler = new PcmResampler(PcmFormat.SPEECH, 24_000);
        ByteBuffer out = resampler.resample(ByteBuffer.wrap(bytes));
        assertThat(out.isReadOnly()).isTrue();
        assertThat(out).isEqualTo(ByteBuffer.wrap(bytes));
        bytes[3] ^= 1;
        assertThat(out.get(3)).isEqualTo(bytes[3]);
        assertThat(resampler.finish().hasRemaining()).isFalse();
    }

    @Test
    void whatIsOutsideTheHeapIsCopied() {
        ByteBuffer direct = ByteBuffer.allocateDirect(8).order(ByteOrder.LITTLE_ENDIAN);
        direct.putShort(0, (short) -32_768).putShort(2, (short) 32_767).putShort(4, (short) -1);
        ByteBuffer out = new PcmResampler(PcmFormat.SPEECH, 24_000).resample(direct);
        assertThat(out.isDirect()).isFalse();
        assertThat(shorts(out)).containsExactly((short) -32_768, (short) 32_767, (short) -1, (short) 0);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void anySplitBetweenSamplesGivesTheSameSamples(long seed) {
        RandomGenerator random = Splits.random(seed);
        PcmFormat format = new PcmFormat(random.nextBoolean() ? 22_050 : 48_000, 1 + (int) (seed % 2), 16);
        byte[] bytes = Splits.bytes(random, 12_000);
        byte[] expected = joined(format, ByteBuffer.wrap(bytes));
        var aligner = new SampleAligner();
        ByteBuffer[] parts =
                Splits.anywhere(random, bytes).stream().map(aligner::align).toArray(ByteBuffer[]::new);
        assertThat(joined(format, parts)).isEqualTo(expected);
        assertThat(expected)
                .hasSize(2 * (int) Math.round(12_000.0 / format.bytesPerFrame() * 24_000.0 / format.sampleRateHz()));
    }

    @Test
    void twoChannelsBecomeTheirMean() {
        var resampler = new PcmResampler(new PcmFormat(24_000, 2, 16), 24_000);
        assertThat(shorts(resampler.resample(pcm(100, 200, -32_768, -32_768, 32_767, 32_767, -5, 5))))
                .containsExactly((short) 150, (short) -32_768, (short) 32_767, (short) 0);
    }

    @Test
    void halfAFrameWaitsForItsOtherHalf() {
        var resampler = new PcmResampler(new PcmFormat(24_000, 2, 16), 24_000);
        assertThat(resampler.resample(pcm(100)).hasRemaining()).isFalse();
        assertThat(shorts(resampler.resample(pcm(300, 7)))).containsExactly((short) 200);
        assertThat(resampler.finish().hasRemaining()).isFalse();
        assertThat(shorts(resampler.resample(pcm(20, 40)))).containsExactly((short) 30);
    }

    @Test
    void whatOvershootsIsClampedNotWrapped() {
        int[] square = new int[4_000];
        Arrays.setAll(square, i -> i / 100 % 2 == 0 ? 32_767 : -32_768);
        short[] out = shorts(ByteBuffer.wrap(joined(TWICE, pcm(square))));
        assertThat(out).contains(Short.MAX_VALUE, Short.MIN_VALUE);
        for (int i = 10; i < 40; i++) {
            assertThat((int) out[1_000 + i]).as("sample %s", 1_000 + i).isGreaterThan(30_000);
        }
    }

    @Test
    void valuesAreRoundedToTheNearest() {
        int[] constant = new int[4_000];
        Arrays.fill(constant, -12_345);
        short[] out = shorts(ByteBuffer.wrap(joined(TWICE, pcm(constant))));
        for (int i = 500; i < 1_500; i++) {
            assertThat(out[i]).isEqualTo((short) -12_345);
        }
    }

    @Test
    void theInputIsNotMoved() {
        ByteBuffer in = pcm(1, 2, 3, 4).position(2);
        var _ = new PcmResampler(TWICE, 24_000).resample(in);
        var _ = new PcmResampler(PcmFormat.SPEECH, 24_000).resample(in);
        assertThat(in.position()).isEqualTo(2);
        assertThat(in.remaining()).isEqualTo(6);
    }

    @Test
    void otherShapesAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PcmResampler(new PcmFormat(24_000, 1, 8), 24_000))
                .withMessage("bitsPerSample must be 16, was 8");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PcmResampler(new PcmFormat(24_000, 6, 16), 24_000))
                .withMessage("channels must be 1 or 2, was 6");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PcmResampler(new PcmFormat(12_345, 1, 16), 24_000))
                .withMessageStartingWith("inHz must be one of");
    }

    private static byte[] joined(PcmFormat format, ByteBuffer... parts) {
        var resampler = new PcmResampler(format, 24_000);
        var joined = new ByteArrayOutputStream();
        for (ByteBuffer part : parts) {
            append(joined, resampler.resample(part));
        }
        append(joined, resampler.finish());
        return joined.toByteArray();
    }

    private static void append(ByteArrayOutputStream joined, ByteBuffer part) {
        assertThat(part.isReadOnly()).isTrue();
        assertThat(part.isDirect()).isFalse();
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        joined.writeBytes(bytes);
    }

    private static ByteBuffer pcm(int... samples) {
        ByteBuffer bytes = ByteBuffer.allocate(2 * samples.length).order(ByteOrder.LITTLE_ENDIAN);
        for (int sample : samples) {
            bytes.putShort((short) sample);
        }
        return bytes.flip();
    }

    private static short[] shorts(ByteBuffer bytes) {
        short[] samples = new short[bytes.remaining() / 2];
        bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        return samples;
    }
}
