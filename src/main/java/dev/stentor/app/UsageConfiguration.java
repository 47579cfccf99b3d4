package dev.stentor.app;

import dev.stentor.access.Access;
import dev.stentor.cluster.redis.RedisCluster;
import dev.stentor.metrics.UsageMeters;
import dev.stentor.usage.JournalSettings;
import dev.stentor.usage.LocalQuotas;
import dev.stentor.web.access.UploadQuota;
import dev.stentor.web.access.UsageApi;
import dev.stentor.web.cluster.PeerUsage;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** The configuration of what callers may use, and of where it is counted. */
@Configuration(proxyBeanMethods = false)
class UsageConfiguration {

    /** Creates the thread that writes the counts down. */
    @Bean(destroyMethod = "dispose")
    Scheduler usageDisk() {
        return Schedulers.newBoundedElastic(1, 1_000, "usage-disk", 60, true);
    }

    /** Creates the counts; there is no file of them as long as there are no rules of access, since nothing is counted then. */
    @Bean(destroyMethod = "close")
    LocalQuotas quotas(GatewayProperties properties, Scheduler usageDisk, MeterRegistry registry) {
        var meters = new UsageMeters(registry);
        UsageProperties.JournalFile file = properties.usage().journal();
        boolean kept = file.on() && AccessConfiguration.hasRules(properties.access());
        var quotas = new LocalQuotas(
                InstantSource.system(),
                () -> System.nanoTime() / 1_000,
                kept
                        ? new JournalSettings(
                                file.path(properties.archive()), file.days(), InstantSource.system(), usageDisk)
                        : null,
                meters);
        meters.watch(quotas);
        return quotas;
    }

    @Bean
    CallerQuotas callerQuotas(LocalQuotas here, @Nullable RedisCluster cluster) {
        return new CallerQuotas(cluster == null ? here : cluster.quotas(here, InstantSource.system()));
    }

    /** Shows whether counts are written down. Readiness does not depend on it: speech goes on, and is counted in memory. */
    @Bean
    ReactiveHealthIndicator usageJournalHealthIndicator(LocalQuotas quotas) {
        return () -> Mono.fromSupplier(() -> Health.up()
                .withDetail("journal", quotas.isJournalFailing() ? "failing: counts are in memory alone" : "works")
                .build());
    }

    @Bean
    @Order(5)
    UploadQuota uploadQuota() {
        return new UploadQuota();
    }

    @Bean
    @Order(RouteOrder.APIS)
    RouterFunction<ServerResponse> usageApi(Access access, LocalQuotas quotas, Optional<PeerUsage> others) {
        return new UsageApi(access, quotas, others.orElse(null), InstantSource.system(), Schedulers.parallel())
                .routes();
    }
}
