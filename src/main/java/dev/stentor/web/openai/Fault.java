package dev.stentor.web.openai;

import dev.stentor.speech.SpeechFailure;
import dev.stentor.web.edge.SpeechStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A refusal or failure in the terms of OpenAI's API.
 *
 * @param status HTTP status, 400 to 599
 * @param message sentence for people
 * @param param wrong member of the request; null if none is to blame
 * @param code stable name for programs; the engine's own if the engine failed
 * @param retryAfter time after which the client may try again; null if unknown
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

    /** Returns the fault for one wrong member of the request. */
    static Fault invalid(String param, String code, String message) {
        return new Fault(400, message, param, code, null);
    }

    /** Returns the fault for an unexpected error of this gateway; its message gives no details. */
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
            case SpeechFailure.OverQuota(var message, var retryAfter, var _) ->
                new Fault(status, message, null, "insufficient_quota", retryAfter);
            case SpeechFailure.Refused _,
                    SpeechFailure.FailedInStream _,
                    SpeechFailure.Truncated _,
                    SpeechFailure.Silent _,
                    SpeechFailure.Unreachable _,
                    SpeechFailure.Malformed _,
                    SpeechFailure.Overlong _,
                    SpeechFailure.EngineFault _ -> of(status, failure.code(), failure.message());
        };
    }

    /** Returns the kind of error, which follows from the status, as in OpenAI's servers. */
    String type() {
        return switch (status) {
            case 401 -> "authentication_error";
            case 403 -> "permission_error";
            case 429 -> "rate_limit_error";
            default -> status < 500 ? "invalid_request_error" : "server_error";
        };
    }
}
