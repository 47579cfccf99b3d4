package dev.stentor.web.dashscope;

import dev.stentor.audio.RecordedSound;
import dev.stentor.speech.qwen.VoiceRules;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Base64;

/** Checks the recording within a request's body: a data URI, or an address that the service fetches from. Blocks. */
final class EmbeddedRecording {

    private static final String FIELD = "input.audio.data";
    private static final int LONGEST_PREFIX = 200;

    private final Opening body;
    private final long at;

    /**
     * In a body.
     *
     * @param body opens it anew
     * @param at the byte at which the string begins with its quote
     */
    EmbeddedRecording(Opening body, long at) {
        this.body = body;
        this.at = at;
    }

    /** Opens a body from its start. */
    interface Opening {
        InputStream open() throws IOException;
    }

    /** Throws a {@link Rejection} that says what is wrong with it. */
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

    /** Up to the comma behind which the data of a data URI begins; as much as there may be if there is none. */
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
