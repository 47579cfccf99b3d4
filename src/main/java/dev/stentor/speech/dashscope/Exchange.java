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
 * One request and its answer. Belongs to one subscription. Its parts say which of their methods other threads may call.
 */
final class Exchange implements SpeechSource {

    private static final int OK = 200;
    /**
     * Longest time for which the HTTP body may go on after the service has said that the sound is complete. Then the connection
     * is closed.
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
     * Creates an exchange that sends nothing before its audio is subscribed to.
     *
     * @param call sends the request
     * @param files client that fetches files, without the key
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
        // Copied out of Netty's buffers at once, so that a part that is dropped later needs no release.
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
     * Reads the body one part at a time, never ahead of demand, so an unread stream stops the socket. A broken connection is
     * reported after the sound that came before it.
     */
    private Flux<ByteBuffer> sound(Flux<byte[]> body) {
        return decoder.events(body)
                .handle(reader::read)
                .takeUntilOther(reader.stopped().then(Mono.delay(AFTER_STOP, timer)))
                .onErrorResume(this::broken)
                .concatWith(Mono.defer(this::ended));
    }

    /** Reads the answer of a service that does not stream: one JSON document, which is complete in itself. */
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

    /**
     * Fetches the file of a complete answer without sound; else returns an empty stream. The answer's connection is free again.
     */
    private Flux<ByteBuffer> ownFile() {
        Progress progress = reader.progress();
        return progress.samples() == 0 && progress.file() != null
                ? new OwnFile(files, silence::alive)
                        .sound(progress.file())
                        .doOnNext(buffer -> reader.heardElsewhere(buffer.remaining() / 2))
                : Flux.empty();
    }

    /** Passes our own failures on. Ignores a broken connection after the stop, because the sound is complete then. */
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

    private SpeechException silent(Duration waited) {
        return new SpeechException(
                new SpeechFailure.Silent(waited, reader.progress().samples()));
    }

    /** Tells whether the body is of the wanted type and not compressed. A missing content type counts as an event stream. */
    private static boolean isPlain(HttpHeaders headers, String wanted) {
        String type = headers.get(HttpHeaderNames.CONTENT_TYPE, "text/event-stream");
        return type.regionMatches(true, 0, wanted, 0, wanted.length())
                && !headers.contains(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.GZIP, true)
                && !headers.contains(HttpHeaderNames.CONTENT_ENCODING, HttpHeaderValues.DEFLATE, true);
    }
}
