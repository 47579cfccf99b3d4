package dev.stentor.web.dashscope;

import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The JSON bodies of answers, with their members in the service's order; {@code requestId} is written {@code request_id}. */
final class Json {

    /** The reader and writer of JSON; immutable. */
    static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private Json() {}

    /** The data of one result frame, and the body of a whole answer. */
    record Result(Output output, Usage usage, String requestId) {}

    /** The output; its {@code finishReason} is the string "null" until the last frame, which says "stop". */
    record Output(Audio audio, String finishReason) {}

    /**
     * A piece of sound.
     *
     * @param data samples in Base64, 24 kHz mono 16-bit; empty in the last frame
     * @param expiresAt time until which the recording is kept, in seconds since the epoch
     * @param url address of the whole recording; empty as long as there is none
     */
    record Audio(String data, long expiresAt, String id, String url) {}

    record Usage(long characters) {}

    /** The body of an error answer, and the data of an error frame. */
    record Failure(String code, String message, String requestId) {}
}
