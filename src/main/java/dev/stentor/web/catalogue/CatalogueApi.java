package dev.stentor.web.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.stentor.speech.Language;
import dev.stentor.speech.Voice;
import dev.stentor.speech.qwen.Model;
import dev.stentor.web.edge.Filters;
import dev.stentor.web.edge.Problem;
import dev.stentor.web.edge.ProblemFilter;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * The HTTP API that lists the models of the configured engine, and the lists that clients of OpenAI's API ask for. Thread-safe.
 */
public final class CatalogueApi {

    private static final List<String> FILTERS = List.of("family", "region", "instructions");

    private final Supplier<List<Model>> models;
    private final Supplier<List<Voice>> voices;
    private final String defaultModel;
    private final Supplier<EngineFacts> engine;

    /** All models for the gateway's own clients, and those that can speak for OpenAI's. */
    private record ModelList(
            String object,
            List<OpenAiModel> data,
            List<ModelView> models,
            @JsonProperty("default") String defaultModel,
            EngineView engine) {}

    private record Named(String id, String name) {}

    private record SpeechModels(List<Named> models) {}

    private record SpeechVoices(List<Named> voices) {}

    /** The JSON form of the facts of the engine. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record EngineView(
            List<String> speakers,
            List<String> languages,
            boolean loading,
            @Nullable String notice) {

        static EngineView of(EngineFacts engine) {
            return new EngineView(
                    engine.speakers().stream()
                            .map(speaker -> speaker.name().toLowerCase(Locale.ROOT))
                            .toList(),
                    engine.languages().stream().map(Language::languageType).toList(),
                    engine.loading(),
                    engine.notice());
        }
    }

    /**
     * Creates the API. What the suppliers return may change; they are called for each request, on event loops.
     *
     * @param models models to list, in this order
     * @param voices built-in voices, in this order
     * @param defaultModel name of the model that is used if a request names none
     * @param engine what speaks
     */
    public CatalogueApi(
            Supplier<List<Model>> models,
            Supplier<List<Voice>> voices,
            String defaultModel,
            Supplier<EngineFacts> engine) {
        this.models = models;
        this.voices = voices;
        this.defaultModel = defaultModel;
        this.engine = engine;
    }

    /** Returns the routes of this API. */
    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET("/v1/models", this::list)
                .GET("/v1/models/{*model}", this::one)
                .GET("/v1/audio/models", _ -> json(speechModels()))
                .GET("/v1/audio/voices", _ -> json(speechVoices()))
                .filter(new ProblemFilter(error -> error))
                .build();
    }

    private Mono<ServerResponse> list(ServerRequest request) {
        Filters filters = Filters.of(request, FILTERS);
        var family = filters.oneOf("family", Model.Family.class);
        var region = filters.text("region");
        var instructions = filters.bool("instructions");
        List<Model> found = models.get().stream()
                .filter(model -> family.isEmpty() || family.get() == model.family())
                .filter(model -> region.isEmpty() || model.regions().contains(region.get()))
                .filter(model -> instructions.isEmpty() || instructions.get() == model.instructions())
                .toList();
        return json(new ModelList(
                "list",
                found.stream().filter(CatalogueApi::speaks).map(OpenAiModel::of).toList(),
                found.stream().map(ModelView::of).toList(),
                defaultModel,
                EngineView.of(engine.get())));
    }

    /** Answers with one model. A name may have slashes, as those of Hugging Face have. */
    private Mono<ServerResponse> one(ServerRequest request) {
        String name = request.pathVariable("model").substring(1);
        Model found = models.get().stream()
                .filter(model -> model.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> Problem.of(
                                HttpStatus.NOT_FOUND,
                                "ModelNotFound",
                                "There is no such model. GET /v1/models lists the models.")
                        .withField("model")
                        .exception());
        return json(new OpenAiModel.Whole(OpenAiModel.of(found), ModelView.of(found)));
    }

    private SpeechModels speechModels() {
        return new SpeechModels(models.get().stream()
                .filter(CatalogueApi::speaks)
                .map(model -> new Named(model.name(), model.name()))
                .toList());
    }

    private SpeechVoices speechVoices() {
        return new SpeechVoices(voices.get().stream()
                .map(voice -> new Named(voice.name(), voice.name()))
                .toList());
    }

    private static boolean speaks(Model model) {
        return model.transport() == Model.Transport.HTTP;
    }

    private static Mono<ServerResponse> json(Object body) {
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(body);
    }
}
