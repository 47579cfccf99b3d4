package dev.stentor.web.openai;

import dev.stentor.speech.TableResource;
import dev.stentor.speech.Voice;
import dev.stentor.speech.qwen.Model;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The mapping of OpenAI's names of models and voices to the engine's. A name is mapped only if the engine does not offer that
 * name itself but does offer the name that it maps to; every other name is passed to the engine. Read from two tables.
 * Immutable, thread-safe.
 */
public final class OpenAiNames {

    private final Set<String> models;
    private final Map<String, String> voices;
    private final @Nullable String instructModel;

    private OpenAiNames(Set<String> models, Map<String, String> voices, @Nullable String instructModel) {
        this.models = models;
        this.voices = voices;
        this.instructModel = instructModel;
    }

    /** Creates the mapping for an engine that offers these models and voices. */
    public static OpenAiNames of(List<Model> offeredModels, List<Voice> offeredVoices) {
        Set<String> known = offeredModels.stream().map(Model::name).collect(Collectors.toSet());
        Set<String> heard = offeredVoices.stream().map(Voice::name).collect(Collectors.toSet());
        Set<String> models = TableResource.read(OpenAiNames.class, "models.tsv", 1).stream()
                .map(List::getFirst)
                .filter(name -> !known.contains(name))
                .collect(Collectors.toUnmodifiableSet());
        Map<String, String> voices = TableResource.read(OpenAiNames.class, "voices.tsv", 3).stream()
                .filter(row -> !heard.contains(row.getFirst()) && heard.contains(row.get(1)))
                .collect(Collectors.toUnmodifiableMap(List::getFirst, row -> row.get(1)));
        String instructModel = offeredModels.stream()
                .filter(model -> model.family() == Model.Family.INSTRUCT)
                .findFirst()
                .map(Model::name)
                .orElse(null);
        return new OpenAiNames(models, voices, instructModel);
    }

    /**
     * Returns the engine's name of a model; null means its default.
     *
     * @param instructed whether the request has instructions on how to speak; if it names no model, a model that follows
     *     instructions is chosen then
     */
    @Nullable String model(@Nullable String name, boolean instructed) {
        if (name != null && !models.contains(name)) {
            return name;
        }
        return instructed ? instructModel : null;
    }

    /** Returns the engine's name of a voice; null means its default. */
    @Nullable String voice(@Nullable String name) {
        return name == null ? null : voices.getOrDefault(name, name);
    }
}
