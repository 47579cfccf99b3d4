package dev.stentor.app;

import dev.stentor.load.Overload;
import dev.stentor.metrics.ConnectionMeters;
import dev.stentor.metrics.ProcessMeters;
import dev.stentor.web.connection.ConnectionLimits;
import dev.stentor.web.connection.OpenConnections;
import dev.stentor.web.edge.CrossOriginHeaders;
import dev.stentor.web.edge.HostRule;
import dev.stentor.web.edge.OverloadFilter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelOption;
import io.netty.util.internal.PlatformDependent;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.HashSet;
import java.util.Set;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.reactor.netty.NettyServerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

/**
 * The configuration of all that a request meets before an API sees it, in this order: the limits of connections, the rule about
 * hosts, the headers for pages of allowed origins, access, which {@link AccessConfiguration} has, and the refusal of new work under
 * overload.
 */
@Configuration(proxyBeanMethods = false)
class EdgeConfiguration {

    @Bean
    ConnectionLimits connectionLimits(GatewayProperties properties, MeterRegistry registry) {
        var meters = new ConnectionMeters(registry);
        var limits = new ConnectionLimits(properties.connections().settings(), meters);
        meters.watch(limits);
        return limits;
    }

    /** Enlarges the kernel's queue of connections not yet accepted, because a thousand listeners may connect in one second. */
    @Bean
    NettyServerCustomizer connections(ConnectionLimits limits, OpenConnections open) {
        return server -> server.option(ChannelOption.SO_BACKLOG, 4_096)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .doOnChannelInit((_, channel, remote) -> {
                    open.add(channel);
                    limits.accept(channel, remote);
                });
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
    @Order(0)
    HostRule hostRule(GatewayProperties properties, @Value("${server.address}") String address)
            throws UnknownHostException {
        boolean loopback = !address.isBlank() && InetAddress.getByName(address).isLoopbackAddress();
        Set<String> hosts = new HashSet<>(properties.api().hosts());
        URI outward = properties.api().publicAddress();
        if (outward != null) {
            hosts.add(outward.getHost());
        }
        return new HostRule(loopback, hosts);
    }

    @Bean
    @Order(1)
    CrossOriginHeaders crossOriginHeaders(GatewayProperties properties) {
        return new CrossOriginHeaders(properties.listen().origins());
    }

    @Bean
    @Order(3)
    OverloadFilter overloadFilter(Overload overload) {
        return new OverloadFilter(overload);
    }
}
