package dev.stentor.speech.voices;

import org.jspecify.annotations.Nullable;

/**
 * Asks for a voice that fits a description.
 *
 * @param name a part of the name that the service will give; see {@code VoiceRules.name}
 * @param targetModel that is to speak in it
 * @param description of the voice, in Chinese or English
 * @param previewText what it says in its preview
 * @param language of the preview text, as its code; null leaves it to the service
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
