package dev.stentor.app;

import dev.stentor.speech.LanguageRouter;
import dev.stentor.speech.Model;
import dev.stentor.speech.QwenCatalogue;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.TextLimit;
import dev.stentor.speech.Voice;
import dev.stentor.speech.command.CommandEngine;
import dev.stentor.speech.local.LocalEngine;
import dev.stentor.speech.upstream.UpstreamStats;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/**
 * The engine that was chosen.
 *
 * @param speech the engine itself, with the limits that it has
 * @param limits what it takes in one request
 * @param description for the notice at start
 * @param voices what it offers, the default first
 * @param models what it offers, the default first
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
        Supplier<List<UpstreamStats>> upstreams,
        Mono<Void> ready,
        Runnable closing)
        implements AutoCloseable {

    private static final QwenCatalogue CATALOGUE = QwenCatalogue.standard();

    /** By configuration; else the upstreams if one has a key, else the embedded voice. */
    static Engine of(GatewayProperties properties, Supplier<String> requestIds) {
        List<UpstreamProperties> usable = Upstreams.usable(properties);
        return switch (properties.engine()) {
            case LOCAL -> local(properties.command(), requestIds);
            case UPSTREAMS, DASHSCOPE -> upstreams(usable, properties.dashscope(), requestIds);
            case AUTO ->
                usable.isEmpty()
                        ? local(properties.command(), requestIds)
                        : upstreams(usable, properties.dashscope(), requestIds);
        };
    }

    @Override
    public void close() {
        closing.run();
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
                List::of,
                engine.ready(),
                engine::close);
    }

    private static Engine upstreams(
            List<UpstreamProperties> usable, GatewayProperties.DashScope times, Supplier<String> requestIds) {
        if (usable.isEmpty()) {
            throw new MissingKeyAnalyzer.MissingKey();
        }
        Upstreams upstreams = Upstreams.of(usable, times, requestIds);
        SpeechEngine engine = upstreams.failover();
        return new Engine(
                engine,
                TextLimit::ofQwen,
                upstreams.description(),
                CATALOGUE.voices(),
                CATALOGUE.models(),
                upstreams.failover()::stats,
                Mono.empty(),
                () -> upstreams.closing().forEach(Runnable::run));
    }
}
