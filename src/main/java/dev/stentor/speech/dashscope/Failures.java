package dev.stentor.speech.dashscope;

import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.http.ServiceWords;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Translation of the service's errors into the port's failures. */
final class Failures {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int BAD_REQUEST = 400;

    private final ServiceWords words;

    Failures(String apiKey) {
        this.words = new ServiceWords(apiKey);
    }

    /**
     * Translates an answer that is an HTTP error.
     *
     * @param body the part of it that could be read; {@link ResponseFrame#EMPTY} if nothing
     * @param knownRequestId the id from a header; empty if there was none
     */
    SpeechFailure refused(int status, ResponseFrame body, String knownRequestId, @Nullable Duration retryAfter) {
        String message = message(body, "The speech service answered with HTTP status " + status + ".");
        return status == TOO_MANY_REQUESTS
                ? new SpeechFailure.Throttled(code(body, "Throttling"), message, retryAfter)
                : new SpeechFailure.Refused(
                        status, code(body, "UpstreamRefused"), message, requestId(body, knownRequestId));
    }

    /**
     * Translates an error inside an answer.
     *
     * @param status the status that came with it, which may be missing or that of a success; 400 stands for both
     */
    SpeechFailure failedInStream(int status, ResponseFrame frame, String knownRequestId, long samples) {
        return new SpeechFailure.FailedInStream(
                status < BAD_REQUEST ? BAD_REQUEST : status,
                code(frame, "UpstreamFailed"),
                message(frame, "The speech service failed without saying why."),
                requestId(frame, knownRequestId),
                samples);
    }

    private String code(ResponseFrame frame, String otherwise) {
        return words.code(ResponseFrame.textOr(frame.code(), otherwise));
    }

    private String message(ResponseFrame frame, String otherwise) {
        return words.message(ResponseFrame.textOr(frame.message(), otherwise));
    }

    private @Nullable String requestId(ResponseFrame frame, String known) {
        String id = ResponseFrame.textOr(frame.requestId(), known);
        return id.isEmpty() ? null : words.code(id);
    }
}
