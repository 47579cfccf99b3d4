package dev.stentor.web.voices;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.stentor.speech.Language;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.Voice;
import dev.stentor.speech.voices.CustomVoice;
import dev.stentor.speech.voices.CustomVoices;
import dev.stentor.speech.voices.DesignedVoice;
import dev.stentor.web.edge.CharacterCount;
import dev.stentor.web.edge.Filters;
import dev.stentor.web.edge.JsonBody;
import dev.stentor.web.edge.Problem;
import dev.stentor.web.edge.ProblemException;
import dev.stentor.web.edge.ProblemFilter;
import dev.stentor.web.edge.SpeechProblem;
import dev.stentor.web.edge.Spool;
import dev.stentor.web.edge.StorageException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.codec.DecodingException;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.util.UriUtils;
import reactor.core.publisher.Mono;

/** The HTTP API over voices: it lists and deletes them, makes new ones by cloning or design, and plays a sample of each. */
public final class VoicesApi {

    private static final String ADDRESS = "/v1/voices";
    private static final MediaType WAV = MediaType.parseMediaType("audio/wav");

    /** The longest time that a list waits for the custom voices. */
    private static final Duration LISTING = Duration.ofSeconds(5);

    private final Supplier<List<Voice>> offered;
    private final String defaultVoice;
    private final CustomVoices custom;
    private final JsonBody bodies;
    private final Spool spool;
    private final VoicePreview preview;

    /**
     * The JSON form of the list.
     *
     * @param problem reason why custom voices may be missing from the list; null if it is complete
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record VoiceList(
            List<VoiceView> voices,
            @JsonProperty("default") String defaultVoice,
            @Nullable Problem problem) {}

    /**
     * Creates the API.
     *
     * @param offered returns the present voices of the engine, listed in this order
     * @param defaultVoice name of the voice that is used if a request names none
     * @param custom custom voices of the gateway's accounts
     * @param engine engine that speaks the samples
     * @param bodies reader of JSON bodies
     * @param spool spool for uploaded recordings
     */
    public VoicesApi(
            Supplier<List<Voice>> offered,
            String defaultVoice,
            CustomVoices custom,
            SpeechEngine engine,
            JsonBody bodies,
            Spool spool) {
        this.offered = offered;
        this.defaultVoice = defaultVoice;
        this.custom = custom;
        this.bodies = bodies;
        this.spool = spool;
        this.preview = new VoicePreview(engine);
    }

