package dev.stentor.app;

import dev.stentor.access.CommandCheck;
import dev.stentor.broadcast.Broadcasts;
import dev.stentor.channel.Channels;
import dev.stentor.codec.Mp3BitRate;
import dev.stentor.codec.ffmpeg.AacEncoder;
import dev.stentor.load.Overload;
import dev.stentor.load.RefusedWork;
import dev.stentor.metrics.AacMeters;
import dev.stentor.metrics.ListenMeters;
import dev.stentor.relay.SharedChannels;
import dev.stentor.speech.TracedEngine;
import dev.stentor.trace.TraceKey;
import dev.stentor.web.catalogue.CatalogueApi;
import dev.stentor.web.catalogue.UpstreamsApi;
import dev.stentor.web.channels.ChannelsApi;
import dev.stentor.web.cluster.PeerClient;
import dev.stentor.web.dashscope.CustomizationApi;
import dev.stentor.web.dashscope.DashScopeApi;
import dev.stentor.web.dashscope.DashScopeLimits;
import dev.stentor.web.edge.DescriptionRoutes;
import dev.stentor.web.edge.JsonBody;
import dev.stentor.web.edge.NotFoundRoutes;
import dev.stentor.web.edge.PageRoutes;
import dev.stentor.web.edge.PublicAddress;
import dev.stentor.web.edge.RemoteLists;
import dev.stentor.web.edge.Spool;
import dev.stentor.web.listen.Hearing;
import dev.stentor.web.listen.ListenApi;
import dev.stentor.web.listen.ListenRights;
import dev.stentor.web.listen.ListenTimes;
import dev.stentor.web.openai.AnswerEncoding;
import dev.stentor.web.openai.OpenAiApi;
import dev.stentor.web.openai.OpenAiLimits;
import dev.stentor.web.openai.OpenAiNames;
import dev.stentor.web.voices.VoicesApi;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.observation.ObservationPredicate;
import java.util.Optional;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.observation.ServerRequestObservationContext;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.WebFilter;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The configuration that builds the HTTP APIs, one room each. */
@Configuration(proxyBeanMethods = false)
class WebConfiguration {

    @Bean(destroyMethod = "close")
    ServerLoops serverLoops(GatewayProperties properties) {
        GatewayProperties.Listen listen = properties.listen();
        return ServerLoops.of(
                listen.transport(), listen.send(), Runtime.getRuntime().availableProcessors());
    }

    /** Leaves the connections of listeners out of the requests that are timed: they last for hours, and have meters of their own. */
    @Bean
    ObservationPredicate requestsWithoutListeners() {
        return (_, context) -> !(context instanceof ServerRequestObservationContext request && isWebSocket(request));
    }

    private static boolean isWebSocket(ServerRequestObservationContext request) {
        ServerHttpRequest asked = request.getCarrier();
        return asked != null
                && asked.getMethod().equals(HttpMethod.GET)
                && "websocket".equalsIgnoreCase(asked.getHeaders().getUpgrade());
    }

    /** Creates the resources that Spring Boot runs the server on; a customizer of the server could not replace them. */
    @Bean
    ReactorResourceFactory serverResources(ServerLoops loops) {
        var resources = new ReactorResourceFactory();
        resources.setUseGlobalResources(false);
        resources.setLoopResources(loops);
        return resources;
    }

    @Bean
    @Order(RouteOrder.APIS)
    RouterFunction<ServerResponse> dashScopeApi(EngineStack speaking, Archiving archiving, PublicAddress gateway) {
        return new DashScopeApi(
                        new TracedEngine(speaking.oneRequest(), "speech", TraceKey.API, "dashscope"),
                        archiving.addresses(gateway),
                        DashScopeLimits.DEFAULT,
                        Identifiers::requestId,
                        Schedulers.parallel())
                .routes();
    }

    /** Creates the threads that encode Opus, MP3 and FLAC, one for each core, because an event loop must not be used for that. */
    @Bean(destroyMethod = "dispose")
    Scheduler encoding() {
        return Schedulers.newParallel("encoding", Runtime.getRuntime().availableProcessors(), true);
    }

    /** Creates the encoders of answers; they are closed with the context. */
    @Bean(destroyMethod = "close")
    AnswerEncoding answerEncoding(GatewayProperties properties, Scheduler encoding, MeterRegistry registry) {
        AacEncoder aac = properties.encoder().isNamed() ? properties.encoder().aac() : null;
        if (aac == null) {
            AacMeters.register(registry, () -> 0, () -> 0, () -> 0);
        } else {
            AacMeters.register(registry, aac::used, aac::refused, aac::failed);
            aac.tryOut();
        }
        return new AnswerEncoding(new Mp3BitRate(properties.api().mp3Bitrate()), aac, encoding);
    }

