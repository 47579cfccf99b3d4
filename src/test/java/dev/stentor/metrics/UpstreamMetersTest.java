package dev.stentor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.upstream.UpstreamStats;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpstreamMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final UpstreamMeters meters = new UpstreamMeters(registry);

    @Test
    void paceIsSoundDividedByTheTimeThatItWasWaitedFor() {
        meters.ended("cloud", 2 * 48_000, Duration.ofMillis(500));
        meters.ended("cloud", 480, Duration.ZERO);
        var pace =
                registry.get("stentor.upstream.pace").tag("upstream", "cloud").summary();
        assertThat(pace.count()).isEqualTo(1);
        assertThat(pace.totalAmount()).isEqualTo(4.0);
    }

    @Test
    void totalsAndStateAreThoseOfTheService() {
        var now = new UpstreamStats("cloud", UpstreamStats.State.DOWN, 9, 4, 2, 1);
        meters.watch(() -> List.of(now));
        System.gc(); // the registry would keep a mere object of this weakly
        assertThat(registry.get("stentor.upstream.up").gauge().value()).isZero();
        assertThat(registry.get("stentor.upstream.calls").functionCounter().count())
                .isEqualTo(9);
        assertThat(registry.get("stentor.upstream.failures").functionCounter().count())
                .isEqualTo(4);
        assertThat(registry.get("stentor.upstream.retries").functionCounter().count())
                .isEqualTo(2);
        assertThat(registry.get("stentor.upstream.throttled").functionCounter().count())
                .isEqualTo(1);
    }
}
