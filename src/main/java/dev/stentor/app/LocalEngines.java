package dev.stentor.app;

import dev.stentor.speech.Language;
import dev.stentor.speech.Voice;
import dev.stentor.speech.command.CommandEngine;
import dev.stentor.speech.local.LocalEngine;
import dev.stentor.speech.neural.NaturalState;
import dev.stentor.speech.neural.NeuralEngine;
import dev.stentor.speech.qwen.Model;
import dev.stentor.speech.qwen.QwenCatalogue;
import dev.stentor.speech.reading.TextLimit;
import dev.stentor.speech.voices.CustomVoices;
import dev.stentor.web.catalogue.EngineFacts;
import dev.stentor.web.catalogue.EngineFacts.Speaker;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The engines of this machine, as the configuration wants them.
 *
 * @param embedded the embedded voice
 * @param natural the natural voice; null if it is not wanted
 * @param program the program that the operator names; null if there is none
 */
record LocalEngines(
        LocalEngine embedded,
        @Nullable NeuralEngine natural,
        @Nullable CommandEngine program) {

    private static final QwenCatalogue CATALOGUE = QwenCatalogue.standard();
    private static final int WORKERS = Runtime.getRuntime().availableProcessors();

    /** Starts them. */
    static Engine of(GatewayProperties properties, Supplier<String> requestIds) {
        CommandProperties command = properties.command();
        Set<String> standIns = CATALOGUE.voices().stream().map(Voice::name).collect(Collectors.toSet());
        // First: it says if there is no such program.
        CommandEngine program = command.isNamed() ? command.engine(standIns, requestIds) : null;
        LocalEngine embedded = LocalEngine.start(WORKERS, WORKERS * 64, requestIds);
        NeuralEngine natural = properties.natural().isWanted()
                ? NeuralEngine.start(properties.natural().settings(), embedded.ready(), requestIds)
                : null;
        if (program != null) {
            program.tryOut();
        }
        String others = program == null ? "" : " and " + command.arguments().getFirst() + " for other languages";
        return new LocalEngines(embedded, natural, program).engine(others);
    }

    private Engine engine(String others) {
        String voice = natural == null
                ? "the embedded voice (English; a stand-in for the cloud voices)"
                : "the natural voice, which is being loaded, or else the embedded one";
        return new Engine(
                new Engine.Local(embedded, program, natural),
                _ -> TextLimit.NONE,
                voice + others,
                this::offer,
                QwenCatalogue.DEFAULT_MODEL,
                CustomVoices.none(),
                natural == null ? embedded.ready() : embedded.ready().then(natural.decided()),
                this::close);
    }

    private Offer offer() {
        List<Voice> voices = new ArrayList<>(CATALOGUE.voices());
        List<Model> models = new ArrayList<>(CATALOGUE.models());
        var speakers = new ArrayList<Speaker>();
        var languages = new LinkedHashSet<Language>();
        String notice = null;
        if (natural != null) {
            notice = switch (natural.state()) {
                case NaturalState.Starting _ -> "The natural voice is being loaded.";
                case NaturalState.Absent(String reason) -> "The natural voice does not speak. " + reason;
                case NaturalState.Speaking _ -> {
                    voices.addAll(natural.voices());
                    models.add(natural.model());
                    speakers.add(Speaker.NATURAL);
                    languages.addAll(natural.languages());
                    yield null;
                }
            };
        }
        voices.addAll(embedded.voices());
        models.addAll(embedded.models());
        speakers.add(Speaker.EMBEDDED);
        languages.add(Language.ENGLISH);
        if (program != null) {
            speakers.add(Speaker.PROGRAM);
        }
        return new Offer(new EngineFacts(speakers, List.copyOf(languages), isLoading(), notice), voices, models);
    }

    private boolean isLoading() {
        return natural != null && natural.state() instanceof NaturalState.Starting;
    }

    private void close() {
        if (program != null) {
            program.close();
        }
        if (natural != null) {
            natural.close();
        }
        embedded.close();
    }
}