    /** Returns the routes of this API. */
    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET(ADDRESS, this::list)
                .POST(ADDRESS, this::make)
                .GET(ADDRESS + "/{voice}/preview", this::preview)
                .GET(ADDRESS + "/{voice}", this::look)
                .DELETE(ADDRESS + "/{voice}", this::delete)
                .filter(new ProblemFilter(VoicesApi::translate))
                .build();
    }

    private Mono<ServerResponse> list(ServerRequest request) {
        VoiceFilter filter = VoiceFilter.of(request);
        if (!filter.wantsCustom()) {
            return json(list(filter, List.of(), null));
        }
        return custom.all()
                .timeout(LISTING, Mono.error(() -> new SpeechException(new SpeechFailure.Silent(LISTING, 0))))
                .map(voices -> list(filter, voices, null))
                .onErrorResume(
                        SpeechException.class,
                        failed -> Mono.fromSupplier(() -> list(filter, custom.known(), problem(failed))))
                .flatMap(VoicesApi::json);
    }

    private VoiceList list(VoiceFilter filter, List<CustomVoice> voices, @Nullable Problem problem) {
        return new VoiceList(
                Stream.concat(
                                offered.get().stream().map(VoiceView::of),
                                voices.stream().map(VoiceView::of))
                        .filter(filter)
                        .toList(),
                defaultVoice,
                problem);
    }

    private Mono<ServerResponse> make(ServerRequest request) {
        if (custom.studio().isEmpty()) {
            throw Problem.of(
                            HttpStatus.NOT_IMPLEMENTED,
                            "NoVoiceStudio",
                            "Voices can be made with Qwen-TTS only: set DASHSCOPE_API_KEY in the environment, and "
                                    + "gateway.engine to auto or dashscope.")
                    .exception();
        }
        return isForm(request)
                ? spool.use(file -> CloneForm.read(request, file).flatMap(custom::copy))
                        .flatMap(voice -> created(voice, null))
                : bodies.read(request, DesignBody.class)
                        .flatMap(body -> custom.design(body.order()))
                        .flatMap(designed -> created(designed.voice(), designed.preview()));
    }

    private static Mono<ServerResponse> created(CustomVoice voice, DesignedVoice.@Nullable Preview preview) {
        String address = address(voice.name());
        return ServerResponse.created(URI.create(address))
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(VoiceView.of(voice)
                        .with(new VoiceView.Preview(
                                address + "/preview",
                                preview == null ? WAV.toString() : "audio/" + preview.format(),
                                preview == null ? null : preview.base64())));
    }

    private Mono<ServerResponse> look(ServerRequest request) {
        return view(request).flatMap(VoicesApi::json);
    }

    private Mono<ServerResponse> preview(ServerRequest request) {
        Optional<Language> language = Filters.of(request, List.of("language"))
                .text("language")
                .map(VoiceFields::language)
                .flatMap(Language::of);
        return view(request)
                .map(voice -> preview.request(voice, language.orElse(null)))
                .flatMap(spoken -> preview.of(spoken)
                        .flatMap(wav -> ServerResponse.ok()
                                .contentType(WAV)
                                .header(CharacterCount.HEADER, CharacterCount.of(spoken.text()))
                                .bodyValue(wav)));
    }

    private Mono<ServerResponse> delete(ServerRequest request) {
        String name = request.pathVariable("voice");
        if (offered(name).isPresent()) {
            return Mono.error(
                    Problem.of(HttpStatus.CONFLICT, "BuiltInVoice", "This voice is there for everybody and stays.")
                            .exception());
        }
        return custom.find(name)
                .switchIfEmpty(Mono.error(VoicesApi::unknown))
                .flatMap(voice ->
                        custom.delete(voice).then(ServerResponse.noContent().build()));
    }

    private Mono<VoiceView> view(ServerRequest request) {
        String name = request.pathVariable("voice");
        return Mono.justOrEmpty(offered(name).map(VoiceView::of))
                .switchIfEmpty(Mono.defer(() -> custom.find(name).map(VoiceView::of)))
                .switchIfEmpty(Mono.error(VoicesApi::unknown));
    }

    private Optional<Voice> offered(String name) {
        return offered.get().stream().filter(voice -> voice.name().equals(name)).findFirst();
    }

    private static boolean isForm(ServerRequest request) {
        try {
            return request.headers()
                    .contentType()
                    .filter(MediaType.MULTIPART_FORM_DATA::isCompatibleWith)
                    .isPresent();
        } catch (InvalidMediaTypeException _) {
            return false;
        }
    }

    private static String address(String name) {
        return ADDRESS + "/" + UriUtils.encodePathSegment(name, StandardCharsets.UTF_8);
    }

    private static Mono<ServerResponse> json(Object value) {
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(value);
    }

    private static ProblemException unknown() {
        return Problem.of(HttpStatus.NOT_FOUND, "NotFound", "There is no such voice; GET /v1/voices lists them.")
                .withField("voice")
                .exception();
    }

    private static Throwable translate(Throwable error) {
        return switch (error) {
            case SpeechException failed -> SpeechProblem.of(failed.failure());
            case StorageException full -> full.problem();
            case TimeoutException _ ->
                Problem.of(HttpStatus.REQUEST_TIMEOUT, "UploadStalled", "The upload stood still for too long.")
                        .exception();
            case DataBufferLimitException _ ->
                Problem.of(HttpStatus.CONTENT_TOO_LARGE, "BodyTooLarge", "A field of the form is far too large.")
                        .exception();
            case DecodingException _ ->
                Problem.of(HttpStatus.BAD_REQUEST, "MalformedBody", "The body is not multipart as announced.")
                        .exception();
            default -> error;
        };
    }

    private static Problem problem(SpeechException failed) {
        return SpeechProblem.of(failed.failure()).problem();
    }
}
