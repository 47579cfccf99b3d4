package dev.stentor.web.catalogue;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.stentor.speech.Language;
import dev.stentor.speech.qwen.Model;
import dev.stentor.speech.qwen.ModelTextLimit;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The JSON form of a model. Null means that a value does not exist or is unknown.
 *
 * @param standsFor dated model that this name is an alias of; null if it is none
 * @param textLimit longest text of one request; null if unknown
 * @param instructions whether the model follows instructions on how to speak
 * @param offered whether this gateway can speak with the model
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ModelView(
        String name,
        String family,
        @JsonProperty("stands_for") @Nullable String standsFor,
        List<String> regions,
        @JsonProperty("text_limit") @Nullable LimitView textLimit,
        boolean instructions,
        List<String> voices,
        List<String> languages,
        String transport,
        boolean offered) {

    /** The JSON form of a text limit. */
    record LimitView(int count, String unit) {}

    static ModelView of(Model model) {
        return new ModelView(
                model.name(),
                lower(model.family()),
                model.standsFor(),
                model.regions().stream().sorted().toList(),
                limit(model.textLimit()),
                model.instructions(),
                model.voices().stream().map(ModelView::lower).sorted().toList(),
                model.languages().stream().map(Language::languageType).toList(),
                lower(model.transport()),
                model.transport() == Model.Transport.HTTP);
    }

    private static @Nullable LimitView limit(@Nullable ModelTextLimit limit) {
        return limit == null ? null : new LimitView(limit.count(), lower(limit.unit()));
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
