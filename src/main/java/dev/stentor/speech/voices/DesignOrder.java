package dev.stentor.speech.voices;

import org.jspecify.annotations.Nullable;

/**
 * An order for a voice that fits a description.
 *
 * @param name part of the name that the service will give; see {@code VoiceRules.name}
 * @param targetModel model that is to speak in it
 * @param description description of the voice, in Chinese or English
 * @param previewText text of its preview
 * @param language language of the preview text, as its code; null leaves it to the service
 */
public record DesignOrder(
        String name,
        String targetModel,
        String description,
        String previewText,
        @Nullable String language) {

    /** Never shows the texts. */
    @Override
    public String toString() {
        return "DesignOrder[" + name + ", " + targetModel + "]";
    }
}
