package dev.stentor.speech.dashscope;

import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import io.netty.handler.codec.DecoderException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;

/**
 * What went wrong on the wire, as the port's values. What the service wrote is carried at bounded length, and never
 * with the key.
 */
final class Failures {

    private static final int LONGEST_CODE = 100;
    private static final int LONGEST_MESSAGE = 500;
    private static final String NOT_TRUSTED = "No trusted connection to the speech service.";
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int BAD_REQUEST = 400;

    private final String apiKey;

    Failures(String apiKey) {
        this.apiKey = apiKey;
    }

    /**
     * An answer that is an HTTP error.
     *
     * @param body what could be read of it; empty if nothing
     * @param knownRequestId from a header; empty if none
     */
    SpeechFailure refused(int status, ResponseFrame body, String knownRequestId, @Nullable Duration retryAfter) {
        String message = message(body, "The speech service answered with HTTP status " + status + ".");
        return status == TOO_MANY_REQUESTS
                ? new SpeechFailure.Throttled(code(body, "Throttling"), message, retryAfter)
                : new SpeechFailure.Refused(
                        status, code(body, "UpstreamRefused"), message, requestId(body, knownRequestId));
    }

    /**
     * An error inside an answer; {@code status} is what was written beside it, which may be none or that of a success.
     */
    SpeechFailure failedInStream(int status, ResponseFrame frame, String knownRequestId, long samples) {
        return new SpeechFailure.FailedInStream(
                status < BAD_REQUEST ? BAD_REQUEST : status,
                code(frame, "UpstreamFailed"),
                message(frame, "The speech service failed without saying why."),
                requestId(frame, knownRequestId),
                samples);
    }

    /** The end of an answer that had not said that it was complete; null means an orderly end. */
    static SpeechException truncated(@Nullable Throwable cause, long samples) {
        if (cause != null && isNoHttp(cause)) {
            return new SpeechException(malformed("an HTTP body that cannot be read"), cause);
        }
        String how = cause == null ? "ended its answer" : "broke its answer off";
        return new SpeechException(
                new SpeechFailure.Truncated("The speech service " + how + " before it was complete.", samples), cause);
    }

    /** Something in place of an answer. */
    static SpeechException unanswered(Throwable cause) {
        return new SpeechException(
                switch (cause) {
                    case PoolAcquirePendingLimitException _ -> busy();
                    case TimeoutException _ -> busy();
                    case UnknownHostException _ -> unreachable("The speech service's host name is not known.");
                    case UnresolvedAddressException _ -> unreachable("The speech service's host name is not known.");
                    case SSLException _ -> unreachable(NOT_TRUSTED);
                    case Throwable _ when isNoHttp(cause) -> malformed("something that is not HTTP");
                    case DecoderException _ -> unreachable(NOT_TRUSTED);
                    default -> unreachable("No connection to the speech service.");
                },
                cause);
    }

    /** {@code what} the service sent that nobody can understand. */
    static SpeechFailure.Malformed malformed(String what) {
        return new SpeechFailure.Malformed("The speech service sent " + what + ".");
    }

    /** Whether it comes from the HTTP decoder; the TLS decoder wraps its failures in the same way. */
    private static boolean isNoHttp(Throwable cause) {
        return cause instanceof IllegalArgumentException
                || (cause instanceof DecoderException && !(cause.getCause() instanceof SSLException));
    }

    private static SpeechFailure unreachable(String message) {
        return new SpeechFailure.Unreachable(message);
    }

    private static SpeechFailure busy() {
        return new SpeechFailure.Throttled("Throttling", "All connections to the speech service are in use.", null);
    }

    private String code(ResponseFrame frame, String otherwise) {
        return clean(ResponseFrame.textOr(frame.code(), otherwise), LONGEST_CODE);
    }

    private String message(ResponseFrame frame, String otherwise) {
        return clean(ResponseFrame.textOr(frame.message(), otherwise), LONGEST_MESSAGE);
    }

    private @Nullable String requestId(ResponseFrame frame, String known) {
        String id = ResponseFrame.textOr(frame.requestId(), known);
        return id.isEmpty() ? null : clean(id, LONGEST_CODE);
    }

    private String clean(String text, int longest) {
        String safe = text.replace(apiKey, "[key]");
        return safe.length() <= longest ? safe : safe.substring(0, longest) + "…";
    }
}
