package dev.stentor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a gateway must know to share its channels, and in which forms it takes it. */
class ClusterPropertiesTest {

    @Test
    void aClusterNeedsAnAddressAndASecretThatNobodyGuesses() {
        String uri = "gateway.cluster.redis.uri";
        assertThatThrownBy(() -> Bound.bind(Map.of(uri, "redis://localhost")))
                .hasStackTraceContaining("gateway.cluster.address");
        assertThatThrownBy(() -> Bound.bind(Map.of(
                        uri,
                        "redis://localhost",
                        "gateway.cluster.address",
                        "http://a",
                        "gateway.cluster.secret",
                        "short")))
                .hasStackTraceContaining("gateway.cluster.secret");
        assertThat(shared().toString()).doesNotContain("geheim", "0123");
    }

    @Test
    void channelsTickOnSeveralGridsWhereTheyAreShared() {
        assertThat(Bound.bind(Map.of()).cluster().grids()).isEqualTo(1);
        assertThat(shared().grids()).isEqualTo(8);
    }

    private static ClusterProperties shared() {
        return Bound.bind(Map.of(
                        "gateway.cluster.redis.uri",
                        "redis://:geheim@localhost",
                        "gateway.cluster.address",
                        "http://a:8080/",
                        "gateway.cluster.secret",
                        "0123456789abcdef"))
                .cluster();
    }

    @ParameterizedTest
    @CsvSource({
        "http://fd00::7:8080, http://[fd00::7]:8080",
        "http://[fd00::7]:8080/, http://[fd00::7]:8080",
        "http://2001:db8:0:0:0:0:0:7:8080/stentor, http://[2001:db8:0:0:0:0:0:7]:8080/stentor",
        "http://10.0.0.7:8080, http://10.0.0.7:8080"
    })
    void aBareAddressOfIpv6GetsItsBrackets(String given, String told) {
        ClusterProperties cluster =
                Bound.bind(Map.of("gateway.cluster.address", given)).cluster();
        assertThat(cluster.node("a").address()).isEqualTo(told);
    }

    @Test
    void anAddressOfIpv6WithoutAPortNeedsBrackets() {
        assertThatThrownBy(() -> Bound.bind(Map.of(
                        "gateway.cluster.redis.uri", "redis://localhost", "gateway.cluster.address", "http://fd00::")))
                .hasStackTraceContaining("gateway.cluster.address");
    }
}
