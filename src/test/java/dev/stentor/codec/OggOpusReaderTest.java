package dev.stentor.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.stentor.audio.UnreadableSound;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OggOpusReaderTest {

    private static final int SAMPLES = 24_000 + 123;

    @Test
    void aFileGivesAsManySamplesAsWentIn() {
        byte[] file = tone(SAMPLES);
        float[] sound = read(new OggOpusReader(), file, file.length);
        assertThat(sound).hasSize(SAMPLES);
        double error = 0;
        double power = 0;
        for (int i = 2_400; i < SAMPLES - 480; i++) {
            double expected = sample(i) / 32_768.0;
            error += (sound[i] - expected) * (sound[i] - expected);
            power += expected * expected;
        }
        assertThat(10 * Math.log10(error / power))
                .as("error against the tone, dB")
                .isLessThan(-15);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100, 4_096})
    void anySplitGivesTheSameSamples(int size) {
        byte[] file = tone(SAMPLES);
        assertThat(read(new OggOpusReader(), file, size)).isEqualTo(read(new OggOpusReader(), file, file.length));
    }

    @Test
    void oneFileBehindTheOtherIsReadOn() {
        var station = new ByteArrayOutputStream();
        station.writeBytes(tone(SAMPLES));
        station.writeBytes(tone(9_600));
        assertThat(read(new OggOpusReader(), station.toByteArray(), 999)).hasSize(SAMPLES + 9_600);
    }

    @Test
    void aPageThatIsBrokenIsPassedOver() {
        byte[] file = tone(SAMPLES);
        file[file.length / 2] ^= 0x40;
        var reader = new OggOpusReader();
        float[] sound = read(reader, file, 500);
        assertThat(sound.length).isBetween(SAMPLES / 2, SAMPLES - 1);
    }

    @Test
    void aFileThatWasCutShortSaysSo() {
        byte[] file = tone(SAMPLES);
        var reader = new OggOpusReader();
        assertThat(read(reader, Arrays.copyOf(file, file.length / 2), 4_096).length)
                .isPositive();
        assertThat(reader.faults().truncated()).isTrue();
        var whole = new OggOpusReader();
        assertThat(read(whole, file, 4_096)).isNotEmpty();
        assertThat(whole.faults().truncated()).isFalse();
    }

    @Test
    void whatIsNoOpusIsRefused() {
        var page = new OggPage();
        page.add("\1vorbis and what belongs to it".getBytes(StandardCharsets.ISO_8859_1));
        assertUnreadable(page.bytes(OggPage.FIRST, 0, 1, 0), "NotOpus");
        assertUnreadable(new byte[400_000], "BrokenOgg");
        assertUnreadable(new byte[3], "BrokenOgg");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void noRubbishBreaksIt(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int round = 0; round < 100; round++) {
            var file = new ByteArrayOutputStream();
            var writer = new OggOpusWriter(7, 312, 5);
            file.writeBytes(writer.head());
            for (int n = 0; n < 20; n++) {
                byte[] packet = new byte[random.nextInt(1, 200)];
                random.nextBytes(packet);
                writer.add(packet).ifPresent(file::writeBytes);
            }
            for (float sample : read(new OggOpusReader(), file.toByteArray(), 333)) {
                assertThat(Math.abs(sample)).isLessThanOrEqualTo(4);
            }
        }
    }

    private static void assertUnreadable(byte[] bytes, String code) {
        assertThatExceptionOfType(UnreadableSound.class)
                .isThrownBy(() -> read(new OggOpusReader(), bytes, 4_096))
                .satisfies(error -> assertThat(error.code()).isEqualTo(code));
    }

    private static float[] read(OggOpusReader reader, byte[] file, int size) {
        float[] sound = new float[0];
        for (int at = 0; at < file.length; at += size) {
            sound = append(sound, reader.read(ByteBuffer.wrap(file, at, Math.min(size, file.length - at))));
        }
        return append(sound, reader.finish());
    }

    private static float[] append(float[] sound, float[] next) {
        float[] longer = Arrays.copyOf(sound, sound.length + next.length);
        System.arraycopy(next, 0, longer, sound.length, next.length);
        return longer;
    }

    private static byte[] tone(int samples) {
        ByteBuffer pcm = ByteBuffer.allocate(2 * samples).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < samples; i++) {
            pcm.putShort(sample(i));
        }
        var encoder = new OggOpusEncoder(OpusSettings.SPEECH, 7);
        var file = new ByteArrayOutputStream();
        file.writeBytes(encoder.head());
        file.writeBytes(encoder.encode(pcm.flip()));
        file.writeBytes(encoder.end());
        return file.toByteArray();
    }

    private static short sample(int i) {
        return (short) (9_000 * Math.sin(2 * Math.PI * 440 * i / 24_000));
    }
}
