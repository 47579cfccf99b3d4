package dev.stentor.app;

import dev.stentor.access.CommandCheck;
import dev.stentor.clock.ClockThread;
import dev.stentor.web.edge.BodyRule;
import dev.stentor.web.edge.CrossOriginHeaders;
import dev.stentor.web.edge.SecurityHeaders;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The warm-up, and when it begins. */
@Configuration(proxyBeanMethods = false)
class WarmUpConfiguration {

    /**
     * Starts the warm-up, beside what else is still being started. With one processor it would hold all that up, and so begins when the
     * gateway is ready.
     */
    @Bean(destroyMethod = "close")
    WarmUp warmUp(
            GatewayProperties properties,
            ClockThread clock,
            ServerLoops loops,
            Engine engine,
            CommandCheck check,
            SecurityHeaders headers,
            CrossOriginHeaders origins,
            BodyRule bodies) {
        if (!properties.warmUp()) {
            return WarmUp.none();
        }
        var gateway = new WarmUpGateway(properties, clock, loops, check, List.of(headers, origins, bodies));
        return Runtime.getRuntime().availableProcessors() > 1
                ? WarmUp.start(gateway::speak)
                : WarmUp.startWhenReady(engine.ready(), gateway::speak);
    }
}
