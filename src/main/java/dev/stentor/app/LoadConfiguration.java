package dev.stentor.app;

import dev.stentor.broadcast.Broadcasts;
import dev.stentor.clock.ClockThread;
import dev.stentor.load.LoadProbe;
import dev.stentor.load.Overload;
import dev.stentor.metrics.LoadMeters;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.util.internal.PlatformDependent;
import java.time.Duration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The configuration that measures the load, refuses new work under overload, and tells whether the process still works. */
@Configuration(proxyBeanMethods = false)
class LoadConfiguration {

    private static final Duration DEAD = Duration.ofSeconds(30);

    @Bean
    LoadMeters loadMeters(MeterRegistry registry) {
        return new LoadMeters(registry);
    }

    @Bean
    Overload overload(GatewayProperties properties, LoadMeters meters) {
        var overload = new Overload(properties.overload().settings(), meters);
        meters.watch(overload::isOverloaded);
        return overload;
    }

    @Bean
    LoadProbe loadProbe(
            ClockThread clock, ServerLoops loops, Broadcasts broadcasts, Overload overload, LoadMeters meters) {
        return LoadProbe.start(
                clock,
                loops.executors(),
                LoadConfiguration::memoryPercent,
                () -> broadcasts.connections() > 0,
                overload,
                meters);
    }

    /** Creates the part of liveness that is not Spring's own: a process whose clock's thread hangs is to be started anew. */
    @Bean
    HealthIndicator clockHealthIndicator(LoadProbe probe) {
        return () -> probe.age().compareTo(DEAD) < 0
                ? Health.up().build()
                : Health.down().withDetail("reason", "the clock's thread hangs").build();
    }

    /** Returns the share of direct memory that is taken; -1 from Netty means that it is not known. */
    private static int memoryPercent() {
        long used = PlatformDependent.usedDirectMemory();
        long most = PlatformDependent.maxDirectMemory();
        return used < 0 || most <= 0 ? 0 : (int) (100 * used / most);
    }
}
