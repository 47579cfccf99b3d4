package dev.stentor.web.catalogue;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.stentor.speech.Language;
import dev.stentor.speech.qwen.Model;
import dev.stentor.web.edge.Filters;
import dev.stentor.web.edge.ProblemFilter;
import java.util.List;
import java.util.Locale;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The HTTP API that lists the models of the configured engine. Thread-safe. */
public final class CatalogueApi {

    private static final List<String> FILTERS = List.of("family", "region", "instructions");

    private final List<Model> models;
    private final String defaultModel;
    private final EngineView engine;

    private record ModelList(
            List<ModelView> models, @JsonProperty("default") String defaultModel, EngineView engine) {}

    /** The JSON form of the facts of the engine. */
    private record EngineView(List<String> speakers, List<String> languages) {

        static EngineView of(EngineFacts engine) {
            return new EngineView(
                    engine.speakers().stream()
                            .map(speaker -> speaker.name().toLowerCase(Locale.ROOT))
                            .toList(),
                    engine.languages().stream().map(Language::languageType).toList());
        }
    }

    /**
     * Creates the API.
     *
     * @param models models to list, in this order
     * @param defaultModel name of the model that is used if a request names none
     * @param engine what speaks
     */
    public CatalogueApi(List<Model> models, String defaultModel, EngineFacts engine) {
        this.models = List.copyOf(models);
        this.defaultModel = defaultModel;
        this.engine = EngineView.of(engine);
    }

    /** Returns the routes of this API. */
    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET("/v1/models", this::list)
                .filter(new ProblemFilter(error -> error))
                .build();
    }

    private Mono<ServerResponse> list(ServerRequest request) {
        Filters filters = Filters.of(request, FILTERS);
        var family = filters.oneOf("family", Model.Family.class);
        var region = filters.text("region");
        var instructions = filters.bool("instructions");
        List<ModelView> found = models.stream()
                .filter(model -> family.isEmpty() || family.get() == model.family())
                .filter(model -> region.isEmpty() || model.regions().contains(region.get()))
                .filter(model -> instructions.isEmpty() || instructions.get() == model.instructions())
                .map(ModelView::of)
                .toList();
        return ServerResponse.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(new ModelList(found, defaultModel, engine));
    }
}
