package dev.stentor.web.dashscope;

import dev.stentor.audio.RecordedSound;
import dev.stentor.speech.qwen.VoiceRules;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Base64;

/** The recording within a request's body: a data URI, or an address that the service fetches it from. Blocks. */
final class EmbeddedRecording {

    private static final String FIELD = "input.audio.data";
    private static final int LONGEST_PREFIX = 200;

    private final Opening body;
    private final long at;

    /**
     * Creates the recording of a body.
     *
     * @param body function that opens the body from its start
     * @param at byte offset in the body of the quote that opens the string
     */
    EmbeddedRecording(Opening body, long at) {
        this.body = body;
        this.at = at;
    }

    /** A function that opens a body from its start. */
    interface Opening {
        InputStream open() throws IOException;
    }

    /** Checks the recording by the service's rules; throws a {@link Rejection} that says what is wrong. */
    void check() throws IOException {
        String prefix;
        try (InputStream string = string()) {
            prefix = prefix(string);
        }
        if (prefix.startsWith("http://") || prefix.startsWith("https://") || prefix.startsWith("oss://")) {
            return;
        }
        if (!prefix.startsWith("data:") || !prefix.endsWith(";base64,")) {
            throw rejection("A data URI with Base64, or a public URL, is expected.");
        }
        try {
            long bytes;
            try (InputStream sound = sound()) {
                bytes = sound.transferTo(OutputStream.nullOutputStream());
            }
            CustomizationRules.reject(VoiceRules.recordingBytes(FIELD, bytes));
            try (InputStream sound = sound()) {
                CustomizationRules.reject(VoiceRules.recording(
                        FIELD,
                        RecordedSound.read(sound, bytes)
                                .orElseThrow(() -> rejection("The recording is neither WAV nor MP3 nor M4A."))));
            }
        } catch (EOFException _) {
            throw rejection("The recording is cut off within its head.");
        } catch (IOException _) {
            throw rejection("The data URI is not Base64.");
        }
    }

    private InputStream sound() throws IOException {
        InputStream string = string();
        var _ = prefix(string);
        return Base64.getDecoder().wrap(string);
    }

    private InputStream string() throws IOException {
        InputStream in = body.open();
        in.skipNBytes(at + 1);
        return new JsonStringStream(in);
    }

    /** Reads up to the comma before the data of a data URI; without a comma, up to the longest prefix or the end. */
    private static String prefix(InputStream string) throws IOException {
        var prefix = new StringBuilder();
        while (prefix.length() < LONGEST_PREFIX) {
            int next = string.read();
            if (next < 0) {
                break;
            }
            prefix.append((char) (next & 0xFF));
            if (next == ',') {
                break;
            }
        }
        return prefix.toString();
    }

    private static Rejection rejection(String message) {
        return new Rejection(Fault.invalid(FIELD + ": " + message));
    }
}
