package dev.stentor.speech.voices;

import dev.stentor.speech.Voice;
import org.jspecify.annotations.Nullable;

/**
 * A voice that was made for one account.
 *
 * @param name what a request calls it; given by the service
 * @param kind {@link Voice.Kind#CLONED} or {@link Voice.Kind#DESIGNED}
 * @param targetModel the only model that can speak in it; empty if the service did not say
 * @param language for which it was made, as its code; null if not known
 * @param created when it was made, as the service writes it, without a time zone; null if not known
 * @param description from which it was designed; null if not known, or cloned
 */
public record CustomVoice(
        String name,
        Voice.Kind kind,
        String targetModel,
        @Nullable String language,
        @Nullable String created,
        @Nullable String description) {

    private static final String CLONED = "qwen-tts-vc-";
    private static final String DESIGNED = "qwen-tts-vd-";

    public CustomVoice {
        if (!isMade(kind)) {
            throw new IllegalArgumentException("a voice of kind " + kind + " was not made for an account");
        }
    }

    /** What the form of a name says about the voice; null if nothing. */
    public static Voice.@Nullable Kind kindOf(String name) {
        if (name.startsWith(CLONED)) {
            return Voice.Kind.CLONED;
        }
        return name.startsWith(DESIGNED) ? Voice.Kind.DESIGNED : null;
    }

    /** Whether voices of a kind are made for one account. */
    public static boolean isMade(Voice.Kind kind) {
        return kind == Voice.Kind.CLONED || kind == Voice.Kind.DESIGNED;
    }

    /** Never shows the description, which is a user's text. */
    @Override
    public String toString() {
        return "CustomVoice[" + name + ", " + kind + ", " + targetModel + "]";
    }
}
