package dev.stentor.web.edge;

import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechFailure.EngineFault;
import dev.stentor.speech.SpeechFailure.FailedInStream;
import dev.stentor.speech.SpeechFailure.InvalidInput;
import dev.stentor.speech.SpeechFailure.Malformed;
import dev.stentor.speech.SpeechFailure.OverQuota;
import dev.stentor.speech.SpeechFailure.Overlong;
import dev.stentor.speech.SpeechFailure.Refused;
import dev.stentor.speech.SpeechFailure.Silent;
import dev.stentor.speech.SpeechFailure.Throttled;
import dev.stentor.speech.SpeechFailure.Truncated;
import dev.stentor.speech.SpeechFailure.Unreachable;
import org.springframework.http.HttpStatus;

/** The translation of a failure of an engine or a speech service into problem details of the gateway's own API. */
public final class SpeechProblem {

    private SpeechProblem() {}

    /** Returns the exception to answer a failure with; the code is the engine's or the service's own. */
    public static ProblemException of(SpeechFailure failure) {
        return switch (failure) {
            case InvalidInput(var field, var code, var message) ->
                Problem.invalid(field, message).withCode(code).exception();
            case Refused refused -> plain(status(refused.status()), failure);
            case FailedInStream failed -> plain(status(failed.status()), failure);
            case Throttled throttled ->
                new ProblemException(problem(HttpStatus.TOO_MANY_REQUESTS, failure), throttled.retryAfter());
            case OverQuota over ->
                new ProblemException(
                        problem(HttpStatus.TOO_MANY_REQUESTS, failure).withResetAt(over.resetAt()), over.retryAfter());
            case Silent _ -> plain(HttpStatus.GATEWAY_TIMEOUT, failure);
            case Unreachable _ -> plain(HttpStatus.SERVICE_UNAVAILABLE, failure);
            case Truncated _, Malformed _, Overlong _ -> plain(HttpStatus.BAD_GATEWAY, failure);
            case EngineFault _ -> plain(HttpStatus.INTERNAL_SERVER_ERROR, failure);
        };
    }

    /** Returns 400 where the service blames the request, and 502 where it blames the gateway, for example its key. */
    private static HttpStatus status(int upstream) {
        return switch (upstream) {
            case 400, 413, 415, 422 -> HttpStatus.BAD_REQUEST;
            default -> HttpStatus.BAD_GATEWAY;
        };
    }

    private static ProblemException plain(HttpStatus status, SpeechFailure failure) {
        return problem(status, failure).exception();
    }

    private static Problem problem(HttpStatus status, SpeechFailure failure) {
        return Problem.of(status, failure.code(), failure.message());
    }
}
