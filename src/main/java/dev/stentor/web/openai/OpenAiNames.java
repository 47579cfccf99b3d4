package dev.stentor.web.openai;

import dev.stentor.speech.TableResource;
import dev.stentor.speech.Voice;
import dev.stentor.speech.qwen.Model;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The mapping of names of models and voices that clients of OpenAI's API use to the engine's. The engine's own names are found
 * without regard to case, and a blank may be an underscore. Another name is mapped only if the engine offers the name that it
 * maps to; every other one is passed to the engine. Read from two tables. Immutable, thread-safe.
 */
public final class OpenAiNames {

    private final Map<String, String> ownModels;
    private final Set<String> models;
    private final Map<String, String> voices;
    private final @Nullable String instructModel;

    /** Creates the mapping; all names that are asked for are in their simple spelling. */
    private OpenAiNames(
            Map<String, String> ownModels,
            Set<String> models,
            Map<String, String> voices,
            @Nullable String instructModel) {
        this.ownModels = ownModels;
        this.models = models;
        this.voices = voices;
        this.instructModel = instructModel;
    }

    /** Creates the mapping for an engine that offers these models and voices. */
    public static OpenAiNames of(List<Model> offeredModels, List<Voice> offeredVoices) {
        Map<String, String> ownModels = bySpelling(offeredModels.stream().map(Model::name));
        Set<String> models = TableResource.read(OpenAiNames.class, "models.tsv", 1).stream()
                .map(row -> simple(row.getFirst()))
                .collect(Collectors.toUnmodifiableSet());
        Map<String, String> voices =
                new HashMap<>(bySpelling(offeredVoices.stream().map(Voice::name)));
        Set<String> offered = Set.copyOf(voices.values());
        TableResource.read(OpenAiNames.class, "voices.tsv", 3).stream()
                .filter(row -> offered.contains(row.get(1)))
                .forEach(row -> voices.putIfAbsent(simple(row.getFirst()), row.get(1)));
        String instructModel = offeredModels.stream()
                .filter(model -> model.family() == Model.Family.INSTRUCT)
                .findFirst()
                .map(Model::name)
                .orElse(null);
        return new OpenAiNames(ownModels, models, Map.copyOf(voices), instructModel);
    }

    /**
     * Returns the engine's name of a model; null means its default.
     *
     * @param instructed whether the request has instructions on how to speak; if it names no model, a model that follows
     *     instructions is chosen then
     */
    @Nullable String model(@Nullable String name, boolean instructed) {
        if (name == null) {
            return instructed ? instructModel : null;
        }
        String own = ownModels.get(simple(name));
        if (own != null) {
            return own;
        }
        if (!models.contains(simple(name))) {
            return name;
        }
        return instructed ? instructModel : null;
    }

    /** Returns the engine's name of a voice; null means its default. */
    @Nullable String voice(@Nullable String name) {
        return name == null ? null : voices.getOrDefault(simple(name), name);
    }

    /** Returns names by their simple spelling. If two have the same, the first one wins. */
    private static Map<String, String> bySpelling(Stream<String> names) {
        return names.collect(Collectors.toUnmodifiableMap(OpenAiNames::simple, name -> name, (first, _) -> first));
    }

    private static String simple(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
