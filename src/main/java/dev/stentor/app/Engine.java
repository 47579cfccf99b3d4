package dev.stentor.app;

import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.Voice;
import dev.stentor.speech.neural.NaturalState;
import dev.stentor.speech.neural.NeuralEngine;
import dev.stentor.speech.qwen.Model;
import dev.stentor.speech.qwen.QwenCatalogue;
import dev.stentor.speech.qwen.QwenTextLimits;
import dev.stentor.speech.reading.TextLimit;
import dev.stentor.speech.voices.CustomVoices;
import dev.stentor.web.catalogue.EngineFacts;
import dev.stentor.web.catalogue.EngineFacts.Speaker;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The chosen engine without its decorators, which {@link EngineStack} adds.
 *
 * @param source the services or local engines that speak
 * @param limits longest text of one request, by request
 * @param description text for the notice at start
 * @param present what it offers now: a voice that is still being loaded may change that once. The defaults stay
 * @param assumedModel model assumed for requests that name none; null if the service decides
 * @param made the voices made in the accounts behind it
 * @param ready completes when the engine can speak; fails if it cannot be started
 * @param closing closes its connections and threads
 */
record Engine(
        Source source,
        Function<SpeechRequest, TextLimit> limits,
        String description,
        Supplier<Offer> present,
        @Nullable String assumedModel,
        CustomVoices made,
        Mono<Void> ready,
        Runnable closing)
        implements AutoCloseable {

    private static final QwenCatalogue CATALOGUE = QwenCatalogue.standard();

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
     * @param natural the natural voice, which comes before both; null if it is not wanted
     */
    record Local(
            SpeechEngine english,
            @Nullable SpeechEngine others,
            @Nullable NeuralEngine natural) implements Source {}

    /** Creates the engine that the configuration names; by default the upstreams if one can be used, else the embedded voice. */
    static Engine of(GatewayProperties properties, Supplier<String> requestIds) {
        List<UpstreamProperties> usable = Upstreams.usable(properties);
        boolean cloud = switch (properties.engine()) {
            case LOCAL -> false;
            case UPSTREAMS, DASHSCOPE -> true;
            case AUTO -> !usable.isEmpty();
        };
        return cloud ? upstreams(usable, properties, requestIds) : LocalEngines.of(properties, requestIds);
    }

    /** Returns what speaks, for the API. */
    EngineFacts facts() {
        return present.get().facts();
    }

    /** Returns the voices that it offers, the default first. */
    List<Voice> voices() {
        return present.get().voices();
    }

    /** Returns the models that it offers, the default first. */
    List<Model> models() {
        return present.get().models();
    }

    /** Returns the natural voice; empty if it is not wanted here. */
    Optional<NeuralEngine> natural() {
        return source instanceof Local local ? Optional.ofNullable(local.natural()) : Optional.empty();
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
            case Local local ->
                local.natural() != null
                        && local.natural().state() instanceof NaturalState.Speaking
                        && local.natural().changesSpeed(request);
        };
    }

    @Override
    public void close() {
        closing.run();
    }

    /** Creates the engine of these services, at least one. */
    static Engine upstreams(
            List<UpstreamProperties> usable, GatewayProperties properties, Supplier<String> requestIds) {
        if (usable.isEmpty()) {
            throw new MissingKeyAnalyzer.MissingKey();
        }
        Upstreams upstreams = Upstreams.of(usable, properties, requestIds);
        var offer = new Offer(facts(usable), CATALOGUE.voices(), CATALOGUE.models());
        return new Engine(
                new Cloud(upstreams.services()),
                QwenTextLimits::of,
                upstreams.description(),
                () -> offer,
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
