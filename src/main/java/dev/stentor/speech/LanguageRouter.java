package dev.stentor.speech;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Two engines as one: one for English, and one for the texts that it cannot speak. Thread-safe.
 *
 * <p>The language is known by {@code language_type} and by script: English goes to the first engine; another named language goes to the
 * second, and so does every text with letters that are not Latin. If the chosen engine objects to a request and the other does not, the
 * other one speaks it.
 */
public final class LanguageRouter implements SpeechEngine {

    private final SpeechEngine english;
    private final SpeechEngine others;

    /** Joins the engine for English in Latin letters with the one for all else. */
    public LanguageRouter(SpeechEngine english, SpeechEngine others) {
        this.english = english;
        this.others = others;
    }

    @Override
    public Speech speak(SpeechRequest request) {
        return chosen(request).speak(request);
    }

    @Override
    public Optional<SpeechFailure.InvalidInput> objection(SpeechRequest request) {
        return chosen(request).objection(request);
    }

    private SpeechEngine chosen(SpeechRequest request) {
        boolean foreign = TextLanguage.foreign(request.text()).isPresent() || isNamedForeign(request.languageType());
        SpeechEngine first = foreign ? others : english;
        SpeechEngine second = foreign ? english : others;
        return first.objection(request).isEmpty() || second.objection(request).isPresent() ? first : second;
    }

    private static boolean isNamedForeign(@Nullable String languageType) {
        return languageType != null
                && !languageType.isBlank()
                && !languageType.equalsIgnoreCase("Auto")
                && !languageType.equalsIgnoreCase("English");
    }
}
