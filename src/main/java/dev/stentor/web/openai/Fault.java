package dev.stentor.web.openai;

import dev.stentor.speech.SpeechFailure;
import dev.stentor.web.edge.SpeechStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A refusal or failure as OpenAI's clients know it.
 *
 * @param status an HTTP status of 400 to 599
 * @param message a sentence for people
 * @param param the wrong member of the request; null if none is to blame
 * @param code a stable name for programs; the engine's own where it failed
 * @param retryAfter how long the client should wait; null if nobody said
 */
record Fault(
        int status,
        String message,
        @Nullable String param,
        String code,
        @Nullable Duration retryAfter) {

    private static final String ENGINE_TEXT = "text";

    static Fault of(int status, String code, String message) {
        return new Fault(status, message, null, code, null);
    }

    /** One member of the request is wrong. */
    static Fault invalid(String param, String code, String message) {
        return new Fault(400, message, param, code, null);
    }

    /** A flaw of this gateway. Says nothing about it. */
    static Fault internal() {
        return of(500, "internal_error", "The gateway failed to answer; its log says why.");
    }

    static Fault of(SpeechFailure failure) {
        int status = SpeechStatus.of(failure);
        return switch (failure) {
            case SpeechFailure.InvalidInput(var field, var code, var message) ->
                new Fault(status, message, field.equals(ENGINE_TEXT) ? "input" : field, code, null);
            case SpeechFailure.Throttled(var code, var message, var retryAfter) ->
                new Fault(status, message, null, code, retryAfter);
            case SpeechFailure.Refused _,
                    SpeechFailure.FailedInStream _,
                    SpeechFailure.Truncated _,
                    SpeechFailure.Silent _,
                    SpeechFailure.Unreachable _,
                    SpeechFailure.Malformed _,
                    SpeechFailure.EngineFault _ -> of(status, failure.code(), failure.message());
        };
    }

    /** The kind of error, which OpenAI's servers derive from the status as well. */
    String type() {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 429 -> "rate_limit_error";
            default -> status < 500 ? "invalid_request_error" : "server_error";
        };
    }
}
