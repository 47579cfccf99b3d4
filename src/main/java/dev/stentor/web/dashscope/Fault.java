package dev.stentor.web.dashscope;

import dev.stentor.speech.SpeechFailure;
import dev.stentor.web.edge.SpeechStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A refusal or failure in the service's own terms.
 *
 * @param status HTTP status, 400 to 599
 * @param code one of the service's codes
 * @param message sentence for people
 * @param retryAfter time after which the client may try again; null if unknown
 */
record Fault(
        int status, String code, String message, @Nullable Duration retryAfter) {

    private static final String INTERNAL = "InternalError";

    static Fault invalid(String message) {
        return new Fault(400, "InvalidParameter", message, null);
    }

    /** Returns the fault for an unexpected error of this gateway; its message gives no details. */
    static Fault internal() {
        return new Fault(500, INTERNAL, "An internal error has occurred, please try again later.", null);
    }

    static Fault of(SpeechFailure failure) {
        int status = SpeechStatus.of(failure);
        return switch (failure) {
            case SpeechFailure.InvalidInput(var field, var code, var message) ->
                new Fault(status, code, field + ": " + message, null);
            case SpeechFailure.Throttled(var code, var message, var retryAfter) ->
                new Fault(status, code, message, retryAfter);
            case SpeechFailure.OverQuota(var message, var retryAfter, var _) ->
                new Fault(status, "Throttling.AllocationQuota", message, retryAfter);
            case SpeechFailure.Refused _, SpeechFailure.FailedInStream _ ->
                new Fault(status, failure.code(), failure.message(), null);
            case SpeechFailure.Silent _ -> new Fault(status, "InternalError.Timeout", failure.message(), null);
            case SpeechFailure.Unreachable _ -> new Fault(status, "ModelUnavailable", failure.message(), null);
            case SpeechFailure.Overlong _ ->
                new Fault(status, INTERNAL + "." + failure.code(), failure.message(), null);
            case SpeechFailure.Truncated _, SpeechFailure.Malformed _, SpeechFailure.EngineFault _ ->
                new Fault(status, INTERNAL, failure.message(), null);
        };
    }
}
