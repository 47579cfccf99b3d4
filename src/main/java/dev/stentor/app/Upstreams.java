package dev.stentor.app;

import dev.stentor.speech.QwenCatalogue;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.dashscope.DashScopeEngine;
import dev.stentor.speech.dashscope.DashScopeSettings;
import dev.stentor.speech.openai.OpenAiEngine;
import dev.stentor.speech.openai.OpenAiSettings;
import dev.stentor.speech.upstream.Failover;
import dev.stentor.speech.upstream.Upstream;
import dev.stentor.speech.upstream.UpstreamSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import reactor.core.scheduler.Schedulers;

/**
 * The services that were configured and have a key, each behind its guard.
 *
 * @param failover speaks through the first that can
 * @param description for the notice at start
 * @param closing ends their connections
 */
record Upstreams(Failover failover, String description, List<Runnable> closing) {

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    /** Those with a key: that of {@code gateway.dashscope} first. */
    static List<UpstreamProperties> usable(GatewayProperties properties) {
        GatewayProperties.DashScope dashscope = properties.dashscope();
        UpstreamProperties first = new UpstreamProperties(
                "dashscope",
                UpstreamProperties.Kind.DASHSCOPE,
                dashscope.baseUrl(),
                dashscope.apiKey(),
                dashscope.workspace(),
                List.of(),
                32,
                3,
                100,
                3,
                UpstreamProperties.OpenAi.NONE);
        return Stream.concat(Stream.of(first), properties.upstreams().stream())
                .filter(UpstreamProperties::isUsable)
                .toList();
    }

    /** All of these; {@code times} says how long each may take. */
    static Upstreams of(
            List<UpstreamProperties> usable, GatewayProperties.DashScope times, Supplier<String> requestIds) {
        var upstreams = new ArrayList<Upstream>();
        var closing = new ArrayList<Runnable>();
        for (UpstreamProperties properties : usable) {
            upstreams.add(
                    switch (properties.kind()) {
                        case DASHSCOPE -> {
                            DashScopeEngine engine = dashscope(properties, times);
                            closing.add(engine::close);
                            yield guarded(engine, properties);
                        }
                        case OPENAI -> {
                            OpenAiEngine engine = openai(properties, times, requestIds);
                            closing.add(engine::close);
                            yield guarded(engine, properties);
                        }
                    });
        }
        return new Upstreams(
                new Failover(upstreams),
                usable.stream().map(Upstreams::described).collect(Collectors.joining(", then ")),
                List.copyOf(closing));
    }

    private static String described(UpstreamProperties upstream) {
        String service = switch (upstream.kind()) {
            case DASHSCOPE -> "Qwen-TTS";
            case OPENAI -> "the speech service";
        };
        return service + " at " + upstream.baseUrl().getHost();
    }

    private static Upstream guarded(SpeechEngine engine, UpstreamProperties properties) {
        return new Upstream(
                engine,
                settings(properties),
                Schedulers.parallel(),
                () -> ThreadLocalRandom.current().nextDouble());
    }

    private static OpenAiEngine openai(
            UpstreamProperties properties, GatewayProperties.DashScope times, Supplier<String> requestIds) {
        var standard = OpenAiSettings.of(properties.baseUrl(), properties.apiKey());
        UpstreamProperties.OpenAi openai = properties.openai();
        return new OpenAiEngine(
                new OpenAiSettings(
                        standard.baseUrl(),
                        standard.apiKey(),
                        properties.models().isEmpty() ? "" : properties.models().getFirst(),
                        openai.voice(),
                        openai.modelNames(),
                        openai.voiceNames(),
                        openai.languageMember(),
                        openai.extra(),
                        openai.rate(),
                        times.connectTimeout(),
                        times.silence(),
                        properties.maxConcurrent(),
                        standard.receiveBufferBytes(),
                        standard.eventBytes()),
                Schedulers.parallel(),
                requestIds);
    }

    private static DashScopeEngine dashscope(UpstreamProperties properties, GatewayProperties.DashScope times) {
        var standard = DashScopeSettings.of(properties.baseUrl(), properties.apiKey());
        List<String> models = properties.models();
        return new DashScopeEngine(
                new DashScopeSettings(
                        standard.baseUrl(),
                        standard.apiKey(),
                        properties.workspace(),
                        models.isEmpty() ? QwenCatalogue.DEFAULT_MODEL : models.getFirst(),
                        standard.defaultVoice(),
                        times.connectTimeout(),
                        times.silence(),
                        properties.maxConcurrent(),
                        standard.receiveBufferBytes(),
                        standard.eventBytes()),
                Schedulers.parallel());
    }

    private static UpstreamSettings settings(UpstreamProperties properties) {
        return new UpstreamSettings(
                properties.name(),
                properties.models(),
                properties.maxConcurrent(),
                properties.requestsPerSecond(),
                properties.maxWaiting(),
                LONGEST_WAIT,
                properties.tries());
    }
}