    @Bean
    @Order(RouteOrder.APIS)
    RouterFunction<ServerResponse> openAiApi(
            GatewayProperties properties, Engine engine, EngineStack speaking, AnswerEncoding encoding) {
        var limits = new OpenAiLimits(
                properties.channels().maxTextCharacters(),
                Math.toIntExact(properties.api().maxBody().toBytes()),
                OpenAiLimits.DEFAULT.stall(),
                Math.toIntExact(properties.api().heldSound().toBytes()),
                properties.api().heldTime());
        return new OpenAiApi(
                        new TracedEngine(speaking.answers(), "speech", TraceKey.API, "openai"),
                        OpenAiNames.of(engine.models(), engine.voices()),
                        limits,
                        encoding,
                        Identifiers::requestId,
                        Schedulers.parallel())
                .routes();
    }

    @Bean
    @Order(RouteOrder.APIS)
    RouterFunction<ServerResponse> channelsApi(
            GatewayProperties properties,
            EngineStack speaking,
            Archiving archiving,
            PublicAddress gateway,
            Channels channels,
            Broadcasts broadcasts,
            Optional<RemoteLists> others) {
        var bodies = new JsonBody(Math.toIntExact(properties.api().maxBody().toBytes()), Schedulers.parallel());
        return new ChannelsApi(
                        channels,
                        broadcasts,
                        speaking.wholeTexts(),
                        archiving.addresses(gateway),
                        others.orElse(RemoteLists.NONE),
                        bodies,
                        properties.channels().maxTextCharacters(),
                        Schedulers.parallel())
                .routes();
    }

    @Bean
    Hearing hearing(
            Channels channels, Broadcasts broadcasts, Optional<SharedChannels> shared, Optional<PeerClient> client) {
        return shared.<Hearing>map(others -> ClusterHearing.of(channels, broadcasts, others, client.orElseThrow()))
                .orElseGet(() -> Hearing.here(channels, broadcasts));
    }

    @Bean
    ListenApi listening(
            GatewayProperties properties,
            EngineStack speaking,
            Channels channels,
            Broadcasts broadcasts,
            Hearing hearing,
            CommandCheck check,
            Overload overload,
            MeterRegistry registry) {
        return new ListenApi(
                channels,
                broadcasts,
                hearing,
                ListenTimes.standard(),
                properties.listen().bounds(),
                new ListenMeters(registry),
                new ListenRights(
                        properties.listen().control(),
                        check,
                        speaking.wholeTexts(),
                        properties.channels().maxTextCharacters(),
                        () -> overload.refuses(RefusedWork.SAY)),
                () -> Identifiers.random('c'),
                Schedulers.parallel());
    }

    @Bean
    @Order(RouteOrder.APIS)
    RouterFunction<ServerResponse> listenApi(ListenApi listening) {
        return listening.routes();
    }

    /** Creates the filter that is the last one: what comes here was let pass by all others. */
    @Bean
    @Order(Ordered.LOWEST_PRECEDENCE)
    WebFilter upgrades(ListenApi listening, ServerCodecConfigurer codecs) {
        return listening.upgrades(codecs.getWriters());
    }

    @Bean
    @Order(RouteOrder.APIS)
    RouterFunction<ServerResponse> description() {
        return DescriptionRoutes.routes();
    }

    @Bean
    @Order(RouteOrder.NOT_FOUND)
    RouterFunction<ServerResponse> nothingHere() {
        return NotFoundRoutes.routes();
    }

    @Bean
    @Order(RouteOrder.APIS)
    RouterFunction<ServerResponse> catalogueApi(Engine engine) {
        return new CatalogueApi(
                        engine::models,
                        engine::voices,
                        engine.models().getFirst().name(),
                        engine::facts)
                .routes();
    }

    @Bean
    @Order(RouteOrder.APIS)
    RouterFunction<ServerResponse> upstreamsApi(EngineStack speaking) {
        return new UpstreamsApi(speaking::upstreams).routes();
    }

    @Bean
    @Order(RouteOrder.APIS)
    RouterFunction<ServerResponse> pages() {
        return PageRoutes.routes();
    }

    @Bean
    Spool spool(GatewayProperties properties) {
        VoicesProperties voices = properties.voices();
        return new Spool(voices.uploads(), voices.uploadPatience(), Schedulers.boundedElastic(), Schedulers.parallel());
    }

    @Bean
    @Order(RouteOrder.APIS)
    RouterFunction<ServerResponse> voicesApi(
            GatewayProperties properties, Engine engine, EngineStack speaking, Spool spool) {
        var bodies = new JsonBody(Math.toIntExact(properties.api().maxBody().toBytes()), Schedulers.parallel());
        return new VoicesApi(
                        engine::voices,
                        engine.voices().getFirst().name(),
                        engine.made(),
                        speaking.unkept(),
                        bodies,
                        spool)
                .routes();
    }

    @Bean
    @Order(RouteOrder.APIS)
    RouterFunction<ServerResponse> customizationApi(Engine engine, Spool spool) {
        return new CustomizationApi(engine.made(), spool, Identifiers::requestId).routes();
    }
}
