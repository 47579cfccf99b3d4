package dev.stentor.web.catalogue;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.stentor.speech.qwen.Model;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The JSON form of a model as OpenAI's clients read it.
 *
 * @param created day of its dated name, in seconds since 1970; 0 if no name has a date
 */
record OpenAiModel(
        String id,
        String object,
        long created,
        @JsonProperty("owned_by") String ownedBy) {

    private static final Pattern DATED = Pattern.compile(".*-(\\d{4}-\\d{2}-\\d{2})");

    /**
     * The same, with everything that is known of the model beside.
     *
     * @param view members of {@link ModelView}
     */
    record Whole(
            @JsonUnwrapped OpenAiModel model, @JsonUnwrapped ModelView view) {}

    static OpenAiModel of(Model model) {
        String owner = model.family() == Model.Family.EMBEDDED ? "stentor" : "qwen";
        return new OpenAiModel(model.name(), "model", created(model), owner);
    }

    private static long created(Model model) {
        String dated = model.standsFor() == null ? model.name() : model.standsFor();
        Matcher found = DATED.matcher(dated);
        return found.matches() ? LocalDate.parse(found.group(1)).atStartOfDay().toEpochSecond(ZoneOffset.UTC) : 0;
    }
}
