package dev.stentor.speech;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The models and built-in voices of the Qwen-TTS service, as far as they answer over HTTP; the realtime models do not. Data of the
 * service's documentation, read once from two tables beside this class. Names are case-sensitive, as they are for the service; it
 * may know newer ones.
 *
 * <p>Immutable, thread-safe.
 */
public final class QwenCatalogue {

    /** Taken where a request names no model. */
    public static final String DEFAULT_MODEL = "qwen3-tts-flash";

    /** Taken where a request names no voice. */
    public static final String DEFAULT_VOICE = "Cherry";

    /** The documented values of {@code language_type}. The service takes others as well: do not refuse one for not being here. */
    public static final List<String> LANGUAGE_TYPES = List.of(
            "Auto",
            "Chinese",
            "English",
            "German",
            "Italian",
            "Portuguese",
            "Spanish",
            "Japanese",
            "Korean",
            "French",
            "Russian");

    private static final String NONE = "-";
    private static final QwenCatalogue STANDARD = load();

    private final List<Model> models;
    private final List<Voice> voices;
    private final Map<String, Model> modelsByName;
    private final Map<String, Voice> voicesByName;

    private QwenCatalogue(List<Model> models, List<Voice> voices) {
        this.models = List.copyOf(models);
        this.voices = List.copyOf(voices);
        this.modelsByName = models.stream().collect(Collectors.toUnmodifiableMap(Model::name, Function.identity()));
        this.voicesByName = voices.stream().collect(Collectors.toUnmodifiableMap(Voice::name, Function.identity()));
    }

    /** The one that comes with this gateway. */
    public static QwenCatalogue standard() {
        return STANDARD;
    }

    /** All models, the default first. */
    public List<Model> models() {
        return models;
    }

    /** All built-in voices, the default first. */
    public List<Voice> voices() {
        return voices;
    }

    /** The model of this exact name. */
    public Optional<Model> model(String name) {
        return Optional.ofNullable(modelsByName.get(name));
    }

    /** The voice of this exact name. */
    public Optional<Voice> voice(String name) {
        return Optional.ofNullable(voicesByName.get(name));
    }

    /** The built-in voices that a model has; none for models that speak in designed or cloned voices only. */
    public List<Voice> voicesOf(Model model) {
        return voices.stream()
                .filter(voice -> voice.models().contains(model.name()))
                .toList();
    }

    private static QwenCatalogue load() {
        List<List<String>> rows = Table.read(QwenCatalogue.class, "qwen-models.tsv", 5);
        List<Voice> voices = Table.read(QwenCatalogue.class, "qwen-voices.tsv", 5).stream()
                .map(row -> voice(row, rows))
                .toList();
        return new QwenCatalogue(rows.stream().map(QwenCatalogue::model).toList(), voices);
    }

    private static Model model(List<String> row) {
        String standsFor = row.get(2);
        return new Model(
                row.get(0),
                Model.Family.valueOf(row.get(1)),
                standsFor.equals(NONE) ? null : standsFor,
                Set.of(row.get(3).split(",")));
    }

    private static Voice voice(List<String> row, List<List<String>> models) {
        List<String> sets = Arrays.asList(row.get(3).split(","));
        List<String> names = models.stream()
                .filter(model -> sets.contains(model.get(4)))
                .map(List::getFirst)
                .toList();
        return new Voice(row.get(0), row.get(1), Voice.Sex.valueOf(row.get(2)), row.get(4), names);
    }
}
