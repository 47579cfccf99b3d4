package dev.stentor.speech.openai;

import dev.stentor.speech.SpeechRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A writer of request bodies: the common members and the ones of this server; unset members are left out. */
final class SpeechBody {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final OpenAiSettings settings;

    SpeechBody(OpenAiSettings settings) {
        this.settings = settings;
    }

    byte[] of(SpeechRequest request) {
        Map<String, Object> members = new LinkedHashMap<>();
        put(members, "model", named(request.model(), settings.defaultModel(), settings.models()));
        members.put("input", request.text());
        put(members, "voice", named(request.voice(), settings.defaultVoice(), settings.voices()));
        members.put("response_format", "pcm");
        put(members, "instructions", request.instructions());
        if (request.speed() != 1) {
            members.put("speed", request.speed());
        }
        if (!settings.languageMember().isEmpty()) {
            put(members, settings.languageMember(), request.languageType());
        }
        settings.extra().forEach((name, text) -> {
            Object value = value(text);
            if (value == null) {
                members.remove(name);
            } else {
                members.put(name, value);
            }
        });
        return JSON.writeValueAsBytes(members);
    }

    private static @Nullable String named(@Nullable String asked, String standard, Map<String, String> names) {
        String name = asked == null ? standard : asked;
        return names.getOrDefault(name, name);
    }

    private static void put(Map<String, Object> members, String name, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            members.put(name, value);
        }
    }

    /** Returns the text as JSON if it is JSON, else as text; null for the word {@code null}. */
    private static @Nullable Object value(String text) {
        try {
            return text.isBlank() ? text : JSON.readValue(text, Object.class);
        } catch (JacksonException _) {
            return text;
        }
    }
}
