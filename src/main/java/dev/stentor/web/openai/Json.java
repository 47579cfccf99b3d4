package dev.stentor.web.openai;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** What goes out, member by member in OpenAI's order; {@code inputTokens} is written {@code input_tokens}. */
final class Json {

    /** Reads and writes; immutable. */
    static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private Json() {}

    /** The body of an error answer. */
    record Failure(Explanation error) {
        static Failure of(Fault fault) {
            return new Failure(Explanation.of(fault));
        }
    }

    /** A {@code param} is null if no member of the request is to blame, and is written so. */
    record Explanation(
            String message, String type, @Nullable String param, String code) {
        static Explanation of(Fault fault) {
            return new Explanation(fault.message(), fault.type(), fault.param(), fault.code());
        }
    }

    /** An event with sound in it, Base64. */
    record Delta(String type, String audio) {}

    /** The last event of speech that is whole. */
    record Done(String type, Usage usage) {}

    /** Characters as the service bills them, where OpenAI counts tokens; sound costs nothing beyond its text. */
    record Usage(long inputTokens, long outputTokens, long totalTokens) {}

    /** The last event of speech that broke off. */
    record FailureEvent(String type, Explanation error) {}
}
