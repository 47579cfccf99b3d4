package dev.stentor.speech.voices;

import org.jspecify.annotations.Nullable;

/**
 * What came of a {@link DesignOrder}.
 *
 * @param voice the voice
 * @param preview how it sounds; null if the service sent nothing
 */
public record DesignedVoice(CustomVoice voice, @Nullable Preview preview) {

    /**
     * A file of the preview text, spoken.
     *
     * @param base64 the file
     * @param format of the file, such as {@code wav}
     */
    public record Preview(String base64, String format) {}
}
