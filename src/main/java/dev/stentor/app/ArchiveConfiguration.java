package dev.stentor.app;

import dev.stentor.app.PublicAddressAnalyzer.MissingPublicAddress;
import dev.stentor.metrics.SoundBoundMeters;
import dev.stentor.metrics.UpstreamMeters;
import dev.stentor.web.edge.PublicAddress;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.UnknownHostException;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Beans for the archive and for the engine with its decorators. */
@Configuration(proxyBeanMethods = false)
class ArchiveConfiguration {

    @Bean(destroyMethod = "close")
    Archiving archiving(GatewayProperties properties, MeterRegistry registry) {
        return Archiving.of(properties.archive(), properties.cluster().signingKey(), registry);
    }

    /**
     * Creates the engine that all APIs use. The bean is not named "speech", because the engine's part of readiness has that name.
     */
    @Bean
    EngineStack speaking(
            GatewayProperties properties,
            Engine engine,
            Archiving archiving,
            Optional<ArchiveSharing> sharing,
            MeterRegistry registry) {
        var meters = new UpstreamMeters(registry);
        Archiving shared = archiving.with(sharing.map(ArchiveSharing::others).orElse(null));
        EngineStack speaking = EngineStack.of(properties, engine, shared, new SoundBoundMeters(registry), meters);
        meters.watch(speaking::upstreams);
        return speaking;
    }

    /** Creates the address that links begin with; fails if anybody on the network could choose another for them. */
    @Bean
    PublicAddress publicAddress(GatewayProperties properties, @Value("${server.address}") String address)
            throws UnknownHostException {
        GatewayProperties.Api api = properties.api();
        var bound = new BoundAddress(address);
        if (api.publicAddress() == null && !api.trustHost() && !bound.isLoopback()) {
            throw new MissingPublicAddress(bound);
        }
        return new PublicAddress(api.publicAddress());
    }

    /** Creates the routes of recordings. They come after the OpenAI API, one of whose addresses would match them. */
    @Bean
    @Order(RouteOrder.RECORDINGS)
    RouterFunction<ServerResponse> audioApi(Archiving archiving, Optional<ArchiveSharing> sharing) {
        return archiving.with(sharing.map(ArchiveSharing::others).orElse(null)).routes();
    }
}
