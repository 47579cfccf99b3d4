package dev.stentor.app;

import dev.stentor.access.FailedAttempts;
import dev.stentor.broadcast.Broadcasts;
import dev.stentor.channel.Channels;
import dev.stentor.clock.ClockThread;
import dev.stentor.cluster.ClusterNode;
import dev.stentor.cluster.ClusterStats;
import dev.stentor.cluster.redis.RedisCluster;
import dev.stentor.relay.RelayPorts;
import dev.stentor.relay.SharedChannels;
import dev.stentor.usage.LocalQuotas;
import dev.stentor.web.cluster.OwnerFilter;
import dev.stentor.web.cluster.PeerAnswers;
import dev.stentor.web.cluster.PeerClient;
import dev.stentor.web.cluster.PeerFilter;
import dev.stentor.web.cluster.PeerLists;
import dev.stentor.web.cluster.PeerRecordings;
import dev.stentor.web.cluster.PeerSecret;
import dev.stentor.web.cluster.PeerUsage;
import dev.stentor.web.cluster.UsageAnswers;
import dev.stentor.web.edge.RemoteLists;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import reactor.core.scheduler.Schedulers;

/** The configuration of a gateway that shares its channels with others. Without an address of Redis nothing of this is there. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("gateway.cluster.redis.uri")
class ClusterConfiguration {

    @Bean(destroyMethod = "close")
    RedisCluster redisCluster(GatewayProperties properties, ClockThread clock, ClusterStats stats) {
        return new RedisCluster(properties.cluster().redis().settings(), clock, stats);
    }

    @Bean
    PeerSecret peerSecret(GatewayProperties properties) {
        return new PeerSecret(properties.cluster().secret());
    }

    @Bean(destroyMethod = "close")
    PeerClient peerClient(PeerSecret secret) {
        return new PeerClient(secret);
    }

    @Bean
    SharedChannels sharedChannels(
            GatewayProperties properties,
            RedisCluster redis,
            ClockThread clock,
            Broadcasts broadcasts,
            Archiving archiving,
            PeerClient peers,
            CallerQuotas quotas,
            ClusterStats stats) {
        ClusterNode node = properties.cluster().node(broadcasts.settings().node());
        ClusterNode self = archiving.name().map(node::withArchive).orElse(node);
        return new SharedChannels(
                new RelayPorts(
                        redis.bus(),
                        redis.directory(),
                        self,
                        clock,
                        Schedulers.parallel(),
                        broadcasts,
                        peers,
                        quotas.all(),
                        stats),
                properties.cluster().relay());
    }

    @Bean(destroyMethod = "close")
    PeerRecordings peerRecordings(PeerSecret secret) {
        return new PeerRecordings(secret);
    }

    @Bean
    ArchiveSharing archiveSharing(
            GatewayProperties properties,
            Archiving archiving,
            RedisCluster redis,
            SharedChannels nodes,
            PeerRecordings peers) {
        return ArchiveSharing.of(archiving, properties.archive().lifetime(), redis.claims(), nodes, peers);
    }

    /** Creates the filter that knows other nodes, before all that counts clients by their addresses. */
    @Bean
    @Order(-2)
    PeerFilter peerFilter(
            GatewayProperties properties,
            PeerSecret secret,
            Broadcasts broadcasts,
            Channels channels,
            ArchiveSharing sharing,
            LocalQuotas quotas) {
        List<PeerAnswers> answers = new ArrayList<>(List.of(new UsageAnswers(quotas, Schedulers.parallel())));
        if (sharing.answers() != null) {
            answers.add(sharing.answers());
        }
        var failed = new FailedAttempts(properties.access().failuresPerMinute(), broadcasts.micros());
        return new PeerFilter(secret, failed, broadcasts, channels, answers, Schedulers.parallel());
    }

    @Bean
    PeerUsage peerUsage(SharedChannels channels, PeerClient client) {
        return new PeerUsage(channels.others(), client);
    }

    @Bean
    RemoteLists remoteLists(SharedChannels channels, PeerClient client) {
        return new PeerLists(channels::others, client);
    }

    @Bean
    @Order(6)
    OwnerFilter ownerFilter(SharedChannels channels, PeerClient client) {
        return new OwnerFilter(channels, client);
    }
}
