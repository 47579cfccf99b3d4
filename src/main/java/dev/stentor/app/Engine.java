package dev.stentor.app;

import dev.stentor.speech.LanguageRouter;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.Voice;
import dev.stentor.speech.command.CommandEngine;
import dev.stentor.speech.local.LocalEngine;
import dev.stentor.speech.qwen.Model;
import dev.stentor.speech.qwen.QwenCatalogue;
import dev.stentor.speech.qwen.QwenRules;
import dev.stentor.speech.qwen.RuledEngine;
import dev.stentor.speech.reading.TextLimit;
import dev.stentor.speech.upstream.UpstreamStats;
import dev.stentor.speech.voices.CustomVoices;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The engine that was chosen.
 *
 * @param speech the engine itself, with the limits that it has
 * @param limits what it takes in one request
 * @param description for the notice at start
 * @param voices what it offers, the default first
 * @param models what it offers, the default first
 * @param assumedModel taken for one that a request does not name; null if that is the service's own affair
 * @param made the voices of the accounts behind it
 * @param upstreams how each service behind it is doing; empty for the embedded voice
 * @param ready completes when it can speak; fails if it never will
 * @param closing ends its work
 */
record Engine(
        SpeechEngine speech,
        Function<SpeechRequest, TextLimit> limits,
        String description,
        List<Voice> voices,
        List<Model> models,
        @Nullable String assumedModel,
        CustomVoices made,
        Supplier<List<UpstreamStats>> upstreams,
        Mono<Void> ready,
        Runnable closing)
        implements AutoCloseable {

    private static final QwenCatalogue CATALOGUE = QwenCatalogue.standard();

    /** By configuration; else the upstreams if one has a key, else the embedded voice. */
    static Engine of(GatewayProperties properties, Supplier<String> requestIds) {
        List<UpstreamProperties> usable = Upstreams.usable(properties);
        boolean cloud = switch (properties.engine()) {
            case LOCAL -> false;
            case UPSTREAMS, DASHSCOPE -> true;
            case AUTO -> !usable.isEmpty();
        };
        Engine chosen = cloud ? upstreams(usable, properties, requestIds) : local(properties.command(), requestIds);
        return chosen.ruled();
    }

    @Override
    public void close() {
        closing.run();
    }

    /** The same behind the rules of Qwen-TTS. */
    private Engine ruled() {
        var rules = new QwenRules(CATALOGUE, made, assumedModel);
        return new Engine(
                new RuledEngine(speech, rules),
                limits,
                description,
                voices,
                models,
                assumedModel,
                made,
                upstreams,
                ready,
                closing);
    }

    private static Engine local(CommandProperties command, Supplier<String> requestIds) {
        if (!command.isNamed()) {
            return embedded(requestIds);
        }
        Set<String> standIns = CATALOGUE.voices().stream().map(Voice::name).collect(Collectors.toSet());
        CommandEngine program = command.engine(standIns, requestIds); // first: it says if there is no such program
        Engine embedded = embedded(requestIds);
        program.tryOut();
        return new Engine(
                new LanguageRouter(embedded.speech(), program),
                embedded.limits(),
                embedded.description() + " and " + command.arguments().getFirst() + " for other languages",
                embedded.voices(),
                embedded.models(),
                embedded.assumedModel(),
                embedded.made(),
                embedded.upstreams(),
                embedded.ready(),
                () -> {
                    program.close();
                    embedded.close();
                });
    }

    private static Engine embedded(Supplier<String> requestIds) {
        int workers = Runtime.getRuntime().availableProcessors();
        LocalEngine engine = LocalEngine.start(workers, workers * 64, requestIds);
        List<Voice> voices = new ArrayList<>(CATALOGUE.voices());
        voices.addAll(engine.voices());
        List<Model> models = new ArrayList<>(CATALOGUE.models());
        models.addAll(engine.models());
        return new Engine(
                engine,
                _ -> TextLimit.NONE,
                "the embedded voice (English; a stand-in for the cloud voices)",
                List.copyOf(voices),
                List.copyOf(models),
                QwenCatalogue.DEFAULT_MODEL,
                CustomVoices.none(),
                List::of,
                engine.ready(),
                engine::close);
    }

    private static Engine upstreams(
            List<UpstreamProperties> usable, GatewayProperties properties, Supplier<String> requestIds) {
        if (usable.isEmpty()) {
            throw new MissingKeyAnalyzer.MissingKey();
        }
        Upstreams upstreams = Upstreams.of(usable, properties, requestIds);
        SpeechEngine engine = upstreams.failover();
        return new Engine(
                engine,
                TextLimit::ofQwen,
                upstreams.description(),
                CATALOGUE.voices(),
                CATALOGUE.models(),
                upstreams.assumedModel(),
                upstreams.made(),
                upstreams.failover()::stats,
                Mono.empty(),
                () -> upstreams.closing().forEach(Runnable::run));
    }
}
