package dev.stentor.app;

import dev.stentor.speech.LanguageRouter;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.qwen.QwenCatalogue;
import dev.stentor.speech.qwen.QwenRules;
import dev.stentor.speech.qwen.RuledEngine;
import dev.stentor.speech.reading.LongText;
import dev.stentor.speech.upstream.Failover;
import dev.stentor.speech.upstream.Upstream;
import dev.stentor.speech.upstream.UpstreamStats;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import reactor.core.scheduler.Schedulers;

/**
 * The engine and all that stands before it. The constructor is the one place that says in which order a request meets what; there are
 * three ways in, each at its own layer. Owns nothing: {@link Engine} and {@link Archiving} are closed by their owner.
 */
final class EngineStack {

    private final LongText wholeTexts;
    private final SpeechEngine oneRequest;
    private final SpeechEngine unkept;
    private final SpeechEngine source;

    /** Builds the stack; asks nobody yet. */
    EngineStack(GatewayProperties properties, Engine engine, Archiving archiving) {
        var rules = new QwenRules(QwenCatalogue.standard(), engine.made(), engine.assumedModel());
        // What a request meets, outermost first. Each way in is the layer that is assigned to it.
        wholeTexts = new LongText( // cuts a long text, and has its parts spoken one by one
                oneRequest = archiving.over( // plays an equal request again, joins it, or records it
                        unkept = new RuledEngine( // refuses what the Qwen-TTS service would refuse
                                source = switch (engine.source()) {
                                    case Engine.Cloud cloud ->
                                        new Failover(cloud.services().stream() // goes to the first that takes it
                                                .map(service -> new Upstream( // waits for a place, and tries again
                                                        service.engine(), // DashScopeEngine or OpenAiEngine
                                                        service.settings(),
                                                        service::serves,
                                                        Schedulers.parallel(),
                                                        () -> ThreadLocalRandom.current()
                                                                .nextDouble()))
                                                .toList());
                                    case Engine.Local(SpeechEngine english, SpeechEngine others) ->
                                        others == null
                                                ? english // LocalEngine
                                                : new LanguageRouter(english, others); // CommandEngine for the others
                                },
                                rules),
                        origin(properties, engine)),
                engine.limits(),
                LongText.AHEAD,
                archiving.recorder()); // records a text that was cut as one file as well
    }

    /** Returns the way in for texts of any length. */
    LongText wholeTexts() {
        return wholeTexts;
    }

    /** Returns the way in for texts that fit in one request. */
    SpeechEngine oneRequest() {
        return oneRequest;
    }

    /** Returns the way in for speech that is not to be kept, such as previews of voices. */
    SpeechEngine unkept() {
        return unkept;
    }

    /** Returns how each service is doing, in order of preference; empty for the embedded voice. */
    List<UpstreamStats> upstreams() {
        return source instanceof Failover failover ? failover.stats() : List.of();
    }

    /** Names whose sound it is: sound that was kept before something of this was changed is not played again. */
    private static String origin(GatewayProperties properties, Engine engine) {
        String upstreams = properties.upstreams().stream()
                .map(upstream -> upstream.baseUrl() + " " + upstream.workspace() + " " + upstream.openai())
                .collect(Collectors.joining(" "));
        return engine.description() + properties.command().origin() + upstreams;
    }
}
