package dev.stentor.audio;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpeechConverterTest {

    private static final PcmFormat PIPER = new PcmFormat(22_050, 1, 16);
    private static final byte[] SOUND = Splits.bytes(Splits.random(1), 8_820);

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void anySplitGivesTheSameSamples(long seed) {
        RandomGenerator random = Splits.random(seed);
        byte[] wav = wav(1, 1, 22_050, 16, SOUND);
        byte[] expected = convert(PcmFormat.SPEECH, List.of(ByteBuffer.wrap(wav)));
        assertThat(expected).hasSize(9_600);
        for (int i = 0; i < 50; i++) {
            assertThat(convert(PcmFormat.SPEECH, Splits.anywhere(random, wav))).isEqualTo(expected);
            assertThat(convert(PIPER, Splits.anywhere(random, SOUND))).isEqualTo(expected);
        }
    }

    @Test
    void aHeaderIsBelievedBeforeWhatWasExpected() {
        assertThat(convert(PIPER, List.of(ByteBuffer.wrap(wav(1, 1, 24_000, 16, SOUND)))))
                .isEqualTo(SOUND);
        assertThat(convert(PIPER, List.of(ByteBuffer.wrap(wav(1, 2, 48_000, 16, SOUND)))))
                .hasSize(2_206);
    }

    @Test
    void theExtendedFormOfAHeaderIsUnderstood() {
        byte[] extended = new byte[40];
        ByteBuffer.wrap(extended)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(0, (short) 0xFFFE)
                .putShort(2, (short) 1)
                .putInt(4, 24_000)
                .putShort(14, (short) 16)
                .putShort(24, (short) 1);
        assertThat(convert(PIPER, List.of(ByteBuffer.wrap(wav(extended, SOUND)))))
                .isEqualTo(SOUND);
    }

    @Test
    void halfASampleAtTheEndIsDropped() {
        byte[] odd = new byte[SOUND.length + 1];
        System.arraycopy(SOUND, 0, odd, 0, SOUND.length);
        assertThat(convert(PcmFormat.SPEECH, List.of(ByteBuffer.wrap(odd)))).isEqualTo(SOUND);
    }

    @Test
    void whatOnlyLooksLikeAHeaderIsSound() {
        byte[] short1 = "RIFFWA".getBytes(US_ASCII);
        assertThat(convert(PcmFormat.SPEECH, List.of(ByteBuffer.wrap(short1)))).isEqualTo(short1);
        byte[] nothing = new byte[0];
        assertThat(convert(PIPER, List.of(ByteBuffer.wrap(nothing)))).isEmpty();
        assertThat(convert(PIPER, List.of(ByteBuffer.wrap(wav(1, 1, 24_000, 16, nothing)))))
                .isEmpty();
    }

    @Test
    void otherShapesAreRefusedInWords() {
        refused(wav(3, 1, 24_000, 32, SOUND), "the samples must be linear PCM, were of WAV coding 3");
        refused(wav(1, 1, 24_000, 24, SOUND), "bitsPerSample must be 16, was 24");
        refused(wav(1, 1, 24_000, 0, SOUND), "bitsPerSample must be 8, 16, 24 or 32, was 0");
        refused(wav(1, 0, 24_000, 16, SOUND), "channels must be positive, was 0");
        refused(wav(1, 1, 12_345, 16, SOUND), "inHz must be one of");
    }

    private static void refused(byte[] wav, String why) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> convert(PIPER, List.of(ByteBuffer.wrap(wav))))
                .withMessageStartingWith(why);
    }

    private static byte[] convert(PcmFormat expected, List<ByteBuffer> parts) {
        var converter = new SpeechConverter(expected);
        var joined = new ByteArrayOutputStream();
        for (ByteBuffer part : parts) {
            append(joined, converter.convert(part));
        }
        append(joined, converter.finish());
        return joined.toByteArray();
    }

    private static void append(ByteArrayOutputStream joined, ByteBuffer part) {
        assertThat(part.isReadOnly()).isTrue();
        byte[] bytes = new byte[part.remaining()];
        part.duplicate().get(bytes);
        joined.writeBytes(bytes);
    }

    private static byte[] wav(int coding, int channels, int rateHz, int bits, byte[] sound) {
        byte[] shape = new byte[16];
        ByteBuffer.wrap(shape)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) coding)
                .putShort((short) channels)
                .putInt(rateHz)
                .putInt(rateHz * channels * bits / 8)
                .putShort((short) (channels * bits / 8))
                .putShort((short) bits);
        return wav(shape, sound);
    }

    /** Returns a WAV file with open sizes, as a server writes it that streams. */
    private static byte[] wav(byte[] shape, byte[] sound) {
        ByteBuffer wav =
                ByteBuffer.allocate(12 + 8 + shape.length + 8 + sound.length).order(ByteOrder.LITTLE_ENDIAN);
        wav.put("RIFF".getBytes(US_ASCII)).putInt(-1).put("WAVE".getBytes(US_ASCII));
        wav.put("fmt ".getBytes(US_ASCII)).putInt(shape.length).put(shape);
        return wav.put("data".getBytes(US_ASCII)).putInt(-1).put(sound).array();
    }
}
