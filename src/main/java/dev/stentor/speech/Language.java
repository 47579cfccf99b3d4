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

    /** As making a voice has it: {@code zh}. */
    public String code() {
        return code;
    }

    /** As {@code language_type} has it: {@code Chinese}. */
    public String languageType() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }

    /** By either name, in any case; empty if it is none of these. */
    public static Optional<Language> of(String name) {
        return Arrays.stream(values())
                .filter(language ->
                        language.code.equalsIgnoreCase(name) || language.name().equalsIgnoreCase(name))
                .findFirst();
    }
}
