package dev.stentor.speech.http;

import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import io.netty.handler.codec.DecoderException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;

/** Translation of connection and HTTP errors into the port's failures. */
public final class WireFailures {

    private static final String NOT_TRUSTED = "No trusted connection to the speech service.";

    private WireFailures() {}

    /**
     * Returns the failure for an answer that ended before it was complete; a null cause means that the connection ended in order.
     */
    public static SpeechException truncated(@Nullable Throwable cause, long samples) {
        if (cause != null && isNoHttp(cause)) {
            return new SpeechException(malformed("an HTTP body that cannot be read"), cause);
        }
        String how = cause == null ? "ended its answer" : "broke its answer off";
        return new SpeechException(
                new SpeechFailure.Truncated("The speech service " + how + " before it was complete.", samples), cause);
    }

    /** Translates an error that came in place of an answer. */
    public static SpeechException unanswered(Throwable cause) {
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

    /** Returns the failure for an answer that cannot be understood; {@code what} describes it and completes the sentence. */
    public static SpeechFailure.Malformed malformed(String what) {
        return new SpeechFailure.Malformed("The speech service sent " + what + ".");
    }

    /** Fails without reading the rest of an answer: releases the received part of its body, and closes its connection. */
    public static <T> Flux<T> unread(Flux<?> body, SpeechException failure) {
        return body.take(0).thenMany(Flux.error(failure));
    }

    /** Tells whether the cause comes from the HTTP decoder. The TLS decoder wraps its failures in the same way. */
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
}
