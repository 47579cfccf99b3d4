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
 * A model as it is shown. Null means that there is none, or that it is not known.
 *
 * @param offered whether this gateway can speak with it
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

    /** A limit as it is shown. */
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
