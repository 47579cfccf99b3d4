package dev.stentor.web.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.stentor.speech.Model;
import dev.stentor.speech.Voice;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Lists the models and voices that the configured engine takes. */
public final class CatalogueApi {

    private final VoiceList voices;
    private final ModelList models;

    private record VoiceList(
            List<VoiceView> voices, @JsonProperty("default") String defaultVoice) {}

    private record ModelList(
            List<ModelView> models, @JsonProperty("default") String defaultModel) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record VoiceView(
            String name,
            @JsonProperty("chinese_name") @Nullable String chineseName,
            String sex,
            String note,
            List<String> models) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record ModelView(
            String name,
            String family,
            @JsonProperty("stands_for") @Nullable String standsFor,
            List<String> regions) {}

    /** The lists, in this order; the defaults are what a request without a name gets. */
    public CatalogueApi(List<Voice> voices, String defaultVoice, List<Model> models, String defaultModel) {
        this.voices = new VoiceList(voices.stream().map(CatalogueApi::view).toList(), defaultVoice);
        this.models = new ModelList(models.stream().map(CatalogueApi::view).toList(), defaultModel);
    }

    /** Its routes. */
    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET("/v1/voices", request -> json(voices))
                .GET("/v1/models", request -> json(models))
                .build();
    }

    private static Mono<ServerResponse> json(Object value) {
        return ServerResponse.ok().contentType(MediaType.APPLICATION_JSON).bodyValue(value);
    }

    private static VoiceView view(Voice voice) {
        return new VoiceView(voice.name(), voice.chineseName(), lower(voice.sex()), voice.note(), voice.models());
    }

    private static ModelView view(Model model) {
        return new ModelView(
                model.name(),
                lower(model.family()),
                model.standsFor(),
                model.regions().stream().sorted().toList());
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
