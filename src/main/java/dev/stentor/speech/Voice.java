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
 */
public record Voice(String name, @Nullable String chineseName, Sex sex, String note, List<String> models) {

    /** The sex that a voice sounds like. */
    public enum Sex {
        FEMALE,
        MALE
    }

    public Voice {
        models = List.copyOf(models);
    }
}
