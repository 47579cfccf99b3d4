package dev.stentor.app;

import dev.stentor.metrics.ClusterMeters;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The meters of the cluster, which are there without one too: dashboards and alerts know them. */
@Configuration(proxyBeanMethods = false)
class ClusterMetersConfiguration {

    @Bean
    ClusterMeters clusterMeters(MeterRegistry registry) {
        return new ClusterMeters(registry);
    }
}
