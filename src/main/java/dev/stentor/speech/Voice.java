package dev.stentor.speech;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A voice that can be asked for by name.
 *
 * @param name name that a request uses, case-sensitive; may hold a blank
 * @param chineseName name in Chinese; null if it has none
 * @param sex of the speaker it sounds like; null if that is not known
 * @param note a few words on its character
 * @param models names of the models that have it
 * @param kind origin of the voice
 * @param languages languages that it speaks; empty if not known
 * @param dialect dialect in which it speaks Chinese; null if it is the standard one
 */
public record Voice(
        String name,
        @Nullable String chineseName,
        @Nullable Sex sex,
        String note,
        List<String> models,
        Kind kind,
        List<Language> languages,
        @Nullable String dialect) {

    /** The origin of a voice. */
    public enum Kind {
        /** A voice that is built into the service, for everybody; not one of the gateway, see {@link #EMBEDDED}. */
        BUILTIN,
        /** A voice made from a recording, for one account. */
        CLONED,
        /** A voice made from a description, for one account. */
        DESIGNED,
        /** A voice that speaks inside the gateway. */
        EMBEDDED
    }

    /** The sex that a voice sounds like. */
    public enum Sex {
        FEMALE,
        MALE
    }

    public Voice {
        models = List.copyOf(models);
        languages = List.copyOf(languages);
    }

    /** Creates a built-in voice of which no more than this is known. */
    public Voice(String name, @Nullable String chineseName, Sex sex, String note, List<String> models) {
        this(name, chineseName, sex, note, models, Kind.BUILTIN, List.of(), null);
    }
}
