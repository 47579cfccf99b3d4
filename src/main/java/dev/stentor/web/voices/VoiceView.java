package dev.stentor.web.voices;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.stentor.speech.Language;
import dev.stentor.speech.Voice;
import dev.stentor.speech.voices.CustomVoice;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The JSON form of a voice, built-in or custom. Null means that a value does not exist or is unknown. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record VoiceView(
        String name,
        @JsonProperty("chinese_name") @Nullable String chineseName,
        @Nullable String sex,
        @Nullable String note,
        List<String> models,
        String kind,
        List<String> languages,
        @Nullable String dialect,
        @Nullable String created,
        @Nullable Preview preview) {

    /**
     * A sample of a voice.
     *
     * @param url address of the sample
     * @param data sample as a file in Base64; null unless the voice was just designed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Preview(
            String url,
            @JsonProperty("media_type") String mediaType,
            @Nullable String data) {}

    static VoiceView of(Voice voice) {
        return new VoiceView(
                voice.name(),
                voice.chineseName(),
                voice.sex() == null ? null : lower(voice.sex()),
                voice.note(),
                voice.models(),
                lower(voice.kind()),
                voice.languages().stream().map(Language::languageType).toList(),
                voice.dialect(),
                null,
                null);
    }

    /** Returns the JSON form of a custom voice; its note is the description that it was designed by. */
    static VoiceView of(CustomVoice voice) {
        String language = voice.language();
        return new VoiceView(
                voice.name(),
                null,
                null,
                Optional.ofNullable(voice.description()).orElse(lower(voice.kind()) + " voice"),
                voice.targetModel().isEmpty() ? List.of() : List.of(voice.targetModel()),
                lower(voice.kind()),
                language == null
                        ? List.of()
                        : List.of(Language.of(language)
                                .map(Language::languageType)
                                .orElse(language)),
                null,
                voice.created(),
                null);
    }

    VoiceView with(Preview newPreview) {
        return new VoiceView(name, chineseName, sex, note, models, kind, languages, dialect, created, newPreview);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
