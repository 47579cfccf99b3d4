package dev.stentor.speech;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A voice that can be asked for by name.
 *
 * @param name what a request calls it, case-sensitive; may hold a blank
 * @param chineseName how it is called in Chinese; null if it has no such name
 * @param sex of the speaker it sounds like
 * @param note a few words on its character
 * @param models names of the models that have it
 * @param kind where it comes from
 * @param languages that it speaks; empty if not known
 * @param dialect in which it speaks Chinese; null if it is the standard one
 */
public record Voice(
        String name,
        @Nullable String chineseName,
        Sex sex,
        String note,
        List<String> models,
        Kind kind,
        List<Language> languages,
        @Nullable String dialect) {

    /** Where a voice comes from. */
    public enum Kind {
        /** The service has it for everybody. */
        BUILTIN,
        /** Made from a recording, for one account. */
        CLONED,
        /** Made from a description, for one account. */
        DESIGNED,
        /** Speaks inside the gateway. */
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

    /** A built-in voice of which no more than this is known. */
    public Voice(String name, @Nullable String chineseName, Sex sex, String note, List<String> models) {
        this(name, chineseName, sex, note, models, Kind.BUILTIN, List.of(), null);
    }
}
