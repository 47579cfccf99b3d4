package dev.stentor.speech.qwen;

import dev.stentor.speech.Language;
import dev.stentor.speech.Voice;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A speech model, by the name that requests use.
 *
 * @param name name that a request uses
 * @param family family of the model
 * @param standsFor dated snapshot behind a name that moves; null if the name is a snapshot itself
 * @param regions identifiers of the regions that offer it, such as {@code ap-southeast-1}
 * @param textLimit limit of one request; null if there is none, or none is known
 * @param instructions whether it can be told how to speak
 * @param voices kinds of voices that it speaks in
 * @param languages languages that it speaks; empty if not known
 * @param transport way in which it is reached
 */
public record Model(
        String name,
        Family family,
        @Nullable String standsFor,
        Set<String> regions,
        @Nullable ModelTextLimit textLimit,
        boolean instructions,
        Set<Voice.Kind> voices,
        List<Language> languages,
        Transport transport) {

    /** A family of models that take the same parameters. */
    public enum Family {
        /** Built-in voices, ten languages. */
        FLASH,
        /** Like {@link #FLASH}, and follows instructions on how to speak. */
        INSTRUCT,
        /** Speaks only in voices that were designed by a description. */
        VOICE_DESIGN,
        /** Speaks only in voices that were cloned from a recording. */
        VOICE_CLONING,
        /** The first generation: Chinese and English. */
        QWEN_TTS,
        /** Model inside the gateway; none of the service's. */
        EMBEDDED
    }

    /** The way in which a model is reached. */
    public enum Transport {
        /** One request, one answer: what this gateway speaks. */
        HTTP,
        /** A WebSocket of the service's own protocol: listed so that asking for it can be answered well. */
        REALTIME
    }

    public Model {
        regions = Set.copyOf(regions);
        voices = Set.copyOf(voices);
        languages = List.copyOf(languages);
    }

    /** Creates a model of which no more than this is known. */
    public Model(String name, Family family, @Nullable String standsFor, Set<String> regions) {
        this(
                name,
                family,
                standsFor,
                regions,
                null,
                false,
                Set.of(family == Family.EMBEDDED ? Voice.Kind.EMBEDDED : Voice.Kind.BUILTIN),
                List.of(),
                Transport.HTTP);
    }

    /** Tells whether a name means this model: its own, or that of the snapshot that it stands for. */
    boolean isCalled(String other) {
        return name.equals(other) || other.equals(standsFor);
    }
}
