package dev.stentor.app;

import dev.stentor.speech.Language;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.Voice;
import dev.stentor.speech.command.CommandEngine;
import dev.stentor.speech.local.LocalEngine;
import dev.stentor.speech.qwen.Model;
import dev.stentor.speech.qwen.QwenCatalogue;
import dev.stentor.speech.qwen.QwenTextLimits;
import dev.stentor.speech.reading.TextLimit;
import dev.stentor.speech.voices.CustomVoices;
import dev.stentor.web.catalogue.EngineFacts;
import dev.stentor.web.catalogue.EngineFacts.Speaker;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The chosen engine without its decorators, which {@link EngineStack} adds.
 *
 * @param source the services or local engines that speak
 * @param limits longest text of one request, by request
 * @param description text for the notice at start
 * @param facts what speaks, for the API
 * @param voices voices that it offers, the default first
 * @param models models that it offers, the default first
 * @param assumedModel model assumed for requests that name none; null if the service decides
 * @param made the voices made in the accounts behind it
 * @param ready completes when the engine can speak; fails if it cannot be started
 * @param closing closes its connections and threads
 */
record Engine(
        Source source,
        Function<SpeechRequest, TextLimit> limits,
        String description,
        EngineFacts facts,
        List<Voice> voices,
        List<Model> models,
        @Nullable String assumedModel,
        CustomVoices made,
        Mono<Void> ready,
        Runnable closing)
        implements AutoCloseable {

    private static final QwenCatalogue CATALOGUE = QwenCatalogue.standard();
    private static final int WORKERS = Runtime.getRuntime().availableProcessors();

    /** The source of speech: services, or engines on this machine. */
    sealed interface Source {}

    /**
     * Speech services.
     *
     * @param services in order of preference; at least one
     */
    record Cloud(List<Upstreams.Service> services) implements Source {}

    /**
     * Engines on this machine.
     *
     * @param english the embedded voice
     * @param others engine for other languages; null if there is none
     */
    record Local(SpeechEngine english, @Nullable SpeechEngine others) implements Source {}

    /** Creates the engine that the configuration names; by default the upstreams if one can be used, else the embedded voice. */
    static Engine of(GatewayProperties properties, Supplier<String> requestIds) {
        List<UpstreamProperties> usable = Upstreams.usable(properties);
        boolean cloud = switch (properties.engine()) {
            case LOCAL -> false;
            case UPSTREAMS, DASHSCOPE -> true;
            case AUTO -> !usable.isEmpty();
        };
        return cloud ? upstreams(usable, properties, requestIds) : local(properties.command(), requestIds);
    }

    /** Tells whether the service that comes first for a request speaks at its speed by itself. */
    boolean changesSpeed(SpeechRequest request) {
        return switch (source) {
            case Cloud cloud ->
                cloud.services().stream()
                        .filter(service -> service.takes(request))
                        .findFirst()
                        .map(Upstreams.Service::changesSpeed)
                        .orElse(false);
            case Local _ -> false;
        };
    }

    @Override
    public void close() {
        closing.run();
    }

    private static Engine local(CommandProperties command, Supplier<String> requestIds) {
        if (!command.isNamed()) {
            return embedded(LocalEngine.start(WORKERS, WORKERS * 64, requestIds));
        }
        Set<String> standIns = CATALOGUE.voices().stream().map(Voice::name).collect(Collectors.toSet());
        CommandEngine program = command.engine(standIns, requestIds); // first: it says if there is no such program
        LocalEngine english = LocalEngine.start(WORKERS, WORKERS * 64, requestIds);
        Engine embedded = embedded(english);
        program.tryOut();
        return new Engine(
                new Local(english, program),
                embedded.limits(),
                embedded.description() + " and " + command.arguments().getFirst() + " for other languages",
                new EngineFacts(List.of(Speaker.EMBEDDED, Speaker.PROGRAM), List.of(Language.ENGLISH)),
                embedded.voices(),
                embedded.models(),
                embedded.assumedModel(),
                embedded.made(),
                embedded.ready(),
                () -> {
                    program.close();
                    embedded.close();
                });
    }

    private static Engine embedded(LocalEngine engine) {
        List<Voice> voices = new ArrayList<>(CATALOGUE.voices());
        voices.addAll(engine.voices());
        List<Model> models = new ArrayList<>(CATALOGUE.models());
        models.addAll(engine.models());
        return new Engine(
                new Local(engine, null),
                _ -> TextLimit.NONE,
                "the embedded voice (English; a stand-in for the cloud voices)",
                new EngineFacts(List.of(Speaker.EMBEDDED), List.of(Language.ENGLISH)),
                List.copyOf(voices),
                List.copyOf(models),
                QwenCatalogue.DEFAULT_MODEL,
                CustomVoices.none(),
                engine.ready(),
                engine::close);
    }

    private static Engine upstreams(
            List<UpstreamProperties> usable, GatewayProperties properties, Supplier<String> requestIds) {
        if (usable.isEmpty()) {
            throw new MissingKeyAnalyzer.MissingKey();
        }
        Upstreams upstreams = Upstreams.of(usable, properties, requestIds);
        return new Engine(
                new Cloud(upstreams.services()),
                QwenTextLimits::of,
                upstreams.description(),
                facts(usable),
                CATALOGUE.voices(),
                CATALOGUE.models(),
                upstreams.assumedModel(),
                upstreams.made(),
                Mono.empty(),
                () -> upstreams.closing().forEach(Runnable::run));
    }

    /** Returns the facts of services; the languages are those of Qwen-TTS, if that comes first. */
    private static EngineFacts facts(List<UpstreamProperties> usable) {
        List<Speaker> speakers = usable.stream()
                .map(upstream -> switch (upstream.kind()) {
                    case DASHSCOPE -> Speaker.QWEN_TTS;
                    case OPENAI -> Speaker.OPENAI;
                })
                .distinct()
                .toList();
        return new EngineFacts(
                speakers,
                speakers.getFirst() == Speaker.QWEN_TTS
                        ? CATALOGUE.models().getFirst().languages()
                        : List.of());
    }
}
