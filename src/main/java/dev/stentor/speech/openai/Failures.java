package dev.stentor.speech.openai;

import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.http.ErrorAnswer;
import dev.stentor.speech.http.ServiceWords;
import org.jspecify.annotations.Nullable;

/**
 * Translation of the server's errors into the port's failures, without the key and without the text, which some servers quote.
 */
final class Failures {

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int FAILED_INSIDE = 500;

    private final ServiceWords words;
    private final String text;

    /** @param text the text of the request */
    Failures(String apiKey, String text) {
        this.words = new ServiceWords(apiKey);
        this.text = text;
    }

    /** Translates an answer that is an HTTP error. */
    SpeechFailure refused(ErrorAnswer answer, @Nullable String requestId) {
        ServerError error = ServerError.of(answer.text());
        String message = message(error, "The speech service answered with HTTP status " + answer.status() + ".");
        return answer.status() == TOO_MANY_REQUESTS
                ? new SpeechFailure.Throttled(code(error, "Throttling"), message, answer.retryAfter())
                : new SpeechFailure.Refused(answer.status(), code(error, "UpstreamRefused"), message, requestId);
    }

    /** Translates an error event inside an answer. */
    SpeechFailure failedInStream(ServerError error, @Nullable String requestId, long samples) {
        return new SpeechFailure.FailedInStream(
                FAILED_INSIDE,
                code(error, "UpstreamFailed"),
                message(error, "The speech service failed without saying why."),
                requestId,
                samples);
    }

    private String code(ServerError error, String otherwise) {
        String code = error.code();
        return code == null || code.contains(text) ? otherwise : words.code(code);
    }

    private String message(ServerError error, String otherwise) {
        String message = error.message();
        return message == null ? otherwise : words.message(message.replace(text, "[text]"));
    }
}
