package dev.stentor.audio;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The facts that the head of a sound file tells. The kind of the file is recognized by its content, not by its name.
 *
 * @param container the kind of the file
 * @param sampleRateHz 0 if not known
 * @param channels 0 if not known
 * @param bitsPerSample bits of one PCM sample; 0 if not known, or not PCM
 * @param length duration; null if not known. For MP3 without an index it is estimated from the first frame
 */
public record RecordedSound(
        Container container,
        int sampleRateHz,
        int channels,
        int bitsPerSample,
        @Nullable Duration length) {

    private static final int MAGIC_BYTES = 12;

    /** The kinds of files that are recognized. */
    public enum Container {
        WAV("audio/wav"),
        MP3("audio/mpeg"),
        M4A("audio/mp4");

        private final String mediaType;

        Container(String mediaType) {
            this.mediaType = mediaType;
        }

        /** Returns the media type for HTTP. */
        public String mediaType() {
            return mediaType;
        }
    }

    /** Returns the duration; empty if it is not known. */
    public Optional<Duration> duration() {
        return Optional.ofNullable(length);
    }

    /** Tells whether the sample rate is known. */
    public boolean knowsRate() {
        return sampleRateHz > 0;
    }

    /**
     * Reads as much of a file as is needed. Returns empty if the file is of no known kind. Blocks as the stream does.
     *
     * @param bytes length of the whole file: sizes that reach past its end are not trusted
     * @throws EOFException if the file ends within its own head
     */
    public static Optional<RecordedSound> read(InputStream file, long bytes) throws IOException {
        var stream = new PushbackInputStream(file, MAGIC_BYTES);
        byte[] magic = stream.readNBytes(MAGIC_BYTES);
        stream.unread(magic);
        var head = new FileHead(stream, bytes);
        if (has(magic, 0, "RIFF") && has(magic, 8, "WAVE")) {
            return Optional.of(WavFile.read(head));
        }
        if (has(magic, 4, "ftyp")) {
            return Optional.of(M4aFile.read(head));
        }
        return has(magic, 0, "ID3") || Mp3Frame.isSync(magic)
                ? Mp3Frame.find(head).map(Mp3Frame::sound)
                : Optional.empty();
    }

    private static boolean has(byte[] bytes, int at, String word) {
        if (bytes.length < at + word.length()) {
            return false;
        }
        for (int n = 0; n < word.length(); n++) {
            if (bytes[at + n] != word.charAt(n)) {
                return false;
            }
        }
        return true;
    }
}
