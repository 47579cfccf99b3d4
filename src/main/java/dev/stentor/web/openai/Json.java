package dev.stentor.web.openai;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The JSON bodies of answers, with their members in OpenAI's order; {@code inputTokens} is written {@code input_tokens}. */
final class Json {

    /** The reader and writer of JSON; immutable. */
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

    /** The explanation of an error. Its {@code param} is null, and written as null, if no member of the request is to blame. */
    record Explanation(
            String message, String type, @Nullable String param, String code) {
        static Explanation of(Fault fault) {
            return new Explanation(fault.message(), fault.type(), fault.param(), fault.code());
        }
    }

    /** An event with a piece of sound, in Base64. */
    record Delta(String type, String audio) {}

    /** The last event of complete speech. */
    record Done(String type, Usage usage) {}

    /** The usage: billed characters in place of OpenAI's tokens; sound costs nothing beyond its text. */
    record Usage(long inputTokens, long outputTokens, long totalTokens) {}

    /** The last event of speech that failed. */
    record FailureEvent(String type, Explanation error) {}
}
