package dev.stentor.web.openai;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.stentor.audio.WavHeader;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.usage.Account;
import dev.stentor.web.edge.BodyBytes;
import dev.stentor.web.edge.CharacterCount;
import dev.stentor.web.edge.ContentType;
import dev.stentor.web.edge.FrameWriter;
import dev.stentor.web.openai.RequestedSpeech.Delivery;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * The OpenAI speech API over any engine, so that its clients need only a new base URL.
 *
 * <p>A failure before the first sound is an HTTP status with OpenAI's error object. A later failure is the last event of an
 * event stream; if the body is the sound itself, the connection is closed before the body's end, because HTTP has no other way
 * to tell. A client's key is neither checked nor passed on. Thread-safe.
 */
public final class OpenAiApi {

    /** The path that the official clients post to, if their base URL ends in {@code /v1}. */
    static final String PATH = "/v1/audio/speech";

    private static final String REQUEST_ID = "x-request-id";
    private static final MediaType EVENT_STREAM = new MediaType(MediaType.TEXT_EVENT_STREAM, UTF_8);

    private final SpeechEngine engine;
    private final OpenAiLimits limits;
    private final AnswerEncoding encoding;
    private final Supplier<String> requestIds;
    private final Scheduler work;
    private final RequestReader reader;
    private final FrameWriter writer;

    /**
     * Creates the API.
     *
     * @param names meaning of OpenAI's names of models and voices to the engine
     * @param encoding encoders of the answers
     * @param requestIds source of an id for every request, which must be valid in a header; called on event loops, so it must not
     *     block
     * @param work scheduler on which bodies are parsed, and timer; not owned
     */
    public OpenAiApi(
            SpeechEngine engine,
            OpenAiNames names,
            OpenAiLimits limits,
            AnswerEncoding encoding,
            Supplier<String> requestIds,
            Scheduler work) {
        this.engine = engine;
        this.limits = limits;
        this.encoding = encoding;
        this.requestIds = requestIds;
        this.work = work;
        this.reader = new RequestReader(limits.textCharacters(), names, encoding.formats());
        this.writer = new FrameWriter(limits.stall(), work);
    }

    /** Returns the route {@code POST} {@link #PATH}; other methods are answered with 405. */
    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .POST(PATH, this::answer)
                .path(PATH, other -> other.route(_ -> true, this::wrongMethod))
                .build();
    }

    private Mono<ServerResponse> answer(ServerRequest request) {
        String requestId = requestIds.get();
        return Mono.deferContextual(context -> requested(request)
                        .map(requested ->
                                requested.chargedTo(Account.in(context).charge())))
                .flatMap(requested -> spoken(requestId, requested))
                .onErrorResume(error -> refused(requestId, Faults.of(requestId, error)));
    }

    private Mono<ServerResponse> wrongMethod(ServerRequest request) {
        var fault = Fault.of(405, "method_not_allowed", "Only POST is taken here.");
        String requestId = requestIds.get();
        return ServerResponse.status(fault.status())
                .allow(HttpMethod.POST)
                .build((exchange, _) -> refuse(exchange.getResponse(), requestId, fault));
    }

    private Mono<RequestedSpeech> requested(ServerRequest request) {
        if (!ContentType.is(request.headers(), MediaType.APPLICATION_JSON)) {
            throw new Rejection(
                    Fault.of(415, "unsupported_media_type", "The body must be JSON: Content-Type: application/json."));
        }
        return BodyBytes.of(request, limits.bodyBytes())
                .defaultIfEmpty(new byte[0])
                .publishOn(work)
                .map(reader::read)
                .map(requested -> wantsFresh(request) ? requested.anew() : requested)
                .doOnNext(this::check);
    }

    /** Asks the engine for objections before it speaks, so that an error names the member by the client's own name. */
    private void check(RequestedSpeech requested) {
        engine.objection(requested.speech()).ifPresent(objection -> {
            Fault fault = Fault.of(objection);
            throw new Rejection(
                    "language_type".equals(fault.param())
                            ? Fault.invalid(requested.languageMember(), fault.code(), fault.message())
                            : fault);
        });
    }

    private Mono<ServerResponse> spoken(String requestId, RequestedSpeech requested) {
        return ServerResponse.ok()
                .contentType(
                        requested.delivery() == Delivery.SSE
                                ? EVENT_STREAM
                                : requested.format().mediaType())
                .header(REQUEST_ID, requestId)
                .header(
                        CharacterCount.HEADER,
                        CharacterCount.of(requested.speech().text()))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build((exchange, _) -> stream(exchange.getResponse(), requestId, requested));
    }

    private Mono<Void> stream(ServerHttpResponse response, String requestId, RequestedSpeech requested) {
        return writer.write(response, Flux.defer(() -> body(response, requestId, requested)))
                .onErrorResume(error -> {
                    Fault fault = Faults.of(requestId, error);
                    return response.isCommitted() ? writer.cut(response) : refuse(response, requestId, fault);
                });
    }

    private Flux<byte[]> body(ServerHttpResponse response, String requestId, RequestedSpeech requested) {
        Speech speech = engine.speak(requested.speech());
        AudioFormat format = requested.format();
        var held = new HeldSound(limits.heldBytes(), limits.heldTime(), work);
        boolean isHeld = format.namesItsLength() && requested.delivery() == Delivery.AUDIO && limits.heldBytes() > 0;
        Flux<ByteBuffer> audio = isHeld ? held.of(speech.audio()) : speech.audio();
        Flux<byte[]> sound = encoding.encoded(format, requestId.hashCode(), audio, held::samples);
        return switch (requested.delivery()) {
            case AUDIO -> format == AudioFormat.WAV ? sound.doOnNext(_ -> tellLength(response, held.samples())) : sound;
            case SSE -> new Events().of(sound, speech.receipt(), error -> Faults.of(requestId, error));
        };
    }

    /** Tells the length of a WAV file that is not sent yet, if it is known. */
    private static void tellLength(ServerHttpResponse response, OptionalLong samples) {
        if (samples.isPresent() && !response.isCommitted()) {
            response.getHeaders().setContentLength(WavHeader.BYTES + samples.getAsLong() * Short.BYTES);
        }
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
        headers.remove(HttpHeaders.CACHE_CONTROL);
        headers.remove(CharacterCount.HEADER);
        Duration wait = fault.retryAfter();
        if (wait != null) {
            headers.set(
                    HttpHeaders.RETRY_AFTER,
                    Long.toString(Math.max(1, wait.plusMillis(999).toSeconds())));
        }
        return response.writeWith(Mono.fromSupplier(
                () -> response.bufferFactory().wrap(Json.MAPPER.writeValueAsBytes(Json.Failure.of(fault)))));
    }

    private static boolean wantsFresh(ServerRequest request) {
        List<String> directives = request.headers().header(HttpHeaders.CACHE_CONTROL);
        return directives.stream()
                .flatMap(line -> List.of(line.split(",")).stream())
                .anyMatch(
                        directive -> directive.strip().toLowerCase(Locale.ROOT).equals("no-cache"));
    }
}
