package dev.stentor.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WavHeaderStripperTest {

    private static final int[] PLACEHOLDERS = {0, -1, 0x7FFF_FF9B};

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void splittingAnywhereTakesTheHeaderAndKeepsTheSamples(long seed) {
        RandomGenerator random = Splits.random(seed);
        for (int i = 0; i < 1_000; i++) {
            byte[] sound = Splits.bytes(random, random.nextInt(100));
            byte[] stream = joined(header(random), sound);
            assertThat(strip(Splits.anywhere(random, stream))).isEqualTo(sound);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void splittingAnywherePassesAnythingElseUntouched(long seed) {
        RandomGenerator random = Splits.random(seed);
        for (int i = 0; i < 1_000; i++) {
            byte[] almost = ascii("RIFF1234WAVE").clone();
            int wrong = random.nextInt(8);
            almost[wrong < 4 ? wrong : wrong + 4]++;
            byte[] stream = joined(almost, Splits.bytes(random, random.nextInt(100)));
            assertThat(strip(Splits.anywhere(random, stream))).isEqualTo(stream);
        }
    }

    @Test
    void aStreamTooShortForAHeaderIsSound() {
        for (String start : List.of("", "R", "RIFF", "RIFF1234", "RIFF1234WAV")) {
            assertThat(strip(List.of(ByteBuffer.wrap(ascii(start))))).isEqualTo(ascii(start));
        }
    }

    @Test
    void aStreamThatEndsInsideItsHeaderHasNoSound() {
        byte[] header = plainHeader();
        for (int length = 12; length < header.length; length++) {
            assertThat(strip(List.of(ByteBuffer.wrap(header, 0, length)))).isEmpty();
        }
    }

    @Test
    void onlyTheFirstHeaderGoes() {
        byte[] twice = joined(plainHeader(), plainHeader());
        assertThat(strip(List.of(ByteBuffer.wrap(twice)))).isEqualTo(plainHeader());
    }

    @Test
    void aChunkOfUnbelievableSizeHidesNoSound() {
        byte[] start = joined(ascii("RIFF1234WAVE"), chunk("fmt ", -1, new byte[0]));
        byte[] sound = {1, 2, 3, 4};
        assertThat(strip(List.of(ByteBuffer.wrap(joined(start, sound))))).isEqualTo(sound);
    }

    private static byte[] strip(List<ByteBuffer> parts) {
        var stripper = new WavHeaderStripper();
        var sound = new ByteArrayOutputStream();
        for (ByteBuffer part : parts) {
            int position = part.position();
            append(sound, stripper.strip(part));
            assertThat(part.position()).isEqualTo(position);
        }
        append(sound, stripper.rest());
        return sound.toByteArray();
    }

    private static void append(ByteArrayOutputStream sound, ByteBuffer part) {
        byte[] copy = new byte[part.remaining()];
        part.get(copy);
        sound.writeBytes(copy);
    }

    /** Returns a header with any number of chunks of even and odd size before the samples, and with open sizes. */
    private static byte[] header(RandomGenerator random) {
        int placeholder = PLACEHOLDERS[random.nextInt(PLACEHOLDERS.length)];
        byte[] header = joined(chunk("RIFF", placeholder, ascii("WAVE")), chunk("fmt ", 16, new byte[16]));
        for (int i = random.nextInt(3); i > 0; i--) {
            int size = random.nextInt(30);
            header = joined(header, chunk("LIST", size, Splits.bytes(random, size + size % 2)));
        }
        return joined(header, chunk("data", placeholder, new byte[0]));
    }

    private static byte[] plainHeader() {
        byte[] header = new byte[WavHeader.BYTES];
        WavHeader.ofUnknownLength().get(header);
        return header;
    }

    private static byte[] chunk(String name, int size, byte[] body) {
        ByteBuffer chunk = ByteBuffer.allocate(8 + body.length).order(ByteOrder.LITTLE_ENDIAN);
        return chunk.put(ascii(name)).putInt(size).put(body).array();
    }

    private static byte[] joined(byte[] first, byte[] second) {
        return ByteBuffer.allocate(first.length + second.length)
                .put(first)
                .put(second)
                .array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
