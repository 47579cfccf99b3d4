package dev.stentor.speech.dashscope;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stentor.speech.Receipt;
import dev.stentor.speech.SilenceTimeout;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechSource;
import dev.stentor.speech.http.EventStreamDecoder;
import dev.stentor.speech.http.ServerEvent;
import dev.stentor.speech.http.WireFailures;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/**
 * One request and its answer. Belongs to one subscription; its parts say which of their methods other threads may call.
 */
final class Exchange implements SpeechSource {

    private static final int OK = 200;
    /**
     * How long the HTTP body may go on after the service has said that nothing is missing. Then the connection is given
     * up.
     */
    private static final Duration AFTER_STOP = Duration.ofSeconds(1);

    private final HttpClient.ResponseReceiver<?> call;
    private final DashScopeSettings settings;
    private final Scheduler timer;
    private final HttpClient files;
    private final Failures failures;
    private final FrameReader reader;
    private final EventStreamDecoder decoder;
    private final SilenceTimeout silence;

    /**
     * Sends nothing yet.
     *
     * @param call sends the request
     * @param files fetches without the key
     */
    Exchange(
            HttpClient.ResponseReceiver<?> call,
            DashScopeSettings settings,
            Scheduler timer,
            HttpClient files,
            Progress start) {
        this.call = call;
        this.settings = settings;
        this.timer = timer;
        this.files = files;
        this.failures = new Failures(settings.apiKey());
        this.reader = new FrameReader(failures, start);
        this.decoder = new EventStreamDecoder(settings.eventBytes());
        this.silence = new SilenceTimeout(settings.silence(), timer);
    }

    @Override
    public Flux<ByteBuffer> audio() {
        Flux<ByteBuffer> answer = call.response(this::answer)
                .onErrorMap(failure -> !(failure instanceof SpeechException), WireFailures::unanswered)
                .concatWith(Flux.defer(this::ownFile));
        return silence.guard(answer, this::silent);
    }

    @Override
    public Mono<Receipt> receipt(Receipt.Ending ending) {
        return Mono.just(reader.progress().receipt(ending));
    }

    private Flux<ByteBuffer> answer(HttpClientResponse response, ByteBufFlux content) {
        HttpHeaders headers = response.responseHeaders();
        silence.alive();
        reader.requestId(headers.get("x-request-id", ""));
        // Copied off Netty's buffers at once: what is dropped further down needs no release.
        Flux<byte[]> body = content.asByteArray().doOnNext(_ -> silence.alive());
        if (response.status().code() != OK) {
            return new Refusal(failures, timer)
                    .read(response, reader.progress().requestId(), body)
                    .flatMapMany(failure -> Flux.error(new SpeechException(failure)));
        }
        if (isPlain(headers, "application/json")) {
            return document(body);
        }
        return isPlain(headers, "text/event-stream")
                ? sound(body)
                : WireFailures.unread(
                        body, new SpeechException(WireFailures.malformed("an answer that is no plain event stream")));
    }

    /**
     * One part of the body at a time, none ahead of demand: an unread stream stops the socket. A broken connection is
     * told after the sound that came before it.
     */
    private Flux<ByteBuffer> sound(Flux<byte[]> body) {
        return decoder.events(body)
                .handle(reader::read)
                .takeUntilOther(reader.stopped().then(Mono.delay(AFTER_STOP, timer)))
                .onErrorResume(this::broken)
                .concatWith(Mono.defer(this::ended));
    }

    /** A service that does not stream answers with one document, which is complete as it is. */
    private Flux<ByteBuffer> document(Flux<byte[]> body) {
        var json = new ByteArrayOutputStream();
        return body.doOnNext(part -> {
                    if (json.size() + part.length > settings.eventBytes()) {
                        throw new SpeechException(WireFailures.malformed("a document that is too large"));
                    }
                    json.writeBytes(part);
                })
                .thenMany(Flux.defer(
                        () -> Flux.just(new ServerEvent("result", json.toString(UTF_8), "", ServerEvent.NO_STATUS))))
                .handle(reader::read)
                .onErrorResume(this::broken)
                .concatWith(Mono.defer(() ->
                        reader.progress().samples() == 0 && reader.progress().file() == null
                                ? Mono.error(new SpeechException(
                                        WireFailures.malformed("an answer that is no plain event stream")))
                                : Mono.empty()));
    }

    /** After an answer that was complete: its connection is free again. */
    private Flux<ByteBuffer> ownFile() {
        Progress progress = reader.progress();
        return progress.samples() == 0 && progress.file() != null
                ? new OwnFile(files, silence::alive)
                        .sound(progress.file())
                        .doOnNext(buffer -> reader.heardElsewhere(buffer.remaining() / 2))
                : Flux.empty();
    }

    /** Errors of ours pass; what happens to the connection after the stop does not matter. */
    private Mono<ByteBuffer> broken(Throwable cause) {
        if (cause instanceof SpeechException) {
            return Mono.error(cause);
        }
        Progress progress = reader.progress();
        return progress.stopped() ? Mono.empty() : Mono.error(WireFailures.truncated(cause, progress.samples()));
    }

    private Mono<ByteBuffer> ended() {
        Progress progress = reader.progress();
        return progress.stopped() ? Mono.empty() : Mono.error(WireFailures.truncated(null, progress.samples()));
    }

    private SpeechException silent() {
        return new SpeechException(
                new SpeechFailure.Silent(settings.silence(), reader.progress().samples()));
    }

    /** A missing content type is let pass as an event stream; a compressed body was not asked for and is not understood. */
    private static boolean isPlain(HttpHeaders headers, String wanted) {
        String type = headers.get(HttpHeaderNames.CONTENT_TYPE, "text/event-stream");
        return type.regionMatches(true, 0, wanted, 0, wanted.length())
                && !headers.contains(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.GZIP, true)
                && !headers.contains(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.DEFLATE, true);
    }
}
