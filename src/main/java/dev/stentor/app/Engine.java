package dev.stentor.app;

import dev.stentor.speech.LanguageRouter;
import dev.stentor.speech.Model;
import dev.stentor.speech.QwenCatalogue;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.Voice;
import dev.stentor.speech.command.CommandEngine;
import dev.stentor.speech.dashscope.DashScopeEngine;
import dev.stentor.speech.dashscope.DashScopeSettings;
import dev.stentor.speech.local.LocalEngine;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * The engine that was chosen.
 *
 * @param speech the engine itself
 * @param description for the notice at start
 * @param voices what it offers, the default first
 * @param models what it offers, the default first
 * @param ready completes when it can speak; fails if it never will
 * @param closing ends its work
 */
record Engine(
        SpeechEngine speech,
        String description,
        List<Voice> voices,
        List<Model> models,
        Mono<Void> ready,
        Runnable closing)
        implements AutoCloseable {

    private static final QwenCatalogue CATALOGUE = QwenCatalogue.standard();

    /** By configuration; else the cloud service if there is a key, else the embedded voice. */
    static Engine of(GatewayProperties properties, Supplier<String> requestIds) {
        GatewayProperties.DashScope dashscope = properties.dashscope();
        return switch (properties.engine()) {
            case LOCAL -> local(properties.command(), requestIds);
            case DASHSCOPE -> dashscope(dashscope);
            case AUTO -> dashscope.hasKey() ? dashscope(dashscope) : local(properties.command(), requestIds);
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
                embedded.description() + " and " + command.arguments().getFirst() + " for other languages",
                embedded.voices(),
                embedded.models(),
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
                "the embedded voice (English; a stand-in for the cloud voices)",
                List.copyOf(voices),
                List.copyOf(models),
                engine.ready(),
                engine::close);
    }

    private static Engine dashscope(GatewayProperties.DashScope properties) {
        if (!properties.hasKey()) {
            throw new MissingKeyAnalyzer.MissingKey();
        }
        var standard = DashScopeSettings.of(properties.baseUrl(), properties.apiKey());
        var engine = new DashScopeEngine(
                new DashScopeSettings(
                        standard.baseUrl(),
                        standard.apiKey(),
                        properties.workspace(),
                        standard.defaultModel(),
                        standard.defaultVoice(),
                        properties.connectTimeout(),
                        properties.silence(),
                        standard.connections(),
                        standard.receiveBufferBytes(),
                        standard.eventBytes()),
                Schedulers.parallel());
        return new Engine(
                engine,
                "Qwen-TTS at " + properties.baseUrl().getHost(),
                CATALOGUE.voices(),
                CATALOGUE.models(),
                Mono.empty(),
                engine::close);
    }
}
