package dev.stentor.speech.voices;

import org.jspecify.annotations.Nullable;

/**
 * The result of a {@link DesignOrder}.
 *
 * @param voice the voice
 * @param preview sample of its sound; null if the service sent none
 */
public record DesignedVoice(CustomVoice voice, @Nullable Preview preview) {

    /**
     * A file with the spoken preview text.
     *
     * @param base64 content of the file
     * @param format format of the file, such as {@code wav}
     */
    public record Preview(String base64, String format) {}
}
