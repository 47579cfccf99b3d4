package dev.stentor.codec;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.codec.OpusSettings.Bandwidth;
import dev.stentor.testing.Signals;
import io.github.jaredmdobson.concentus.OpusException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OggOpusEncoderTest {

    private static final int SERIAL = 0xCAFE_F00D;

    @ParameterizedTest(name = "{0} samples")
    @ValueSource(
            ints = {0, 1, 323, 324, 325, 479, 480, 481, 804, 805, 4_799, 4_800, 5_124, 5_125, 9_924, 9_925, 100_001})
    void exactlyAsManySamplesComeOutAsWentIn(int count) throws OpusException {
        OggFile file = OggFile.read(encoded(Voiced.bytes(Voiced.samples(count)), 960));
        assertThat(file.pages().getLast().granule()).isEqualTo(312 + 2L * count);
        assertThat(file.decoded()).hasSize(count);
        assertThat(file.packets()).as("no packet more than needed").hasSize((count + 156 + 479) / 480);
    }

    @Test
    void whatIsHeardIsWhatWasSaid() throws OpusException {
        short[] said = Voiced.samples(72_000);
        short[] heard = OggFile.read(encoded(Voiced.bytes(said), 960)).decoded();
        assertThat(signalToNoise(said, heard)).isGreaterThan(20);
        assertThat(signalToNoise(said, shifted(heard)))
                .as("one sample later it would be worse: nothing is shifted")
                .isLessThan(signalToNoise(said, heard));
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void howTheSamplesAreCutChangesNothing(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        byte[] sound = Voiced.bytes(Voiced.samples(24_000 + random.nextInt(1_000)));
        byte[] whole = encoded(sound, sound.length);
        assertThat(encoded(sound, 2)).isEqualTo(whole);
        var encoder = new OggOpusEncoder(OpusSettings.SPEECH, SERIAL);
        var file = new ByteArrayOutputStream();
        file.writeBytes(encoder.head());
        for (int from = 0; from < sound.length; ) {
            int length = Math.min(2 * random.nextInt(0, 2_000), sound.length - from);
            ByteBuffer part = ByteBuffer.wrap(sound, from, length).asReadOnlyBuffer();
            file.writeBytes(encoder.encode(part));
            assertThat(part.remaining()).as("not moved").isEqualTo(length);
            from += length;
        }
        file.writeBytes(encoder.end());
        assertThat(file.toByteArray()).isEqualTo(whole);
    }

    @Test
    void pagesAreNumberedAndCountTheSoundThatEndsOnThem() {
        List<OggFile.Page> pages =
                OggFile.read(encoded(Voiced.bytes(Voiced.samples(24_000)), 960)).pages();
        assertThat(pages).extracting(OggFile.Page::sequence).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        assertThat(pages).extracting(OggFile.Page::serial).containsOnly(SERIAL);
        assertThat(pages).extracting(OggFile.Page::flags).containsExactly(2, 0, 0, 0, 0, 0, 0, 4);
        assertThat(pages)
                .extracting(OggFile.Page::granule)
                .containsExactly(0L, 0L, 960L, 10_560L, 20_160L, 29_760L, 39_360L, 48_312L);
        assertThat(pages).extracting(page -> page.packets().size()).containsExactly(1, 1, 1, 10, 10, 10, 10, 10);
    }

    @Test
    void theHeadSaysWhatADecoderMustKnow() {
        OggFile file = OggFile.read(encoded(new byte[960], 960));
        ByteBuffer head =
                ByteBuffer.wrap(file.pages().getFirst().packets().getFirst()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(OggFile.text(head, 8)).isEqualTo("OpusHead");
        assertThat(head.get()).as("version").isEqualTo((byte) 1);
        assertThat(head.get()).as("channels").isEqualTo((byte) 1);
        assertThat(head.getShort()).as("pre-skip").isEqualTo((short) 312);
        assertThat(head.getInt()).as("rate").isEqualTo(24_000);
        assertThat(head.getShort()).as("gain").isZero();
        assertThat(head.get()).as("mapping").isZero();
        assertThat(head.hasRemaining()).isFalse();
        ByteBuffer tags =
                ByteBuffer.wrap(file.pages().get(1).packets().getFirst()).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(OggFile.text(tags, 8)).isEqualTo("OpusTags");
        assertThat(OggFile.text(tags, tags.getInt())).isEqualTo("Stentor");
        assertThat(tags.getInt()).as("comments").isZero();
        assertThat(tags.hasRemaining()).isFalse();
    }

    @Test
    void theFirstPacketIsOutAsSoonAsItsSamplesAreIn() {
        var encoder = new OggOpusEncoder(OpusSettings.SPEECH, SERIAL);
        byte[] head = encoder.head();
        assertThat(encoder.encode(ByteBuffer.allocate(958))).isEmpty();
        byte[] first = encoder.encode(ByteBuffer.allocate(2));
        var file = new ByteArrayOutputStream();
        file.writeBytes(head);
        file.writeBytes(first);
        assertThat(OggFile.read(file.toByteArray()).packets()).hasSize(1);
    }

    @Test
    void theSettingsAreHeeded() {
        byte[] sound = Voiced.bytes(Voiced.samples(72_000));
        int[] sizes = IntStream.of(12_000, 32_000, 64_000)
                .map(rate -> encoded(sound, 960, new OpusSettings(rate, 5, Bandwidth.SUPERWIDE)).length)
                .toArray();
        assertThat(sizes).isSorted();
        assertThat(sizes[1] * 8 / 3).as("bit/s").isBetween(20_000, 40_000);
        // RFC 6716, section 3.1: the five high bits of a packet say mode and bandwidth.
        byte[] packet = OggFile.read(encoded(sound, 960, new OpusSettings(32_000, 5, Bandwidth.NARROW)))
                .packets()
                .get(20);
        assertThat((packet[0] & 0xFF) >> 3).isIn(0, 1, 2, 3, 16, 17, 18, 19);
    }

    private static byte[] encoded(byte[] sound, int chunkBytes) {
        return encoded(sound, chunkBytes, OpusSettings.SPEECH);
    }

    private static byte[] encoded(byte[] sound, int chunkBytes, OpusSettings settings) {
        var encoder = new OggOpusEncoder(settings, SERIAL);
        var file = new ByteArrayOutputStream();
        file.writeBytes(encoder.head());
        Signals.chunks(sound, Math.max(2, chunkBytes)).forEach(chunk -> file.writeBytes(encoder.encode(chunk)));
        file.writeBytes(encoder.end());
        return file.toByteArray();
    }

    private static short[] shifted(short[] samples) {
        short[] later = new short[samples.length];
        System.arraycopy(samples, 0, later, 1, samples.length - 1);
        return later;
    }

    private static double signalToNoise(short[] said, short[] heard) {
        double signal = 0;
        double noise = 0;
        for (int i = 0; i < said.length; i++) {
            signal += (double) said[i] * said[i];
            noise += Math.pow((double) said[i] - heard[i], 2);
        }
        return 10 * Math.log10(signal / noise);
    }
}
