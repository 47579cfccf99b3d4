package dev.stentor.web.dashscope;

import dev.stentor.speech.SpeechFailure;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A refusal or failure in the service's own terms.
 *
 * @param status an HTTP status of 400 to 599
 * @param code one of the service's codes
 * @param message a sentence for people
 * @param retryAfter how long the client should wait; null if nobody said
 */
record Fault(
        int status, String code, String message, @Nullable Duration retryAfter) {

    private static final String INTERNAL = "InternalError";

    static Fault invalid(String message) {
        return new Fault(400, "InvalidParameter", message, null);
    }

    /** Not from the list of failures: a flaw of this gateway. Says nothing about it. */
    static Fault internal() {
        return new Fault(500, INTERNAL, "An internal error has occurred, please try again later.", null);
    }

    static Fault of(SpeechFailure failure) {
        return switch (failure) {
            case SpeechFailure.InvalidInput(var field, var code, var message) ->
                new Fault(400, code, field + ": " + message, null);
            case SpeechFailure.Refused(var status, var code, var message, var _) ->
                new Fault(httpError(status), code, message, null);
            case SpeechFailure.Throttled(var code, var message, var retryAfter) ->
                new Fault(429, code, message, retryAfter);
            case SpeechFailure.FailedInStream(var status, var code, var message, var _, var _) ->
                new Fault(httpError(status), code, message, null);
            case SpeechFailure.Truncated(var message, var _) -> new Fault(502, INTERNAL, message, null);
            case SpeechFailure.Silent silent -> new Fault(504, "InternalError.Timeout", silent.message(), null);
            case SpeechFailure.Unreachable(var message) -> new Fault(503, "ModelUnavailable", message, null);
            case SpeechFailure.Malformed(var message) -> new Fault(502, INTERNAL, message, null);
            case SpeechFailure.EngineFault(var message) -> new Fault(500, INTERNAL, message, null);
        };
    }

    /** A status that is no error, such as a redirect, would tell the client that all is well. */
    private static int httpError(int status) {
        return status >= 400 && status <= 599 ? status : 502;
    }
}
