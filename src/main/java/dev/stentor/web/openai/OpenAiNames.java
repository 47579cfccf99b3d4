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
 * What OpenAI's names of models and voices mean here. A name is given another meaning only where the engine does not offer it
 * itself, and offers what it would then mean; every other name is left to the engine. Data of two tables. Immutable, thread-safe.
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

    /** For an engine that offers these. */
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
     * The engine's name of a model; null means its default.
     *
     * @param instructed whether the request says how to speak: a model that nobody chose is then one that follows instructions
     */
    @Nullable String model(@Nullable String name, boolean instructed) {
        if (name != null && !models.contains(name)) {
            return name;
        }
        return instructed ? instructModel : null;
    }

    /** The engine's name of a voice; null means its default. */
    @Nullable String voice(@Nullable String name) {
        return name == null ? null : voices.getOrDefault(name, name);
    }
}
