package dev.stentor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.web.connection.ConnectionLimits;
import dev.stentor.web.connection.ConnectionSettings;
import dev.stentor.web.connection.ConnectionStats.Deadline;
import dev.stentor.web.connection.ConnectionStats.Refusal;
import dev.stentor.web.connection.FaultAnswer;
import dev.stentor.web.connection.TrustedProxies;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ConnectionMetersTest {

    private static final ConnectionSettings NONE =
            new ConnectionSettings(0, 0, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ConnectionMeters meters = new ConnectionMeters(registry);

    @Test
    void eachRefusalAndDeadlineIsCountedByItsCause() {
        meters.refused(Refusal.ADDRESS);
        meters.timedOut(Deadline.HEADER);
        assertThat(counted("stentor.connections.refused", "address")).isEqualTo(1);
        assertThat(counted("stentor.connections.refused", "total")).isZero();
        assertThat(counted("stentor.connections.timed.out", "header")).isEqualTo(1);
        assertThat(counted("stentor.connections.timed.out", "body")).isZero();
    }

    @Test
    void everyMeterIsThereAndSaysWhatItIs() {
        meters.watch(new ConnectionLimits(
                NONE,
                new TrustedProxies(List.of(), TrustedProxies.Header.X_FORWARDED),
                (path, fault) -> new FaultAnswer.Body("text/plain", new byte[0]),
                meters));
        new ProcessMeters(registry).watchOutbound(() -> 0, () -> 0);
        assertThat(registry.getMeters())
                .extracting(meter -> meter.getId().getName())
                .containsOnly(Arrays.stream(Meters.values())
                        .map(Meters::meter)
                        .filter(name -> name.startsWith("stentor.connections"))
                        .toArray(String[]::new));
        assertThat(registry.getMeters())
                .allSatisfy(meter -> assertThat(meter.getId().getDescription()).isNotBlank());
    }

    private double counted(String meter, String cause) {
        return Objects.requireNonNull(registry.find(meter).tag("cause", cause).counter())
                .count();
    }
}
