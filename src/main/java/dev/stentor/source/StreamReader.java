package dev.stentor.source;

import dev.stentor.audio.PcmFormat;
import dev.stentor.audio.RawReader;
import dev.stentor.audio.ResamplerPreset;
import dev.stentor.audio.SoundReader;
import dev.stentor.audio.SpeechTime;
import dev.stentor.audio.UnreadableSound;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A reader of a stream: WAV or Ogg-Opus, recognized by its first bytes, or else plain samples, by its media type:
 * {@code audio/L16} (big-endian) or {@code audio/pcm} (little-endian), 16 bits, with {@code rate} and {@code channels}. Confined
 * to one stream.
 */
final class StreamReader {

    private static final float[] NOTHING = {};

    private final String mediaType;
    private final ResamplerPreset preset;
    private final ByteBuffer head = ByteBuffer.allocate(SoundFormat.HEAD_BYTES);
    private final LongConsumer faulty;
    private @Nullable SoundReader reader;
    private long reported;

    /** @param faulty gets the number of new samples that were no numbers, or too large */
    StreamReader(@Nullable String mediaType, ResamplerPreset preset, LongConsumer faulty) {
        this.mediaType =
                mediaType == null ? "" : mediaType.toLowerCase(Locale.ROOT).replace(" ", "");
        this.preset = preset;
        this.faulty = faulty;
    }

    /** Takes the next bytes, and returns the samples that are complete now. Fails with {@link UnreadableSound}. */
    float[] read(ByteBuffer bytes) {
        float[] samples = reader == null ? begin(bytes) : reader.read(bytes);
        report();
        return samples;
    }

    private float[] begin(ByteBuffer bytes) {
        int count = Math.min(head.remaining(), bytes.remaining());
        head.put(bytes.slice(bytes.position(), count));
        if (head.hasRemaining()) {
            return NOTHING;
        }
        SoundReader begun = begin();
        float[] first = begun.read(head.flip());
        float[] rest = begun.read(bytes.slice(bytes.position() + count, bytes.remaining() - count));
        float[] both = Arrays.copyOf(first, first.length + rest.length);
        System.arraycopy(rest, 0, both, first.length, rest.length);
        return both;
    }

    /** Ends the stream, and returns the samples that are still held. */
    float[] finish() {
        return reader == null ? NOTHING : reader.finish();
    }

    private void report() {
        if (reader != null) {
            SoundReader.Faults faults = reader.faults();
            long all = faults.silenced() + faults.clamped();
            if (all > reported) {
                faulty.accept(all - reported);
                reported = all;
            }
        }
    }

    private SoundReader begin() {
        boolean big = mediaType.startsWith("audio/l16");
        boolean known = head.get(0) == 'R' || head.get(0) == 'O';
        SoundReader begun = !known && (big || mediaType.startsWith("audio/pcm"))
                ? new RawReader(
                        new PcmFormat(number("rate", SpeechTime.SAMPLES_PER_SECOND), number("channels", 1), Short.SIZE),
                        big,
                        preset)
                : SoundFormat.reader(head.array(), preset);
        reader = begun;
        return begun;
    }

    private int number(String parameter, int absent) {
        int at = mediaType.indexOf(";" + parameter + "=");
        if (at < 0) {
            return absent;
        }
        String digits = mediaType.substring(at + parameter.length() + 2).split("[^0-9]", 2)[0];
        if (digits.isEmpty() || digits.length() > 6 || Integer.parseInt(digits) == 0) {
            throw new UnreadableSound("UnsupportedRate", "The stream's media type has a wrong " + parameter + ".");
        }
        return Integer.parseInt(digits);
    }
}
