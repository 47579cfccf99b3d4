package dev.stentor.app;

import dev.stentor.access.Access;
import dev.stentor.access.AccessStats;
import dev.stentor.access.ApiKeys;
import dev.stentor.access.AuditLog;
import dev.stentor.access.CommandCheck;
import dev.stentor.access.OriginRule;
import dev.stentor.access.SignedTokens;
import dev.stentor.access.Tickets;
import dev.stentor.access.TokenSettings;
import dev.stentor.access.TokenVerifier;
import dev.stentor.app.AccessRulesAnalyzer.UnusableRules;
import dev.stentor.cluster.redis.RedisCluster;
import dev.stentor.metrics.AccessMeters;
import dev.stentor.web.access.AccessFilter;
import dev.stentor.web.access.TicketsApi;
import dev.stentor.web.edge.JsonBody;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;

/** The configuration of who may do what. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    /** Reads the keys; fails if one is malformed, or if everybody could use a gateway that is open to the network. */
    @Bean
    ApiKeys apiKeys(GatewayProperties properties, @Value("${server.address}") String address)
            throws UnknownHostException {
        AccessProperties access = properties.access();
        var bound = new BoundAddress(address);
        if (!bound.isLoopback() && !hasRules(access) && !access.open()) {
            throw UnusableRules.missing(bound);
        }
        try {
            return new ApiKeys(access.keys(), properties.usage().limits(), access.keyFile());
        } catch (IllegalArgumentException | IOException wrong) {
            throw UnusableRules.wrongKeys(wrong);
        }
    }

    /** Tells whether there is any rule about callers; fails if one is malformed. */
    static boolean hasRules(AccessProperties access) {
        try {
            return access.hasRules();
        } catch (IllegalArgumentException wrong) {
            throw UnusableRules.wrong(wrong);
        }
    }

    /** Looks at the file of keys again and again, on a thread that may block. */
    @Bean(destroyMethod = "dispose")
    Disposable keyFileCheck(GatewayProperties properties, ApiKeys keys) {
        long millis = properties.access().keyFileCheck().toMillis();
        return properties.access().keyFile() == null
                ? () -> {}
                : Schedulers.boundedElastic()
                        .schedulePeriodically(keys::refresh, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Creates the tickets, which other nodes accept too if there is a cluster. */
    @Bean
    Tickets tickets(GatewayProperties properties, @Nullable RedisCluster cluster) {
        return new Tickets(
                properties.access().tickets().settings(),
                InstantSource.system(),
                cluster == null ? null : cluster.tickets());
    }

    @Bean
    AccessStats accessStats(MeterRegistry registry, Tickets tickets) {
        var meters = new AccessMeters(registry);
        meters.watch(tickets);
        return meters;
    }

    @Bean
    Access access(GatewayProperties properties, ApiKeys keys, Tickets tickets, CallerQuotas quotas) {
        AccessProperties access = properties.access();
        UsageProperties usage = properties.usage();
        var rules = hasRules(access)
                ? new Access.Rules(
                        keys,
                        access.anonymous().rights(),
                        usage.limits(),
                        usage.anonymous().limits(),
                        tokens(access.jwt()))
                : null;
        return new Access(
                rules,
                new OriginRule(properties.listen().origins()),
                tickets,
                quotas.all(),
                access.failuresPerMinute(),
                InstantSource.system(),
                AccessConfiguration::micros);
    }

    private static long micros() {
        return System.nanoTime() / 1_000;
    }

    private static @Nullable TokenVerifier tokens(AccessProperties.Jwt jwt) {
        try {
            TokenSettings settings = jwt.settings();
            return settings == null
                    ? null
                    : new SignedTokens(settings, InstantSource.system(), Schedulers.boundedElastic());
        } catch (IllegalArgumentException wrong) {
            throw UnusableRules.wrong(wrong);
        }
    }

    @Bean
    AuditLog auditLog() {
        return new AuditLog();
    }

    @Bean
    CommandCheck commandCheck(Access access, AccessStats stats, AuditLog audit) {
        return new CommandCheck(access, stats, audit);
    }

    @Bean
    @Order(2)
    AccessFilter accessFilter(Access access, AccessStats stats, AuditLog audit) {
        return new AccessFilter(access, stats, audit);
    }

    @Bean
    @Order(RouteOrder.APIS)
    RouterFunction<ServerResponse> ticketsApi(GatewayProperties properties, Access access, Tickets tickets) {
        var bodies = new JsonBody(Math.toIntExact(properties.api().maxBody().toBytes()), Schedulers.parallel());
        return new TicketsApi(access, tickets, bodies, Schedulers.boundedElastic()).routes();
    }
}
