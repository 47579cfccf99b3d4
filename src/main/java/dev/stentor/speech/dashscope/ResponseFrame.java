package dev.stentor.speech.dashscope;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of one event, and of an HTTP error. Every member may be absent, null or, if it is text, empty; all three
 * mean the same.
 *
 * @param code of an error
 * @param message of an error
 */
record ResponseFrame(
        @JsonProperty @Nullable Output output,
        @JsonProperty @Nullable Usage usage,
        @JsonProperty("request_id") @Nullable String requestId,
        @JsonProperty @Nullable String code,
        @JsonProperty @Nullable String message) {

    static final ResponseFrame EMPTY = new ResponseFrame(null, null, null, null, null);

    /** Whether it tells of an error instead of carrying output. */
    boolean isError() {
        return output == null && !(textOr(code, "") + textOr(message, "")).isEmpty();
    }

    /** Whether the service says that nothing is missing. Running is the word "null", JSON null or nothing at all. */
    boolean saysStop() {
        return output != null && "stop".equals(output.finishReason);
    }

    /** Null if there is none in any form. */
    @Nullable Audio audio() {
        return output == null ? null : output.audio;
    }

    /** {@code otherwise} if the text says nothing. */
    static String textOr(@Nullable String text, String otherwise) {
        return text == null || text.isEmpty() ? otherwise : text;
    }

    record Output(
            @JsonProperty @Nullable Audio audio,
            @JsonProperty("finish_reason") @Nullable String finishReason) {}

    /**
     * @param data Base64 of the next samples
     * @param expiresAt end of the file behind {@code url}, seconds since 1970
     */
    record Audio(
            @JsonProperty @Nullable String data,
            @JsonProperty @Nullable String url,
            @JsonProperty("expires_at") @Nullable Long expiresAt) {}

    record Usage(@JsonProperty @Nullable Long characters) {}
}
