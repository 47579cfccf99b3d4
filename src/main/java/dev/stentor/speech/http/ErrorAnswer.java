package dev.stentor.speech.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.HttpHeaderNames;
import java.io.ByteArrayOutputStream;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.client.HttpClientResponse;

/**
 * An answer that is an HTTP error. Its body may be of any kind, cut off, or missing.
 *
 * @param status the HTTP status
 * @param text the part of the body that was received; at most some 64 KiB of it
 * @param retryAfter the wait that the service asks for; null if it asks for none
 */
public record ErrorAnswer(int status, String text, @Nullable Duration retryAfter) {

    private static final int ENOUGH_BYTES = 64 << 10;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Reads an answer; returns exactly one value, also if the body fails. Waits for the body for at most 2 s. */
    public static Mono<ErrorAnswer> of(HttpClientResponse response, Flux<byte[]> body, Scheduler timer) {
        String header = response.responseHeaders().get(HttpHeaderNames.RETRY_AFTER);
        Instant now = Instant.ofEpochMilli(timer.now(TimeUnit.MILLISECONDS));
        return text(body, timer).map(text -> new ErrorAnswer(response.status().code(), text, retryAfter(header, now)));
    }

    private static Mono<String> text(Flux<byte[]> body, Scheduler timer) {
        var read = new ByteArrayOutputStream();
        return body.take(PATIENCE, timer)
                .doOnNext(read::writeBytes)
                .takeUntil(_ -> read.size() >= ENOUGH_BYTES)
                .onErrorComplete()
                .then(Mono.fromSupplier(() -> read.toString(UTF_8)));
    }

    /** Parses a number of seconds or a date; returns null if it is neither. */
    static @Nullable Duration retryAfter(@Nullable String header, Instant now) {
        if (header == null) {
            return null;
        }
        if (header.matches("[0-9]{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(header));
        }
        try {
            Instant then = ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return then.isBefore(now) ? Duration.ZERO : Duration.between(now, then);
        } catch (DateTimeException _) {
            return null;
        }
    }
}
