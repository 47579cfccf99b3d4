package dev.stentor.web.dashscope;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stentor.speech.BilledCharacters;
import dev.stentor.speech.Receipt;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.WholeFile;
import dev.stentor.usage.Account;
import dev.stentor.web.edge.BodyBytes;
import dev.stentor.web.edge.CharacterCount;
import dev.stentor.web.edge.FileAddresses;
import dev.stentor.web.edge.FrameWriter;
import dev.stentor.web.edge.Freshness;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpRequest;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The DashScope speech API over any engine, so that the official clients need only a new base URL. An answer is a stream of
 * frames with the address of the recording at the end, or that address alone.
 *
 * <p>A failure before the first byte of an answer is an HTTP status with a JSON body, a later one an error frame; both use the
 * service's codes. The caller must send a key, but any key is accepted. Thread-safe; work is done on the threads of the server
 * and the engine.
 */
public final class DashScopeApi {

    /** The path that the official clients post to, if their base URL ends in {@code /api/v1}. */
    static final String PATH = "/api/v1/services/aigc/multimodal-generation/generation";

    private static final MediaType EVENT_STREAM = new MediaType(MediaType.TEXT_EVENT_STREAM, UTF_8);
    private static final Duration FILE_LIFETIME = Duration.ofHours(24);

    private final SpeechEngine engine;
    private final DashScopeLimits limits;
    private final Supplier<String> requestIds;
    private final Scheduler scheduler;
    private final RequestReader reader;
    private final FrameWriter writer;
    private final @Nullable FileAddresses files;

    /**
     * Creates the API.
     *
     * @param files addresses of the recordings; null if none are kept, then answers can only be streams
     * @param requestIds source of an id for every request, which must be valid in a header. Called on the server's event loops,
     *     so it must not block, as {@code UUID.randomUUID()} does
     * @param scheduler timer for heartbeats and timeouts, and source of the current time; not owned
     */
    public DashScopeApi(
            SpeechEngine engine,
            @Nullable FileAddresses files,
            DashScopeLimits limits,
            Supplier<String> requestIds,
            Scheduler scheduler) {
        this.engine = engine;
        this.files = files;
        this.limits = limits;
        this.requestIds = requestIds;
        this.scheduler = scheduler;
        this.reader = new RequestReader(limits.textCharacters());
        this.writer = new FrameWriter(limits.stall(), scheduler);
    }

    /** Returns the route {@code POST} {@link #PATH}. */
    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route().POST(PATH, this::answer).build();
    }

    private Mono<ServerResponse> answer(ServerRequest request) {
        String requestId = requestIds.get();
        return Mono.deferContextual(context -> body(request)
                        .map(reader::read)
                        .map(wanted -> wanted.chargedTo(Account.in(context).charge())))
                .map(wanted -> Freshness.isWanted(request.headers()) ? wanted.anew() : wanted)
                .flatMap(wanted -> HeaderRules.isForStream(request.headers())
                        ? streamed(requestId, wanted)
                        : whole(request, requestId, wanted))
                .onErrorResume(error -> FaultResponse.of(requestId, Faults.of(requestId, error)));
    }

    private Mono<byte[]> body(ServerRequest request) {
        return Mono.defer(() -> {
                    HeaderRules.check(request.headers());
                    return BodyBytes.of(request, limits.bodyBytes());
                })
                .defaultIfEmpty(new byte[0]);
    }

    private Mono<ServerResponse> streamed(String requestId, SpeechRequest wanted) {
        return ServerResponse.ok()
                .contentType(EVENT_STREAM)
                .header(FaultResponse.REQUEST_ID, requestId)
                .header(CharacterCount.HEADER, CharacterCount.of(wanted.text()))
                .build((exchange, _) -> stream(exchange, requestId, wanted));
    }

    private Mono<Void> stream(ServerWebExchange exchange, String requestId, SpeechRequest wanted) {
        ServerHttpResponse response = exchange.getResponse();
        long expiresAt = scheduler.now(TimeUnit.SECONDS) + FILE_LIFETIME.toSeconds();
        var encoder = new FrameEncoder(requestId, expiresAt, BilledCharacters.of(wanted.text()));
        var answer = new AnswerFrames(requestId, encoder, limits.heartbeat(), scheduler);
        var frames = Flux.defer(() -> {
            Speech speech = engine.speak(wanted);
            return answer.frames(
                    speech.audio(), speech.receipt().flatMap(told -> recording(exchange.getRequest(), told)));
        });
        return writer.write(response, frames)
                .onErrorResume(
                        _ -> !response.isCommitted(),
                        error -> FaultResponse.write(response, requestId, Faults.of(requestId, error)));
    }

    /** Speaks the whole text into the archive and answers with the recording's address; the sound itself is discarded here. */
    private Mono<ServerResponse> whole(ServerRequest request, String requestId, SpeechRequest wanted) {
        if (files == null) {
            throw new Rejection(Fault.invalid("This gateway keeps no recordings, so that it can only stream: set the "
                    + "header X-DashScope-SSE: enable."));
        }
        return Mono.defer(() -> {
                    Speech speech = engine.speak(wanted);
                    return speech.audio().then(speech.receipt());
                })
                .flatMap(told -> recording(request.exchange().getRequest(), told))
                .switchIfEmpty(Mono.error(() -> new Rejection(
                        new Fault(500, "InternalError", "The speech was made, but the recording of it failed.", null))))
                .map(file -> {
                    var audio = new Json.Audio("", file.expiresAt(), "audio_" + requestId, file.url());
                    var usage = new Json.Usage(BilledCharacters.of(wanted.text()));
                    return new Json.Result(new Json.Output(audio, "stop"), usage, requestId);
                })
                .flatMap(result -> ServerResponse.ok()
                        .contentType(MediaType.APPLICATION_JSON)
                        .header(FaultResponse.REQUEST_ID, requestId)
                        .header(CharacterCount.HEADER, CharacterCount.of(wanted.text()))
                        .build((exchange, _) -> write(exchange.getResponse(), result)));
    }

    /** Returns a new link to the recording; empty if there is none. */
    private Mono<RecordingLink> recording(HttpRequest request, Receipt receipt) {
        return files != null && receipt.file() instanceof WholeFile.Archived file
                ? files.of(request, file)
                        .map(link ->
                                new RecordingLink(link.address(), link.expires().getEpochSecond()))
                : Mono.empty();
    }

    private static Mono<Void> write(ServerHttpResponse response, Object json) {
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(Json.MAPPER.writeValueAsBytes(json))));
    }
}
