package dev.stentor.web.dashscope;

import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** The bodies that go out, member by member in the service's order; {@code requestId} is written {@code request_id}. */
final class Json {

    /** Reads and writes; immutable. */
    static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .build();

    private Json() {}

    /** The data of one result frame, and the body of a whole answer. */
    record Result(Output output, Usage usage, String requestId) {}

    /** A {@code finishReason} is the string "null" until the last frame says "stop". */
    record Output(Audio audio, String finishReason) {}

    /**
     * A piece of sound.
     *
     * @param data Base64 of 24 kHz mono 16-bit samples; empty in the last frame
     * @param expiresAt until when the file is kept, in seconds of the epoch
     * @param url where the whole file is; empty as long as none is kept
     */
    record Audio(String data, long expiresAt, String id, String url) {}

    record Usage(long characters) {}

    /** The body of an error answer, and the data of an error frame. */
    record Failure(String code, String message, String requestId) {}
}
