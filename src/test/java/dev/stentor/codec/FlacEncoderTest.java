package dev.stentor.codec;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.jflac.metadata.StreamInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The encoder, against a decoder that shares no code with it. */
class FlacEncoderTest {

    @ParameterizedTest(name = "{0} samples")
    @ValueSource(
            ints = {0, 1, 2, 7, 8, 31, 32, 33, 1_151, 1_152, 1_153, 1_160, 2_304, 24_000, 100_001, 200_000, 2_400_000})
    void everySampleComesBackAsItWas(int count) throws IOException {
        byte[] sound = Voiced.bytes(Voiced.samples(count));
        assertThat(FlacDecoding.of(encoded(sound, 960))).isEqualTo(sound);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void soundThatIsNoSpeechComesBackToo(long seed) throws IOException {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int round = 0; round < 60; round++) {
            byte[] sound = Voiced.bytes(difficult(random, 1 + random.nextInt(round % 2 == 0 ? 60 : 5_000)));
            assertThat(FlacDecoding.of(encoded(sound, 960))).isEqualTo(sound);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void howTheSamplesAreCutChangesNothing(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        byte[] sound = Voiced.bytes(Voiced.samples(24_000 + random.nextInt(1_000)));
        var encoder = new FlacEncoder();
        var file = new ByteArrayOutputStream();
        file.writeBytes(FlacEncoder.head(OptionalLong.empty()));
        for (int from = 0; from < sound.length; ) {
            int length = Math.min(2 * random.nextInt(0, 3_000), sound.length - from);
            ByteBuffer part = ByteBuffer.wrap(sound, from, length).asReadOnlyBuffer();
            file.writeBytes(encoder.encode(part));
            assertThat(part.remaining()).as("not moved").isEqualTo(length);
            from += length;
        }
        file.writeBytes(encoder.end());
        assertThat(file.toByteArray()).isEqualTo(encoded(sound, sound.length));
    }

    @Test
    void aFrameIsReturnedAsSoonAsItIsFull() {
        byte[] sound = Voiced.bytes(Voiced.samples(FlacEncoder.FRAME_SAMPLES));
        var encoder = new FlacEncoder();
        assertThat(encoder.encode(ByteBuffer.wrap(sound, 0, sound.length - 2))).isEmpty();
        assertThat(encoder.encode(ByteBuffer.wrap(sound, sound.length - 2, 2))).startsWith(0xFF, 0xF8);
        assertThat(encoder.end()).isEmpty();
    }

    @Test
    void speechIsMuchShorterThanItsSamples() {
        byte[] sound = Voiced.bytes(Voiced.samples(240_000));
        assertThat(encoded(sound, 960).length).isLessThan(sound.length / 3);
    }

    @Test
    void streamsBesideEachOtherDoNotMix() {
        byte[] sound = Voiced.bytes(Voiced.samples(48_000));
        byte[] alone = encoded(sound, 960);
        List<CompletableFuture<byte[]>> beside = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> encoded(sound, 960)))
                .toList();
        assertThat(beside).extracting(CompletableFuture::join).containsOnly(alone);
    }

    @Test
    void theHeadTellsTheFormatAndTheLengthIfItIsKnown() throws IOException {
        StreamInfo known = FlacDecoding.head(FlacEncoder.head(OptionalLong.of(123_456)));
        assertThat(known.getSampleRate()).isEqualTo(24_000);
        assertThat(known.getChannels()).isEqualTo(1);
        assertThat(known.getBitsPerSample()).isEqualTo(16);
        assertThat(known.getTotalSamples()).isEqualTo(123_456);
        assertThat(known.getMaxBlockSize()).isEqualTo(FlacEncoder.FRAME_SAMPLES);
        assertThat(FlacDecoding.head(FlacEncoder.head(OptionalLong.empty())).getTotalSamples())
                .isZero();
        assertThat(FlacDecoding.head(FlacEncoder.head(OptionalLong.of(1L << 36)))
                        .getTotalSamples())
                .as("more than the field holds")
                .isZero();
    }

    private static short[] difficult(RandomGenerator random, int count) {
        int loudness = 1 << random.nextInt(Short.SIZE);
        int kind = random.nextInt(6);
        short[] samples = new short[count];
        for (int i = 0; i < count; i++) {
            samples[i] = (short)
                    switch (kind) {
                        case 0 -> random.nextInt(2 * loudness) - loudness;
                        case 1 -> loudness;
                        case 2 -> 0;
                        case 3 -> random.nextBoolean() ? Short.MAX_VALUE : Short.MIN_VALUE;
                        case 4 -> Math.round(loudness * Math.sin(i * 0.1));
                        default -> random.nextInt(50) == 0 ? random.nextInt() : 0;
                    };
        }
        return samples;
    }

    private static byte[] encoded(byte[] sound, int bytesAtOnce) {
        var encoder = new FlacEncoder();
        var file = new ByteArrayOutputStream();
        file.writeBytes(FlacEncoder.head(OptionalLong.empty()));
        for (int from = 0; from < sound.length; from += bytesAtOnce) {
            file.writeBytes(encoder.encode(ByteBuffer.wrap(sound, from, Math.min(bytesAtOnce, sound.length - from))));
        }
        file.writeBytes(encoder.end());
        return file.toByteArray();
    }
}
