package dev.stentor.web.dashscope;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stentor.speech.BilledCharacters;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.web.edge.FrameWriter;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.util.DisconnectedClientHelper;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The streaming half of the DashScope speech API over any engine, so that the official clients need only a new base URL.
 *
 * <p>Every failure before the first sound is an HTTP status with a JSON body, every later one an error frame; both use the
 * service's codes. The caller's key is only looked at for being there. Thread-safe; work is done on the threads of the server and
 * the engine.
 */
public final class DashScopeApi {

    /** Where the official clients post to, if their base URL ends in {@code /api/v1}. */
    public static final String PATH = "/api/v1/services/aigc/multimodal-generation/generation";

    private static final String REQUEST_ID = "x-request-id";
    private static final MediaType EVENT_STREAM = new MediaType(MediaType.TEXT_EVENT_STREAM, UTF_8);
    private static final Duration FILE_LIFETIME = Duration.ofHours(24);

    private final SpeechEngine engine;
    private final DashScopeLimits limits;
    private final Supplier<String> requestIds;
    private final Scheduler scheduler;
    private final RequestReader reader;
    private final FrameWriter writer;

    /**
     * Over an engine.
     *
     * @param requestIds gives every request its id, which must be fit for a header. Called on the server's event loops: it must
     *     not block, which {@code UUID.randomUUID()} does
     * @param scheduler runs heartbeats and time-outs, and tells the time; not owned
     */
    public DashScopeApi(SpeechEngine engine, DashScopeLimits limits, Supplier<String> requestIds, Scheduler scheduler) {
        this.engine = engine;
        this.limits = limits;
        this.requestIds = requestIds;
        this.scheduler = scheduler;
        this.reader = new RequestReader(limits.textCharacters());
        this.writer = new FrameWriter(limits.stall(), scheduler);
    }

    /** The endpoint: {@code POST} {@link #PATH}. */
    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route().POST(PATH, this::answer).build();
    }

    private Mono<ServerResponse> answer(ServerRequest request) {
        String requestId = requestIds.get();
        return body(request)
                .map(reader::read)
                .flatMap(wanted -> spoken(requestId, wanted))
                .onErrorResume(error -> refused(requestId, Faults.of(requestId, error)));
    }

    private Mono<byte[]> body(ServerRequest request) {
        return Mono.defer(() -> {
                    Admission.check(request.headers());
                    return DataBufferUtils.join(request.body(BodyExtractors.toDataBuffers()), limits.bodyBytes());
                })
                .onErrorMap(
                        DisconnectedClientHelper::isClientDisconnectedException,
                        _ -> new Rejection(Fault.invalid("The request body broke off.")))
                .map(DashScopeApi::bytes)
                .defaultIfEmpty(new byte[0]);
    }

    private Mono<ServerResponse> spoken(String requestId, SpeechRequest wanted) {
        return ServerResponse.ok()
                .contentType(EVENT_STREAM)
                .header(REQUEST_ID, requestId)
                .build((exchange, _) -> stream(exchange.getResponse(), requestId, wanted));
    }

    private Mono<Void> stream(ServerHttpResponse response, String requestId, SpeechRequest wanted) {
        long expiresAt = scheduler.now(TimeUnit.SECONDS) + FILE_LIFETIME.toSeconds();
        var encoder = new FrameEncoder(requestId, expiresAt, BilledCharacters.of(wanted.text()));
        var answer = new Answer(requestId, encoder, limits.heartbeat(), scheduler);
        var frames = answer.frames(Flux.defer(() -> engine.speak(wanted).audio()));
        return writer.write(response, frames)
                .onErrorResume(
                        _ -> !response.isCommitted(),
                        error -> refuse(response, requestId, Faults.of(requestId, error)));
    }

    private static Mono<ServerResponse> refused(String requestId, Fault fault) {
        return ServerResponse.status(fault.status())
                .build((exchange, _) -> refuse(exchange.getResponse(), requestId, fault));
    }

    private static Mono<Void> refuse(ServerHttpResponse response, String requestId, Fault fault) {
        response.setStatusCode(HttpStatusCode.valueOf(fault.status()));
        HttpHeaders headers = response.getHeaders();
        headers.setContentType(MediaType.APPLICATION_JSON);
        headers.set(REQUEST_ID, requestId);
        Duration wait = fault.retryAfter();
        if (wait != null) {
            headers.set(
                    HttpHeaders.RETRY_AFTER,
                    Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
        }
        var failure = new Json.Failure(fault.code(), fault.message(), requestId);
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(Json.MAPPER.writeValueAsBytes(failure))));
    }

    private static byte[] bytes(DataBuffer buffer) {
        byte[] bytes = new byte[buffer.readableByteCount()];
        buffer.read(bytes);
        DataBufferUtils.release(buffer);
        return bytes;
    }
}
