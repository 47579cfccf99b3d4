package dev.stentor.web.dashscope;

import dev.stentor.speech.voices.CustomVoices;
import dev.stentor.speech.voices.VoiceStudio;
import dev.stentor.web.edge.Spool;
import dev.stentor.web.edge.SpooledFile;
import java.io.IOException;
import java.util.function.Supplier;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.BodyExtractors;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * The DashScope API for making voices. Requests are passed on to the service with the gateway's own key. Errors that the
 * gateway can detect are refused here; all other answers, errors included, are the service's own. The body is kept in a file
 * until it is checked. Thread-safe.
 */
public final class CustomizationApi {

    /** The path that the official clients post to, if their base URL ends in {@code /api/v1}. */
    static final String PATH = "/api/v1/services/audio/tts/customization";

    /** The largest body, in bytes: a recording of 10 MB in Base64, and the JSON around it. */
    public static final int BODY_BYTES = 14_000_000;

    private final CustomVoices voices;
    private final Spool spool;
    private final Supplier<String> requestIds;

    /**
     * Creates the API.
     *
     * @param voices custom voices of the gateway's accounts
     * @param spool spool for the request bodies
     * @param requestIds source of an id for every answer that is not the service's; an id must be valid in a header, and the
     *     call must not block
     */
    public CustomizationApi(CustomVoices voices, Spool spool, Supplier<String> requestIds) {
        this.voices = voices;
        this.spool = spool;
        this.requestIds = requestIds;
    }

    /** Returns the route {@code POST} {@link #PATH}. */
    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route().POST(PATH, this::answer).build();
    }

    private Mono<ServerResponse> answer(ServerRequest request) {
        String requestId = requestIds.get();
        return Mono.defer(() -> {
                    HeaderRules.check(request.headers());
                    VoiceStudio studio = voices.studio().orElseThrow(() -> new Rejection(noAccount()));
                    return spool.use(file -> passOn(request, file, studio));
                })
                .flatMap(CustomizationApi::response)
                .onErrorResume(error -> FaultResponse.of(requestId, Faults.of(requestId, error)));
    }

    private Mono<VoiceStudio.Answer> passOn(ServerRequest request, SpooledFile file, VoiceStudio first) {
        return file.write(request.body(BodyExtractors.toDataBuffers()), BODY_BYTES)
                .flatMap(bytes -> file.read(CustomizationRequest::read)
                        .delayUntil(wanted -> file.read(_ -> check(wanted, file)))
                        .flatMap(wanted -> passOn(wanted, new VoiceStudio.Body(bytes, file.content()), first)));
    }

    /** Passes the request on: to the account of the voice that it names, if that is known, else to the first account. */
    private Mono<VoiceStudio.Answer> passOn(CustomizationRequest wanted, VoiceStudio.Body body, VoiceStudio first) {
        VoiceStudio studio = wanted.value("voice").flatMap(voices::studioOf).orElse(first);
        return studio.pass(body).doOnNext(answer -> CustomVoiceUpdate.apply(wanted, answer, voices, studio));
    }

    private static boolean check(CustomizationRequest wanted, SpooledFile file) throws IOException {
        CustomizationRules.check(wanted);
        if (wanted.audioAt() >= 0) {
            new EmbeddedRecording(file::open, wanted.audioAt()).check();
        }
        return true;
    }

    private static Mono<ServerResponse> response(VoiceStudio.Answer answer) {
        var response = ServerResponse.status(answer.status());
        if (answer.contentType() != null) {
            response.header(HttpHeaders.CONTENT_TYPE, answer.contentType());
        }
        if (answer.requestId() != null) {
            response.header(FaultResponse.REQUEST_ID, answer.requestId());
        }
        return response.build((exchange, _) -> {
            var out = exchange.getResponse();
            out.getHeaders().setContentLength(answer.body().remaining());
            return out.writeWith(Mono.fromSupplier(
                    () -> out.bufferFactory().wrap(answer.body().duplicate())));
        });
    }

    private static Fault noAccount() {
        return new Fault(
                403,
                "AccessDenied.Unpurchased",
                "This gateway has no account with the service, so that no voices can be made: set DASHSCOPE_API_KEY in "
                        + "the environment, and gateway.engine to auto or dashscope.",
                null);
    }
}
