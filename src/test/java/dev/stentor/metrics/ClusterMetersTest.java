package dev.stentor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ClusterMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ClusterMeters meters = new ClusterMeters(registry);

    @Test
    void aGatewayAloneIsNotShownAsCutOff() {
        assertThat(connected()).isEqualTo(1);
        meters.connected(false);
        assertThat(connected()).isZero();
        meters.connected(true);
        assertThat(connected()).isEqualTo(1);
    }

    @Test
    void whatHappensBetweenTheNodesIsCounted() {
        meters.appended(3, 1_500);
        meters.appended(1, 500);
        meters.notStored();
        meters.fenced();
        meters.filled(7);
        meters.lostHistory();
        assertThat(count("appended")).isEqualTo(4);
        assertThat(count("not.stored")).isEqualTo(1);
        assertThat(count("fenced")).isEqualTo(1);
        assertThat(count("filled")).isEqualTo(7);
        assertThat(count("lost")).isEqualTo(1);
        assertThat(registry.get("stentor.cluster.append.delay").timer().totalTime(TimeUnit.MICROSECONDS))
                .isEqualTo(2_000);
    }

    private double connected() {
        return registry.get("stentor.cluster.connected").gauge().value();
    }

    private double count(String name) {
        return registry.get("stentor.cluster." + name).counter().count();
    }
}
