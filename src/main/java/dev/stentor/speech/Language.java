package dev.stentor.speech;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The languages that the Qwen-TTS service documents. It takes others as well: do not refuse a request for not being here. */
public enum Language {
    CHINESE("zh"),
    ENGLISH("en"),
    GERMAN("de"),
    ITALIAN("it"),
    PORTUGUESE("pt"),
    SPANISH("es"),
    JAPANESE("ja"),
    KOREAN("ko"),
    FRENCH("fr"),
    RUSSIAN("ru");

    private final String code;

    Language(String code) {
        this.code = code;
    }

    /** Returns the code that making a voice uses, such as {@code zh}. */
    public String code() {
        return code;
    }

    /** Returns the name that {@code language_type} uses, such as {@code Chinese}. */
    public String languageType() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }

    /** Finds a language by its code or its name, in any case; empty if it is none of these. */
    public static Optional<Language> of(String name) {
        return Arrays.stream(values())
                .filter(language ->
                        language.code.equalsIgnoreCase(name) || language.name().equalsIgnoreCase(name))
                .findFirst();
    }
}
