package dev.stentor.audio;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the head of a sound file says about it, told by its content and not by its name.
 *
 * @param container the form of the file
 * @param sampleRateHz 0 if not known
 * @param channels 0 if not known
 * @param bitsPerSample of PCM; 0 if not known, or not PCM
 * @param length how long it lasts; null if not known. For MP3 without an index it is estimated from the first frame
 */
public record RecordedSound(
        Container container,
        int sampleRateHz,
        int channels,
        int bitsPerSample,
        @Nullable Duration length) {

    private static final int MAGIC_BYTES = 12;

    /** The forms that are told apart. */
    public enum Container {
        WAV("audio/wav"),
        MP3("audio/mpeg"),
        M4A("audio/mp4");

        private final String mediaType;

        Container(String mediaType) {
            this.mediaType = mediaType;
        }

        /** By which the form is known on the wire. */
        public String mediaType() {
            return mediaType;
        }
    }

    /** How long it lasts; empty if not known. */
    public Optional<Duration> duration() {
        return Optional.ofNullable(length);
    }

    /** Whether the sample rate is known. */
    public boolean knowsRate() {
        return sampleRateHz > 0;
    }

    /**
     * Reads as much of a file as needed; empty if it is none of the known forms. Blocks as the stream does.
     *
     * @param bytes length of the whole file: sizes within it are not believed past its end
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
