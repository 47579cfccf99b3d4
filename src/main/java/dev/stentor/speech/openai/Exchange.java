package dev.stentor.speech.openai;

import dev.stentor.audio.SpeechConverter;
import dev.stentor.speech.BilledCharacters;
import dev.stentor.speech.Receipt;
import dev.stentor.speech.SilenceTimeout;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechSource;
import dev.stentor.speech.http.ErrorAnswer;
import dev.stentor.speech.http.EventStreamDecoder;
import dev.stentor.speech.http.WireFailures;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.SynchronousSink;
import reactor.core.scheduler.Scheduler;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;

/** One request and its answer. Belongs to one subscription; its counters may be read from any thread. */
final class Exchange implements SpeechSource {

    private static final int OK = 200;
    /** Longest time for which the HTTP body may go on after the server has said that the sound is complete. */
    private static final Duration AFTER_DONE = Duration.ofSeconds(1);

    private final HttpClient.ResponseReceiver<?> call;
    private final OpenAiSettings settings;
    private final Scheduler timer;
    private final long characters;
    private final Failures failures;
    private final SilenceTimeout silence;
    private final AtomicLong samples = new AtomicLong();
    private volatile String requestId;

    /** @param requestId our id of the request, used until the server gives its own */
    Exchange(
            HttpClient.ResponseReceiver<?> call,
            OpenAiSettings settings,
            Scheduler timer,
            String text,
            String requestId) {
        this.call = call;
        this.settings = settings;
        this.timer = timer;
        this.requestId = requestId;
        this.characters = BilledCharacters.of(text);
        this.failures = new Failures(settings.apiKey(), text);
        this.silence = new SilenceTimeout(settings.silence(), timer);
    }

    @Override
    public Flux<ByteBuffer> audio() {
        Flux<ByteBuffer> answer = call.response(this::answer)
                .onErrorMap(failure -> !(failure instanceof SpeechException), WireFailures::unanswered);
        return silence.guard(answer, this::silent).doOnNext(buffer -> samples.addAndGet(buffer.remaining() / 2));
    }

    private Flux<ByteBuffer> answer(HttpClientResponse response, ByteBufFlux content) {
        HttpHeaders headers = response.responseHeaders();
        silence.alive();
        requestId = headers.get("x-request-id", requestId);
        // Copied out of Netty's buffers at once, so that a part that is dropped later needs no release.
        Flux<byte[]> body = content.asByteArray().doOnNext(_ -> silence.alive());
        if (response.status().code() != OK) {
            return ErrorAnswer.of(response, body, timer)
                    .flatMapMany(answer -> Flux.error(new SpeechException(failures.refused(answer, requestId))));
        }
        if (!headers.get(HttpHeaderNames.CONTENT_ENCODING, "identity")
                .equalsIgnoreCase(HttpHeaderValues.IDENTITY.toString())) {
            return WireFailures.unread(body, new SpeechException(WireFailures.malformed("a compressed answer")));
        }
        AnswerType type;
        try {
            type = AnswerType.of(headers.get(HttpHeaderNames.CONTENT_TYPE, ""), settings.rateHz());
        } catch (SpeechException strange) {
            return WireFailures.unread(body, strange);
        }
        return converted(type.events() ? events(body) : raw(body), new SpeechConverter(type.format()));
    }

    /** Reads raw sound, one part of the body at a time and never ahead of demand, so an unread answer stops the socket. */
    private Flux<ByteBuffer> raw(Flux<byte[]> body) {
        return body.map(ByteBuffer::wrap).onErrorMap(this::broken);
    }

    /**
     * Reads sound in events, with the same demand. It succeeds only if the server says that it is complete; a later failure is
     * ignored.
     */
    private Flux<ByteBuffer> events(Flux<byte[]> body) {
        var decoder = new EventStreamDecoder(settings.eventBytes());
        var events =
                new SoundEvents(error -> new SpeechException(failures.failedInStream(error, requestId, samples.get())));
        return decoder.events(body)
                .handle(events::read)
                .takeUntilOther(events.done().then(Mono.delay(AFTER_DONE, timer)))
                .onErrorResume(cause -> events.isDone() && !(cause instanceof SpeechException)
                        ? Mono.empty()
                        : Mono.error(broken(cause)))
                .concatWith(Mono.defer(() -> events.isDone() ? Mono.empty() : Mono.error(broken(null))));
    }

    /** Converts sound to the port's samples; fails if there is no sound at all. */
    private Flux<ByteBuffer> converted(Flux<ByteBuffer> sound, SpeechConverter converter) {
        return sound.handle(shaped(converter::convert))
                .concatWith(Mono.fromSupplier(() -> ByteBuffer.allocate(0)).handle(shaped(_ -> converter.finish())))
                .switchIfEmpty(
                        Mono.error(() -> new SpeechException(WireFailures.malformed("an answer without sound"))));
    }

    private static BiConsumer<ByteBuffer, SynchronousSink<ByteBuffer>> shaped(
            Function<ByteBuffer, ByteBuffer> conversion) {
        return (bytes, sink) -> {
            try {
                ByteBuffer samples = conversion.apply(bytes);
                if (samples.hasRemaining()) {
                    sink.next(samples);
                }
            } catch (IllegalArgumentException strange) {
                sink.error(new SpeechException(
                        WireFailures.malformed("sound of a kind that is not known here: " + strange.getMessage())));
            }
        };
    }

    private Throwable broken(@Nullable Throwable cause) {
        return cause instanceof SpeechException ? cause : WireFailures.truncated(cause, samples.get());
    }

    private SpeechException silent(Duration waited) {
        return new SpeechException(new SpeechFailure.Silent(waited, samples.get()));
    }

    @Override
    public Mono<Receipt> receipt(Receipt.Ending ending) {
        return Mono.just(new Receipt(requestId, samples.get(), characters, ending, null));
    }
}
