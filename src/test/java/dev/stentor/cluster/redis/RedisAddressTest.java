package dev.stentor.cluster.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisAddressTest {

    @Test
    void anAddressThatCannotBeReadIsNotRepeated() {
        Throwable refused = catchThrowable(() -> RedisCluster.address(settings("redis://:pa^ss word@localhost:6379")));
        assertThat(refused).isInstanceOf(IllegalArgumentException.class).hasNoCause();
        assertThat(refused.toString()).contains("gateway.cluster.redis.uri").doesNotContain("pa^ss");
    }

    @Test
    void anAddressKeepsItsPassword() {
        assertThat(RedisCluster.address(settings("redis://:pa%5Ess@localhost:6380"))
                        .getPort())
                .isEqualTo(6_380);
    }

    @Test
    void aFileWithoutCertificatesIsNamed(@TempDir Path folder) throws IOException {
        Path empty = Files.writeString(folder.resolve("redis.pem"), "");
        assertThat(catchThrowable(() -> RedisTrust.options(empty)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("gateway.cluster.redis.certificates", "redis.pem");
        assertThat(catchThrowable(() -> RedisTrust.options(folder.resolve("none.pem"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("gateway.cluster.redis.certificates", "none.pem");
    }

    private static RedisSettings settings(String uri) {
        return new RedisSettings(uri, null, "stentor", 100, Duration.ofHours(1), Duration.ofMillis(500));
    }
}
