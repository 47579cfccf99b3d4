package dev.stentor.app;

import dev.stentor.web.edge.PublicAddress;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** Puts the archive between the engine and everybody who speaks. */
@Configuration(proxyBeanMethods = false)
class ArchiveConfiguration {

    @Bean(destroyMethod = "close")
    Archiving archiving(GatewayProperties properties, MeterRegistry registry) {
        return Archiving.of(properties.archive(), registry);
    }

    /** What all APIs speak with. Not "speech" by name: so is the engine's part of readiness called. */
    @Bean
    EngineStack speaking(GatewayProperties properties, Engine engine, Archiving archiving) {
        return EngineStack.of(properties, engine, archiving);
    }

    @Bean
    PublicAddress publicAddress(GatewayProperties properties) {
        return new PublicAddress(properties.api().publicAddress());
    }

    /** After the OpenAI API, whose one address lies among these. */
    @Bean
    @Order(RouteOrder.RECORDINGS)
    RouterFunction<ServerResponse> audioApi(Archiving archiving) {
        return archiving.routes();
    }
}
