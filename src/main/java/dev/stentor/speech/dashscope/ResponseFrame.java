package dev.stentor.speech.dashscope;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of one event or of an HTTP error. Every member may be absent, null or, if it is text, empty; all three mean the same.
 *
 * @param code the error's code
 * @param message the error's message
 */
record ResponseFrame(
        @JsonProperty @Nullable Output output,
        @JsonProperty @Nullable Usage usage,
        @JsonProperty("request_id") @Nullable String requestId,
        @JsonProperty @Nullable String code,
        @JsonProperty @Nullable String message) {

    static final ResponseFrame EMPTY = new ResponseFrame(null, null, null, null, null);

    /** Tells whether this is an error and has no output. */
    boolean isError() {
        return output == null && !(textOr(code, "") + textOr(message, "")).isEmpty();
    }

    /**
     * Tells whether the service says that the sound is complete. Before that the reason is the word "null", JSON null or absent.
     */
    boolean saysStop() {
        return output != null && "stop".equals(output.finishReason);
    }

    /** Returns the audio; null if there is none. */
    @Nullable Audio audio() {
        return output == null ? null : output.audio;
    }

    /** Returns the text; {@code otherwise} if it is null or empty. */
    static String textOr(@Nullable String text, String otherwise) {
        return text == null || text.isEmpty() ? otherwise : text;
    }

    record Output(
            @JsonProperty @Nullable Audio audio,
            @JsonProperty("finish_reason") @Nullable String finishReason) {}

    /**
     * The audio of one event.
     *
     * @param data the next samples, in Base64
     * @param url address of the whole sound
     * @param expiresAt end of the file at {@code url}, in seconds since 1970
     */
    record Audio(
            @JsonProperty @Nullable String data,
            @JsonProperty @Nullable String url,
            @JsonProperty("expires_at") @Nullable Long expiresAt) {}

    record Usage(@JsonProperty @Nullable Long characters) {}
}
