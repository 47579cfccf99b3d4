package dev.stentor.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.stentor.clock.ClockThread;
import dev.stentor.cluster.CountedStats;
import dev.stentor.cluster.EntryId;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Nodes of a Redis that speaks TLS and asks for a password. */
class SecuredRedisIT {

    private static final String PASSWORD = "not4everybody";
    private static final String OTHER_PASSWORD = "nor4whoever";

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final PemFiles keys;
    private final RealRedis redis;

    SecuredRedisIT(@TempDir Path folder) throws IOException, GeneralSecurityException, InterruptedException {
        keys = PemFiles.create(folder);
        redis = RealRedis.secured(keys, PASSWORD);
    }

    @BeforeEach
    void readTheLog() {
        log.start();
        logger().addAppender(log);
    }

    @AfterEach
    void end() {
        logger().detachAppender(log);
        redis.close();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(RedisCluster.class);
    }

    @Test
    void nodesShareAChannelOverTls() {
        assertShared(uri(PASSWORD, "localhost"));
    }

    @Test
    void nodesAskASentinelOverTlsAndShowThePasswordToItsRedis(@TempDir Path folder) throws IOException {
        try (var sentinel = RealRedis.securedSentinelOf(redis, "speech", folder, keys, PASSWORD)) {
            assertShared("rediss-sentinel://:" + PASSWORD + "@localhost:" + sentinel.port() + "#speech");
        }
    }

    private void assertShared(String uri) {
        RedisSettings settings = Nodes.settings(uri, keys.certificate());
        try (var leader = new RedisNode("leader", settings);
                var follower = new RedisNode("follower", settings)) {
            leader.lead();
            follower.follow(EntryId.NONE);
            leader.publish(10);
            follower.awaitReceived(10);
            assertThat(follower.receivedLive()).hasSize(10);
        }
    }

    @Test
    void aWrongPasswordIsToldOnceAndNotRepeated() {
        assertToldOnce(uri(OTHER_PASSWORD, "localhost"), keys.certificate(), "WRONGPASS");
    }

    @Test
    void aRedisThatNobodyVouchesForIsTold() {
        assertToldOnce(uri(PASSWORD, "localhost"), null, "unable to find valid certification path");
    }

    @Test
    void anAddressWithoutTlsIsTold() {
        assertToldOnce(uri(PASSWORD, "localhost").replace("rediss", "redis"), null, "");
    }

    /** Has a node that cannot connect try three times for each connection, and looks what it says of that. */
    private void assertToldOnce(String uri, @Nullable Path certificates, String reason) {
        try (var clock = new ClockThread(
                        fault -> {
                            throw new AssertionError(fault);
                        },
                        1);
                var _ = new RedisCluster(Nodes.settings(uri, certificates), clock, new CountedStats())) {
            RedisNode.await(() -> !lines().isEmpty());
        }
        List<String> lines = lines();
        assertThat(lines.getFirst()).contains("cannot be reached", reason);
        assertThat(lines)
                .doesNotHaveDuplicates()
                .noneMatch(line -> line.contains(PASSWORD) || line.contains(OTHER_PASSWORD));
    }

    private List<String> lines() {
        return List.copyOf(log.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private String uri(String password, String host) {
        return "rediss://:" + password + "@" + host + ":" + redis.port();
    }
}
