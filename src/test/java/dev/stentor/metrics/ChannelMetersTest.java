package dev.stentor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.mix.Tally;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class ChannelMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ChannelMeters meters = new ChannelMeters(registry);

    @Test
    void stallsAreCounted() {
        meters.stalled();
        meters.stalled();
        assertThat(count(Meters.CHANNEL_STALLS)).isEqualTo(2);
    }

    @Test
    void whatBefellMixesIsAddedUpOverAllChannels() {
        meters.mixed(new Tally(1, 4_800, 3, 5));
        meters.mixed(new Tally(2, 12, 0, 0));
        assertThat(count(Meters.MIX_SHORTAGES)).isEqualTo(3);
        assertThat(count(Meters.MIX_SKIPPED)).as("milliseconds").isEqualTo(200.5);
        assertThat(count(Meters.MIX_FAULTY)).isEqualTo(3);
        assertThat(count(Meters.MIX_LIMITED)).as("milliseconds").isEqualTo(100);
    }

    private double count(Meters meter) {
        return registry.get(meter.meter()).counter().count();
    }
}
