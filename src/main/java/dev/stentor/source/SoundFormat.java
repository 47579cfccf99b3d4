package dev.stentor.source;

import dev.stentor.audio.ResamplerPreset;
import dev.stentor.audio.SoundReader;
import dev.stentor.audio.UnreadableSound;
import dev.stentor.audio.WavReader;
import dev.stentor.codec.OggOpusReader;
import java.nio.charset.StandardCharsets;

/** Recognizes the format of a sound by its first bytes. */
final class SoundFormat {

    /** Number of bytes that are needed. */
    static final int HEAD_BYTES = 12;

    private SoundFormat() {}

    static boolean isWav(byte[] head) {
        return has(head, 0, "RIFF") || has(head, 0, "RF64");
    }

    /**
     * Returns a reader for a sound that begins with these bytes. Fails with {@link UnreadableSound}, which tells the formats that
     * are accepted.
     */
    static SoundReader reader(byte[] head, ResamplerPreset preset) {
        if (isWav(head)) {
            return new WavReader(preset);
        }
        if (has(head, 0, "OggS")) {
            return new OggOpusReader();
        }
        throw new UnreadableSound(
                "UnsupportedFormat", "WAV and Ogg-Opus are taken; this is " + name(head) + ". Convert it first.");
    }

    private static String name(byte[] head) {
        if (has(head, 0, "fLaC")) {
            return "FLAC";
        }
        if (has(head, 4, "ftyp")) {
            return "MP4";
        }
        if (has(head, 0, "FORM")) {
            return "AIFF";
        }
        boolean frame = head.length > 1 && (head[0] & 0xFF) == 0xFF && (head[1] & 0xE0) == 0xE0;
        return has(head, 0, "ID3") || frame ? "MP3 or AAC" : "something else";
    }

    private static boolean has(byte[] bytes, int at, String word) {
        return bytes.length >= at + word.length()
                && new String(bytes, at, word.length(), StandardCharsets.ISO_8859_1).equals(word);
    }
}
