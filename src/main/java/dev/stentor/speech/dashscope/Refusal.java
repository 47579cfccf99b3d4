package dev.stentor.speech.dashscope;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.http.ErrorAnswer;
import dev.stentor.speech.http.EventStreamDecoder;
import dev.stentor.speech.http.ServerEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.client.HttpClientResponse;

/** A reader of answers that are HTTP errors. Their body may be JSON, an event stream, a web page, cut off, or missing. */
final class Refusal {

    private final Failures failures;
    private final Scheduler timer;

    Refusal(Failures failures, Scheduler timer) {
        this.failures = failures;
        this.timer = timer;
    }

    /** Returns exactly one failure, also if the body cannot be read. Waits for the body for at most 2 s. */
    Mono<SpeechFailure> read(HttpClientResponse response, String requestId, Flux<byte[]> body) {
        return ErrorAnswer.of(response, body, timer)
                .map(answer -> failures.refused(answer.status(), parse(answer.text()), requestId, answer.retryAfter()));
    }

    /** Parses JSON, or the first event of an event stream; else returns an empty frame. */
    static ResponseFrame parse(String body) {
        try {
            if (body.stripLeading().startsWith("{")) {
                return FrameReader.frame(body);
            }
            byte[] events = (body + "\n\n").getBytes(UTF_8);
            for (ServerEvent event : new EventStreamDecoder(events.length).decode(events)) {
                return FrameReader.frame(event.data());
            }
        } catch (SpeechException _) { // the HTTP status says enough
        }
        return ResponseFrame.EMPTY;
    }
}
