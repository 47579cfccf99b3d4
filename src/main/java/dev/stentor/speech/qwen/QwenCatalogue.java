package dev.stentor.speech.qwen;

import dev.stentor.speech.Language;
import dev.stentor.speech.TableResource;
import dev.stentor.speech.Voice;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The models and built-in voices of the Qwen-TTS service: data of its documentation, read once from two tables beside this class.
 * Names are case-sensitive, as they are for the service; it may know newer ones.
 *
 * <p>Immutable, thread-safe.
 */
public final class QwenCatalogue {

    /** Model of a request that names none. */
    public static final String DEFAULT_MODEL = "qwen3-tts-flash";

    /** Voice of a request that names none. */
    public static final String DEFAULT_VOICE = "Cherry";

    /** The documented values of {@code language_type}. The service takes others as well: do not refuse one for not being here. */
    static final List<String> LANGUAGE_TYPES = List.of(
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

    /** Returns the catalogue that comes with this gateway. */
    public static QwenCatalogue standard() {
        return STANDARD;
    }

    /** Returns all models, the default first. */
    public List<Model> models() {
        return models;
    }

    /** Returns all built-in voices, the default first. */
    public List<Voice> voices() {
        return voices;
    }

    /** Finds the model of this exact name. */
    public Optional<Model> model(String name) {
        return Optional.ofNullable(modelsByName.get(name));
    }

    /** Finds the built-in voice of this exact name. */
    public Optional<Voice> voice(String name) {
        return Optional.ofNullable(voicesByName.get(name));
    }

    /** Returns the built-in voices that a model has; none for models that speak in designed or cloned voices only. */
    List<Voice> voicesOf(Model model) {
        return voices.stream()
                .filter(voice -> voice.models().contains(model.name()))
                .toList();
    }

    /** Finds the model over HTTP that speaks in voices of a kind, the default first; empty if none does. */
    public Optional<Model> modelFor(Voice.Kind kind) {
        return models.stream()
                .filter(model -> model.transport() == Model.Transport.HTTP
                        && model.voices().contains(kind))
                .findFirst();
    }

    private static QwenCatalogue load() {
        List<List<String>> rows = TableResource.read(QwenCatalogue.class, "qwen-models.tsv", 10);
        List<Voice> voices = TableResource.read(QwenCatalogue.class, "qwen-voices.tsv", 6).stream()
                .map(row -> voice(row, rows))
                .toList();
        return new QwenCatalogue(rows.stream().map(QwenCatalogue::model).toList(), voices);
    }

    private static Model model(List<String> row) {
        return new Model(
                row.get(0),
                Model.Family.valueOf(row.get(1)),
                orNull(row.get(2)),
                Set.of(row.get(4).split(",")),
                limit(orNull(row.get(5))),
                row.get(6).equals("yes"),
                Set.of(Voice.Kind.valueOf(row.get(7))),
                languages(row.get(8)),
                Model.Transport.valueOf(row.get(3)));
    }

    private static @Nullable ModelTextLimit limit(@Nullable String limit) {
        if (limit == null) {
            return null;
        }
        String[] parts = limit.split(" ", 2);
        return new ModelTextLimit(Integer.parseInt(parts[0]), ModelTextLimit.Unit.valueOf(parts[1]));
    }

    private static List<Language> languages(String codes) {
        return codes.equals("*")
                ? List.of(Language.values())
                : Arrays.stream(codes.split(","))
                        .map(code -> Language.of(code).orElseThrow())
                        .toList();
    }

    private static Voice voice(List<String> row, List<List<String>> models) {
        List<String> sets = Arrays.asList(row.get(3).split(","));
        List<String> names = models.stream()
                .filter(model -> sets.contains(model.getLast()))
                .map(List::getFirst)
                .toList();
        return new Voice(
                row.get(0),
                row.get(1),
                Voice.Sex.valueOf(row.get(2)),
                row.get(5),
                names,
                Voice.Kind.BUILTIN,
                List.of(Language.values()),
                orNull(row.get(4)));
    }

    private static @Nullable String orNull(String value) {
        return value.equals(NONE) ? null : value;
    }
}
