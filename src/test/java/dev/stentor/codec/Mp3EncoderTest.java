package dev.stentor.codec;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import javazoom.jl.decoder.BitstreamException;
import javazoom.jl.decoder.DecoderException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The encoder, against a decoder that shares no code with it. */
class Mp3EncoderTest {

    private static final int DELAY = Mp3Encoder.DELAY_SAMPLES + Mp3Encoder.DECODER_DELAY_SAMPLES;
    private static final Mp3BitRate SPEECH = new Mp3BitRate(64_000);
    private static final int FRAME_BYTES = 192;

    @ParameterizedTest(name = "{0} samples")
    @ValueSource(ints = {1, 287, 288, 575, 576, 577, 1_152, 24_000, 100_001})
    void allSamplesComeOutAndAtMostTwoFramesMore(int count) throws Exception {
        short[] heard = decoded(sound(SPEECH, Voiced.samples(count), 960));
        assertThat(heard.length - DELAY).isBetween(count, count + 2 * Mp3Encoder.FRAME_SAMPLES);
    }

    @ParameterizedTest(name = "{0} samples")
    @ValueSource(ints = {0, 1, 575, 576, 577, 1_152, 24_000, 100_001})
    void aHeadThatKnowsTheLengthTellsWhatToDropAtTheEnd(int count) {
        byte[] frames = sound(SPEECH, Voiced.samples(count), 960);

        ByteBuffer head = ByteBuffer.wrap(new Mp3Encoder(SPEECH).head(OptionalLong.of(count)));

        assertThat(head.getInt(17)).as("frames and bytes are there").isEqualTo(3);
        assertThat(head.getInt(21)).isEqualTo(frames.length / FRAME_BYTES);
        assertThat(head.getInt(25)).isEqualTo(frames.length + FRAME_BYTES);
        int pads = head.getInt(50) >>> 8;
        assertThat(pads >>> 12).isEqualTo(Mp3Encoder.DELAY_SAMPLES);
        assertThat(frames.length / FRAME_BYTES * Mp3Encoder.FRAME_SAMPLES - (pads >>> 12) - (pads & 0xFFF))
                .isEqualTo(count);
    }

    @Test
    void whatIsHeardIsWhatWasSaid() throws Exception {
        short[] said = Voiced.samples(72_000);
        short[] heard = decoded(sound(SPEECH, said, 960));
        double exact = Decoding.signalToNoise(said, from(heard, DELAY, said.length));
        assertThat(exact).isGreaterThan(20);
        assertThat(exact)
                .as("one sample earlier or later it would be worse: nothing is shifted")
                .isGreaterThan(Decoding.signalToNoise(said, from(heard, DELAY - 1, said.length)))
                .isGreaterThan(Decoding.signalToNoise(said, from(heard, DELAY + 1, said.length)));
    }

    @ParameterizedTest(name = "{0} bits a second")
    @ValueSource(ints = {32_000, 64_000, 96_000, 160_000})
    void everyFrameHasTheLengthOfItsRateAndNeedsNoOther(int rate) {
        byte[] frames = sound(new Mp3BitRate(rate), Voiced.samples(24_000), 960);
        int length = 72 * rate / 24_000;
        assertThat(frames.length % length).isZero();
        for (int at = 0; at < frames.length; at += length) {
            ByteBuffer frame = ByteBuffer.wrap(frames, at, length).order(ByteOrder.BIG_ENDIAN);
            assertThat(frame.getShort(at) & 0xFFFE).isEqualTo(0xFFF2);
            int mainDataBegin = frame.get(at + 4) & 0xFF;
            assertThat(mainDataBegin).as("bytes of the frames before").isZero();
        }
    }

    @Test
    void aListenerMayBeginAtAnyFrame() throws Exception {
        short[] said = Voiced.samples(72_000);
        byte[] frames = sound(SPEECH, said, 960);
        int joined = 40;
        short[] heard = decoded(Arrays.copyOfRange(frames, joined * FRAME_BYTES, frames.length));
        int settled = 2 * Mp3Encoder.FRAME_SAMPLES;
        int at = joined * Mp3Encoder.FRAME_SAMPLES + settled - DELAY;
        short[] wanted = Arrays.copyOfRange(said, at, at + 24_000);
        assertThat(Decoding.signalToNoise(wanted, from(heard, settled, wanted.length)))
                .isGreaterThan(20);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void howTheSamplesAreCutChangesNothing(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        byte[] sound = Voiced.bytes(Voiced.samples(24_000 + random.nextInt(1_000)));
        var encoder = new Mp3Encoder(SPEECH);
        var file = new ByteArrayOutputStream();
        for (int from = 0; from < sound.length; ) {
            int length = Math.min(2 * random.nextInt(0, 2_000), sound.length - from);
            ByteBuffer part = ByteBuffer.wrap(sound, from, length).asReadOnlyBuffer();
            file.writeBytes(encoder.encode(part));
            assertThat(part.remaining()).as("not moved").isEqualTo(length);
            from += length;
        }
        file.writeBytes(encoder.end());
        assertThat(file.toByteArray()).isEqualTo(sound(SPEECH, Decoding.samples(sound), sound.length));
    }

    @Test
    void streamsBesideEachOtherDoNotMix() {
        short[] said = Voiced.samples(48_000);
        byte[] alone = sound(SPEECH, said, 960);
        List<CompletableFuture<byte[]>> beside = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> sound(SPEECH, said, 960)))
                .toList();
        assertThat(beside).extracting(CompletableFuture::join).containsOnly(alone);
    }

    @Test
    void theHeadIsAFrameOfSilenceThatTellsTheDelay() throws Exception {
        byte[] head = new Mp3Encoder(SPEECH).head(OptionalLong.empty());
        assertThat(head).hasSize(FRAME_BYTES);
        assertThat(decoded(head)).hasSize(Mp3Encoder.FRAME_SAMPLES).containsOnly((short) 0);
        assertThat(new String(head, 13, 4, US_ASCII)).isEqualTo("Info");
        int pads = ByteBuffer.wrap(head).getInt(42) >>> 8; // 12 bits of delay, 12 of padding
        assertThat(pads >>> 12).isEqualTo(Mp3Encoder.DELAY_SAMPLES);
    }

    @Test
    void otherRatesThanMpegsAreRefused() {
        assertThatThrownBy(() -> new Mp3BitRate(24_000)).hasMessageContaining("32000, 40000");
        assertThatThrownBy(() -> new Mp3BitRate(65_000)).hasMessageContaining("was 65000");
    }

    private static byte[] sound(Mp3BitRate rate, short[] samples, int bytesAtOnce) {
        byte[] bytes = Voiced.bytes(samples);
        var encoder = new Mp3Encoder(rate);
        var frames = new ByteArrayOutputStream();
        for (int from = 0; from < bytes.length; from += bytesAtOnce) {
            frames.writeBytes(encoder.encode(ByteBuffer.wrap(bytes, from, Math.min(bytesAtOnce, bytes.length - from))));
        }
        frames.writeBytes(encoder.end());
        return frames.toByteArray();
    }

    private static short[] decoded(byte[] file) throws BitstreamException, DecoderException {
        return Mp3Decoding.of(file);
    }

    private static short[] from(short[] sound, int at, int count) {
        return Arrays.copyOfRange(sound, at, at + count);
    }
}
