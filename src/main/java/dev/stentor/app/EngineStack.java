package dev.stentor.app;

import dev.stentor.speech.LanguageRouter;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.TracedEngine;
import dev.stentor.speech.billing.BilledEngine;
import dev.stentor.speech.billing.ReservingEngine;
import dev.stentor.speech.billing.SettlingEngine;
import dev.stentor.speech.neural.CertainVoice;
import dev.stentor.speech.neural.NaturalFirst;
import dev.stentor.speech.neural.NaturalState;
import dev.stentor.speech.neural.NeuralEngine;
import dev.stentor.speech.qwen.QwenCatalogue;
import dev.stentor.speech.qwen.QwenRules;
import dev.stentor.speech.qwen.RuledEngine;
import dev.stentor.speech.reading.BoundedEngine;
import dev.stentor.speech.reading.LongText;
import dev.stentor.speech.reading.ScaledEngine;
import dev.stentor.speech.reading.SoundBound;
import dev.stentor.speech.reading.SoundBoundStats;
import dev.stentor.speech.upstream.CallStats;
import dev.stentor.speech.upstream.Failover;
import dev.stentor.speech.upstream.Upstream;
import dev.stentor.speech.upstream.UpstreamStats;
import dev.stentor.trace.TraceKey;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import reactor.core.scheduler.Schedulers;

/**
 * The engine with all its decorators. {@link #of} is the only place that sets their order. There are four entries, each at its
 * own layer. It owns nothing: {@link Engine} and {@link Archiving} are closed by their owner.
 */
final class EngineStack {

    private final LongText wholeTexts;
    private final SpeechEngine answers;
    private final SpeechEngine oneRequest;
    private final SpeechEngine unkept;
    private final SpeechEngine source;

    /** Creates the stack; calls no engine yet. */
    static EngineStack of(
            GatewayProperties properties, Engine engine, Archiving archiving, SoundBoundStats stats, CallStats calls) {
        var rules = new QwenRules(QwenCatalogue.standard(), engine.made(), engine.assumedModel());
        Supplier<String> origin = () -> origin(properties, engine);
        SoundBound bound = properties.sound().bound();
        String model = engine.assumedModel() == null ? "default" : engine.assumedModel();
        // The order of the decorators, outermost first.
        return new EngineStack(
                // Cuts a long text, has its parts spoken one by one, and records them as one file as well.
                inner -> new LongText(inner, engine.limits(), LongText.AHEAD, archiving.recorder(), bound, stats),
                // Reserves the characters of a request, and counts it as shared if nothing below was called for it.
                inner -> ReservingEngine.ofCalls(inner, model),
                // Plays an equal request again, joins it, or records it. Another speed is made of the sound at speed 1,
                // which may be recorded, unless the service that comes first speaks at that speed by itself.
                inner -> certain(
                        engine,
                        archiving.over(
                                inner,
                                origin,
                                (own, recorded) -> new BoundedEngine(
                                        new ScaledEngine(own, recorded, engine::changesSpeed), bound, stats))),
                // Holds what is reserved until the sound has ended; then refuses what the Qwen-TTS service would
                // refuse.
                inner -> new SettlingEngine(new RuledEngine(inner, rules)),
                // Ends a request whose engine gives too much sound, so that no archive keeps it.
                inner -> new BoundedEngine(inner, bound, stats),
                switch (engine.source()) {
                    // Goes to the first service that takes it, then to the next.
                    case Engine.Cloud cloud ->
                        new Failover(cloud.services().stream()
                                // Waits for a place, is tried again, and is kept away while the service is down.
                                .map(service -> new Upstream(
                                        // DashScopeEngine or OpenAiEngine; each attempt is counted, and a step of the
                                        // trace. Speeds that it does not know are made here.
                                        called(
                                                service.changesSpeed()
                                                        ? service.engine()
                                                        : new ScaledEngine(service.engine()),
                                                service.settings().name(),
                                                model),
                                        service.settings(),
                                        service::serves,
                                        Schedulers.parallel(),
                                        calls,
                                        () -> ThreadLocalRandom.current().nextDouble()))
                                .toList());
                    // NeuralEngine for what it speaks, LocalEngine for English, CommandEngine for other languages.
                    case Engine.Local local -> {
                        SpeechEngine english = called(new ScaledEngine(local.english()), "local", model);
                        SpeechEngine plain = local.others() == null
                                ? english
                                : new LanguageRouter(
                                        english, called(new ScaledEngine(local.others()), "command", model));
                        yield local.natural() == null ? plain : naturalFirst(local.natural(), plain, model);
                    }
                });
    }

    private static SpeechEngine naturalFirst(NeuralEngine natural, SpeechEngine other, String model) {
        var anySpeed = new ScaledEngine(natural, natural, natural::changesSpeed);
        return new NaturalFirst(natural, called(anySpeed, "natural", model), other);
    }

    /** Keeps sound only while it is certain which voice speaks. */
    private static SpeechEngine certain(Engine engine, SpeechEngine kept) {
        return engine.natural()
                .<SpeechEngine>map(natural -> new CertainVoice(natural, kept))
                .orElse(kept);
    }

    private static SpeechEngine called(SpeechEngine engine, String name, String model) {
        var billed = new BilledEngine(engine, name, model);
        return new TracedEngine(billed, "engine call", TraceKey.ENGINE, name);
    }

    private EngineStack(
            Function<SpeechEngine, LongText> longText,
            UnaryOperator<SpeechEngine> reserving,
            UnaryOperator<SpeechEngine> archive,
            UnaryOperator<SpeechEngine> rules,
            UnaryOperator<SpeechEngine> requestBound,
            SpeechEngine source) {
        this.source = source;
        SpeechEngine checked = rules.apply(requestBound.apply(source));
        this.unkept = reserving.apply(checked);
        this.oneRequest = reserving.apply(archive.apply(checked));
        this.wholeTexts = longText.apply(oneRequest);
        this.answers = ReservingEngine.ofTexts(wholeTexts);
    }

    /** Returns the entry for texts of any length, whose characters the caller has reserved. */
    LongText wholeTexts() {
        return wholeTexts;
    }

    /** Returns the entry for texts of any length that are answered at once: all of their characters are reserved first. */
    SpeechEngine answers() {
        return answers;
    }

    /** Returns the entry for texts that fit in one request. */
    SpeechEngine oneRequest() {
        return oneRequest;
    }

    /** Returns the entry for speech that is not archived, such as previews of voices. */
    SpeechEngine unkept() {
        return unkept;
    }

    /** Returns the state and totals of each service, in order of preference; empty for the embedded voice. */
    List<UpstreamStats> upstreams() {
        return source instanceof Failover failover ? failover.stats() : List.of();
    }

    /**
     * Returns the origin of the sound. Archived sound of another origin is not played, so a changed configuration takes effect.
     */
    private static String origin(GatewayProperties properties, Engine engine) {
        String upstreams = properties.upstreams().stream()
                .map(upstream -> upstream.baseUrl() + " " + upstream.workspace() + " " + upstream.openai())
                .collect(Collectors.joining(" "));
        boolean natural = engine.natural()
                .filter(voice -> voice.state() instanceof NaturalState.Speaking)
                .isPresent();
        String voice = natural ? "natural" + properties.natural().origin() : engine.description();
        return voice + properties.command().origin() + upstreams;
    }
}
