package dev.stentor.app;

import dev.stentor.load.Overload;
import dev.stentor.metrics.ConnectionMeters;
import dev.stentor.metrics.ProcessMeters;
import dev.stentor.speech.qwen.VoiceRules;
import dev.stentor.web.connection.AcceptFailures;
import dev.stentor.web.connection.ConnectionLimits;
import dev.stentor.web.connection.FaultAnswer;
import dev.stentor.web.connection.OpenConnections;
import dev.stentor.web.connection.RequestFault;
import dev.stentor.web.connection.TrustedProxies;
import dev.stentor.web.dashscope.CustomizationApi;
import dev.stentor.web.edge.ApiShape;
import dev.stentor.web.edge.BodyRule;
import dev.stentor.web.edge.CrossOriginHeaders;
import dev.stentor.web.edge.ErrorAnswers;
import dev.stentor.web.edge.HostRule;
import dev.stentor.web.edge.OverloadFilter;
import dev.stentor.web.edge.SecurityHeaders;
import dev.stentor.web.edge.TraceFilter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelOption;
import io.netty.util.internal.PlatformDependent;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.boot.web.server.autoconfigure.ServerProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;

/**
 * The configuration of all that a request meets before an API sees it, in this order: the limits of connections and the form of
 * requests, the headers of every answer, the rule about hosts, the headers for pages of allowed origins, access, which
 * {@link AccessConfiguration} has, the rule about bodies, the refusal of new work under overload, and the trace.
 */
@Configuration(proxyBeanMethods = false)
class EdgeConfiguration {

    /** The place of our answers to errors: before those of Spring Boot. */
    private static final int ERRORS = -2;

    /** The room that a form takes around the recording in it, with its other fields. */
    private static final long FORM_BYTES = 64 << 10;

    @Bean
    ConnectionMeters connectionMeters(MeterRegistry registry) {
        return new ConnectionMeters(registry);
    }

    @Bean
    ConnectionLimits connectionLimits(GatewayProperties properties, TrustedProxies proxies, ConnectionMeters meters) {
        var limits =
                new ConnectionLimits(properties.connections().settings(), proxies, EdgeConfiguration::answer, meters);
        meters.watch(limits);
        return limits;
    }

    private static FaultAnswer.Body answer(String path, RequestFault fault) {
        ApiShape shape = ApiShape.of(path);
        return new FaultAnswer.Body(
                shape.contentType().toString(),
                shape.error(HttpStatus.valueOf(fault.status().code()), fault.code(), fault.detail()));
    }

    @Bean
    TrustedProxies trustedProxies(GatewayProperties properties) {
        return properties.proxies().proxies();
    }

    /**
     * Guards the connections, and enlarges the kernel's queue of those not yet accepted, because a thousand listeners may connect in
     * one second. A client may shut its own side behind its request and still gets its answer.
     */
    @Bean
    NettyServerCustomizer connections(
            Protocols protocols,
            ConnectionLimits limits,
            TrustedProxies proxies,
            ConnectionMeters meters,
            OpenConnections open,
            MemoryGuard memory) {
        var forwarding = new Forwarding(proxies);
        return server -> protocols
                .of(server)
                .option(ChannelOption.SO_BACKLOG, 4_096)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .forwarded(forwarding::apply)
                .doOnBound(bound -> bound.channel().pipeline().addFirst(new AcceptFailures(meters)))
                .doOnChannelInit((_, channel, _) -> {
                    channel.pipeline().addFirst("memory", memory.ofConnection());
                    open.add(channel);
                    // The address that Reactor Netty tells here is that of a server to connect to: none.
                    limits.accept(channel, channel.remoteAddress());
                });
    }

    @Bean
    Protocols protocols(ServerProperties server, GatewayProperties properties) {
        return new Protocols(server, properties.connections().maxStreams());
    }

    @Bean
    OpenConnections openConnections(MeterRegistry registry) {
        var open = new OpenConnections();
        var meters = new ProcessMeters(registry);
        meters.watchOutbound(open::pendingBytes, open::blocked);
        meters.watchDirectMemory(PlatformDependent::usedDirectMemory, PlatformDependent.maxDirectMemory());
        return open;
    }

    @Bean
    @Order(ERRORS)
    ErrorAnswers errorAnswers() {
        return new ErrorAnswers();
    }

    @Bean
    @Order(-1)
    SecurityHeaders securityHeaders(GatewayProperties properties) {
        return new SecurityHeaders(properties.api().frameAncestors());
    }

    @Bean
    @Order(0)
    HostRule hostRule(GatewayProperties properties, @Value("${server.address}") String address)
            throws UnknownHostException {
        Set<String> hosts = new HashSet<>(properties.api().hosts());
        URI outward = properties.api().publicAddress();
        if (outward != null) {
            hosts.add(outward.getHost());
        }
        return new HostRule(new BoundAddress(address).isLoopback(), hosts);
    }

    @Bean
    @Order(1)
    CrossOriginHeaders crossOriginHeaders(GatewayProperties properties) {
        return new CrossOriginHeaders(properties.listen().origins());
    }

    @Bean
    @Order(3)
    BodyRule bodyRule(GatewayProperties properties) {
        long json = properties.api().maxBody().toBytes();
        long sound = properties.sources().maxSize().toBytes();
        return new BodyRule(
                Map.of(
                        "/v1/sounds/", Math.max(sound, json),
                        "/v1/voices", Math.max(VoiceRules.RECORDING_BYTES + FORM_BYTES, json),
                        "/api/", Math.max(CustomizationApi.BODY_BYTES, json)),
                json);
    }

    @Bean
    @Order(4)
    OverloadFilter overloadFilter(Overload overload) {
        return new OverloadFilter(overload);
    }

    @Bean
    @Order(5)
    TraceFilter traceFilter(TraceSender traces) {
        return new TraceFilter(traces.source());
    }
}
