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
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import reactor.core.scheduler.Schedulers;

/**
 * The engine and all that stands before it. {@link #of} is the one place that says in which order a request meets what; there are three
 * ways in, each at its own layer. Owns nothing: {@link Engine} and {@link Archiving} are closed by their owner.
 */
final class EngineStack {

    private final LongText wholeTexts;
    private final SpeechEngine oneRequest;
    private final SpeechEngine unkept;
    private final SpeechEngine source;

    /** Builds the stack; asks nobody yet. */
    static EngineStack of(GatewayProperties properties, Engine engine, Archiving archiving) {
        var rules = new QwenRules(QwenCatalogue.standard(), engine.made(), engine.assumedModel());
        String origin = origin(properties, engine);
        // What a request meets, outermost first.
        return new EngineStack(
                // Cuts a long text, has its parts spoken one by one, and records them as one file as well.
                inner -> new LongText(inner, engine.limits(), LongText.AHEAD, archiving.recorder()),
                // Plays an equal request again, joins it, or records it.
                inner -> archiving.over(inner, origin),
                // Refuses what the Qwen-TTS service would refuse.
                inner -> new RuledEngine(inner, rules),
                switch (engine.source()) {
                    // Goes to the first service that takes it, then to the next.
                    case Engine.Cloud cloud ->
                        new Failover(cloud.services().stream()
                                // Waits for a place, is tried again, and is kept away while the service is down.
                                .map(service -> new Upstream(
                                        service.engine(), // DashScopeEngine or OpenAiEngine
                                        service.settings(),
                                        service::serves,
                                        Schedulers.parallel(),
                                        () -> ThreadLocalRandom.current().nextDouble()))
                                .toList());
                    // LocalEngine for English, CommandEngine for other languages.
                    case Engine.Local local ->
                        local.others() == null ? local.english() : new LanguageRouter(local.english(), local.others());
                });
    }

    private EngineStack(
            Function<SpeechEngine, LongText> longText,
            UnaryOperator<SpeechEngine> archive,
            UnaryOperator<SpeechEngine> rules,
            SpeechEngine source) {
        this.source = source;
        this.unkept = rules.apply(source);
        this.oneRequest = archive.apply(unkept);
        this.wholeTexts = longText.apply(oneRequest);
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
