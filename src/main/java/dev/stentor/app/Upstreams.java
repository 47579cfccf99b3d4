package dev.stentor.app;

import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.dashscope.DashScopeEngine;
import dev.stentor.speech.dashscope.DashScopeSettings;
import dev.stentor.speech.dashscope.DashScopeVoices;
import dev.stentor.speech.openai.OpenAiEngine;
import dev.stentor.speech.openai.OpenAiSettings;
import dev.stentor.speech.qwen.QwenCatalogue;
import dev.stentor.speech.upstream.UpstreamSettings;
import dev.stentor.speech.voices.CustomVoices;
import dev.stentor.speech.voices.VoiceStudio;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.scheduler.Schedulers;

/**
 * The configured services that can be used: those with a key, and those that need none.
 *
 * @param services in order of preference
 * @param description text for the notice at start
 * @param assumedModel model that the first service assumes for requests that name none; null if the service decides
 * @param made the voices made in their accounts
 * @param closing tasks that close their connections
 */
record Upstreams(
        List<Service> services,
        String description,
        @Nullable String assumedModel,
        CustomVoices made,
        List<Runnable> closing) {

    /**
     * One service.
     *
     * @param engine the engine that calls the service; not guarded yet
     * @param settings settings of its guard
     * @param studio studio that makes voices in its account; null if it makes none
     * @param made the voices made in all accounts
     * @param changesSpeed whether it speaks at the speed of a request by itself
     */
    record Service(
            SpeechEngine engine,
            UpstreamSettings settings,
            @Nullable VoiceStudio studio,
            CustomVoices made,
            boolean changesSpeed) {

        /** Tells whether requests like this one go to it. */
        boolean takes(SpeechRequest request) {
            return settings.take(request) && serves(request);
        }

        /** Tells whether it has the voice of a request. A voice that was made in one account exists only there. */
        boolean serves(SpeechRequest request) {
            String voice = request.voice();
            return voice == null
                    || made.studioOf(voice).map(home -> home.equals(studio)).orElse(true);
        }
    }

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    /** Returns the services that can be used; that of {@code gateway.dashscope} comes first. */
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
        List<UpstreamProperties> usable = Stream.concat(Stream.of(first), properties.upstreams().stream())
                .filter(UpstreamProperties::isUsable)
                .toList();
        if (usable.stream().map(UpstreamProperties::name).distinct().count() < usable.size()) {
            throw new IllegalArgumentException(
                    "gateway.upstreams[].name must be different for each; the one of gateway.dashscope is dashscope");
        }
        return usable;
    }

    /** Creates the services; opens no connection yet. */
    static Upstreams of(List<UpstreamProperties> usable, GatewayProperties properties, Supplier<String> requestIds) {
        GatewayProperties.DashScope times = properties.dashscope();
        var studios = new LinkedHashMap<UpstreamProperties, VoiceStudio>();
        var engines = new LinkedHashMap<UpstreamProperties, SpeechEngine>();
        var closing = new ArrayList<Runnable>();
        for (UpstreamProperties one : usable) {
            engines.put(
                    one,
                    switch (one.kind()) {
                        case DASHSCOPE -> {
                            DashScopeSettings settings = dashscope(one, times);
                            var engine = new DashScopeEngine(settings, Schedulers.parallel());
                            var studio = new DashScopeVoices(
                                    settings, properties.voices().patience(), Schedulers.parallel());
                            closing.add(engine::close);
                            closing.add(studio::close);
                            studios.put(one, studio);
                            yield engine;
                        }
                        case OPENAI -> {
                            OpenAiEngine engine = openai(one, times, requestIds);
                            closing.add(engine::close);
                            yield engine;
                        }
                    });
        }
        var made = new CustomVoices(
                List.copyOf(studios.values()), properties.voices().keep(), Schedulers.parallel());
        return new Upstreams(
                engines.entrySet().stream()
                        .map(one -> new Service(
                                one.getValue(),
                                settings(one.getKey()),
                                studios.get(one.getKey()),
                                made,
                                one.getKey().changesSpeed()))
                        .toList(),
                usable.stream().map(Upstreams::described).collect(Collectors.joining(", then ")),
                assumedModel(usable.getFirst()),
                made,
                List.copyOf(closing));
    }

    private static String described(UpstreamProperties upstream) {
        String service = switch (upstream.kind()) {
            case DASHSCOPE -> "Qwen-TTS";
            case OPENAI -> "the speech service";
        };
        return service + " at " + upstream.baseUrl().getHost();
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

    private static @Nullable String assumedModel(UpstreamProperties first) {
        return first.kind() == UpstreamProperties.Kind.DASHSCOPE ? defaultModel(first) : null;
    }

    private static String defaultModel(UpstreamProperties properties) {
        return properties.models().isEmpty()
                ? QwenCatalogue.DEFAULT_MODEL
                : properties.models().getFirst();
    }

    private static DashScopeSettings dashscope(UpstreamProperties properties, GatewayProperties.DashScope times) {
        var standard = DashScopeSettings.of(properties.baseUrl(), properties.apiKey());
        return new DashScopeSettings(
                standard.baseUrl(),
                standard.apiKey(),
                properties.workspace(),
                defaultModel(properties),
                standard.defaultVoice(),
                times.connectTimeout(),
                times.silence(),
                properties.maxConcurrent(),
                standard.receiveBufferBytes(),
                standard.eventBytes());
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
