package dev.stentor.app;

import dev.stentor.metrics.ConnectionMeters;
import dev.stentor.web.connection.ConnectionLimits;
import dev.stentor.web.edge.CrossOriginHeaders;
import dev.stentor.web.edge.HostRule;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.ChannelOption;
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
 * hosts, the headers for pages of allowed origins, and access, which {@link AccessConfiguration} has.
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
    NettyServerCustomizer connections(ConnectionLimits limits) {
        return server -> server.option(ChannelOption.SO_BACKLOG, 4_096)
                .childOption(ChannelOption.SO_KEEPALIVE, true)
                .doOnChannelInit((_, channel, remote) -> limits.accept(channel, remote));
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
}
