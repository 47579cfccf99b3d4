package dev.stentor.speech.dashscope;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
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

/** Reads an answer that is an HTTP error: its body may be JSON, an event stream, a page, cut off, or missing. */
final class Refusal {

    private static final int ENOUGH_BYTES = 64 << 10;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Failures failures;
    private final Scheduler timer;

    Refusal(Failures failures, Scheduler timer) {
        this.failures = failures;
        this.timer = timer;
    }

    /** Always one failure, whatever becomes of the body; waits for it no longer than 2 s. */
    Mono<SpeechFailure> read(HttpClientResponse response, String requestId, Flux<byte[]> body) {
        return text(body)
                .map(text -> failures.refused(
                        response.status().code(),
                        parse(text),
                        requestId,
                        retryAfter(response.responseHeaders().get(HttpHeaderNames.RETRY_AFTER), now())));
    }

    private Mono<String> text(Flux<byte[]> body) {
        var read = new ByteArrayOutputStream();
        return body.take(PATIENCE, timer)
                .doOnNext(read::writeBytes)
                .takeUntil(_ -> read.size() >= ENOUGH_BYTES)
                .onErrorComplete()
                .then(Mono.fromSupplier(() -> read.toString(UTF_8)));
    }

    /** JSON, or the first event of an event stream; else empty. */
    static ResponseFrame parse(String body) {
        try {
            if (body.stripLeading().startsWith("{")) {
                return FrameReader.frame(body);
            }
            byte[] events = (body + "\n\n").getBytes(UTF_8);
            for (ServerEvent event : new EventStreamDecoder(events.length).decode(events)) {
                return FrameReader.frame(event.data());
            }
        } catch (SpeechException _) { // the HTTP status says more than a body that cannot be read
        }
        return ResponseFrame.EMPTY;
    }

    /** Seconds, or a date; null if it is neither. */
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

    private Instant now() {
        return Instant.ofEpochMilli(timer.now(TimeUnit.MILLISECONDS));
    }
}
