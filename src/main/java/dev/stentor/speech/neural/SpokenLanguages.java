package dev.stentor.speech.neural;

import dev.stentor.speech.Language;
import dev.stentor.speech.SpeechFailure.InvalidInput;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.TextLanguage;
import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules for languages: English and Mandarin are spoken, alone or mixed. */
final class SpokenLanguages {

    private static final Set<UnicodeScript> ENGLISH =
            EnumSet.of(UnicodeScript.LATIN, UnicodeScript.COMMON, UnicodeScript.INHERITED);
    private static final Set<UnicodeScript> CHINESE = EnumSet.of(UnicodeScript.HAN, UnicodeScript.BOPOMOFO);

    private SpokenLanguages() {}

    /**
     * Returns the reason why a text is in a language that is not spoken; empty if it can be spoken.
     *
     * @param noChinese why Chinese is not spoken; null if it is
     */
    static Optional<InvalidInput> refusal(SpeechRequest request, @Nullable String noChinese) {
        String type = request.languageType();
        if (type != null && isForeign(type)) {
            return Optional.of(refused("language_type", type));
        }
        boolean hasHan = request.text().codePoints().anyMatch(letter -> CHINESE.contains(UnicodeScript.of(letter)));
        if (hasHan && noChinese != null) {
            return Optional.of(new InvalidInput("text", "The text has Chinese characters, and " + noChinese));
        }
        boolean hasOthers = request.text().codePoints().anyMatch(letter -> isOther(letter));
        return hasOthers
                ? Optional.of(
                        refused("text", TextLanguage.foreign(request.text()).orElse("Another script")))
                : Optional.empty();
    }

    private static boolean isOther(int letter) {
        UnicodeScript script = UnicodeScript.of(letter);
        return Character.isLetter(letter) && !ENGLISH.contains(script) && !CHINESE.contains(script);
    }

    private static boolean isForeign(@Nullable String type) {
        return type != null
                && !type.isBlank()
                && !type.equalsIgnoreCase("Auto")
                && Language.of(type)
                        .map(language -> language != Language.ENGLISH && language != Language.CHINESE)
                        .orElse(true);
    }

    private static InvalidInput refused(String field, String language) {
        return new InvalidInput(
                field,
                "The natural voice speaks English and Chinese only, not " + language
                        + ". Set DASHSCOPE_API_KEY to use the "
                        + "cloud voices, or gateway.command to have a local program speak.");
    }
}
