package dev.stentor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.channel.ChannelEvent.Reason;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.SpokenUtterance;
import dev.stentor.mix.Input;
import dev.stentor.mix.Levels;
import dev.stentor.mix.MixTotals;
import dev.stentor.mix.Mixer;
import dev.stentor.mix.SourceSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ChannelMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ChannelMeters meters = new ChannelMeters(registry);

    @Test
    void utterancesAreCountedByTheirEndAndTimedUpToTheirFirstSound() {
        var lobby = new ChannelName("lobby");
        Duration second = Duration.ofSeconds(1);
        meters.ended(new SpokenUtterance(lobby, "u1", Reason.DONE, null, 7, second, second, second));
        meters.ended(new SpokenUtterance(lobby, "u2", Reason.EXPIRED, null, 5, Duration.ZERO, null, second));
        assertThat(registry.get("stentor.utterances")
                        .tag("cause", "done")
                        .counter()
                        .count())
                .isEqualTo(1);
        assertThat(count(Meters.UTTERANCE_CHARACTERS)).isEqualTo(12);
        var first = registry.get(Meters.UTTERANCE_FIRST_SOUND.meter()).timer();
        assertThat(first.count()).isEqualTo(1);
        assertThat(first.totalTime(TimeUnit.MILLISECONDS)).isEqualTo(1_000);
    }

    @Test
    void stallsAreCounted() {
        meters.stalled();
        meters.stalled();
        assertThat(count(Meters.CHANNEL_STALLS)).isEqualTo(2);
    }

    @Test
    void whatBefellMixesIsAddedUpOverAllChannels() {
        meters.mixed(new MixTotals(1, 4_800, 3, 5));
        meters.mixed(new MixTotals(2, 12, 0, 0));
        assertThat(count(Meters.MIX_SHORTAGES)).isEqualTo(3);
        assertThat(count(Meters.MIX_SKIPPED)).as("milliseconds").isEqualTo(200.5);
        assertThat(count(Meters.MIX_FAULTY)).isEqualTo(3);
        assertThat(count(Meters.MIX_LIMITED)).as("milliseconds").isEqualTo(100);
    }

    @Test
    void eachSourceOfAMixHasItsOwnGaugesAsLongAsItIsThere() {
        var lobby = new ChannelName("lobby");
        meters.sources(lobby, List.of(source("speech", -19), source("bed", -31)));
        assertThat(loudness("speech")).contains(-19.0);
        assertThat(loudness("bed")).contains(-31.0);
        meters.sources(lobby, List.of(source("speech", -20), source("bell", -25)));
        assertThat(loudness("speech")).contains(-20.0);
        assertThat(loudness("bed")).isEmpty();
        assertThat(loudness("bell")).contains(-25.0);
        meters.sources(lobby, List.of());
        assertThat(registry.find(Meters.MIX_SOURCE_LOUDNESS.meter()).gauges()).isEmpty();
        assertThat(registry.find(Meters.MIX_SOURCE_PEAK.meter()).gauges()).isEmpty();
        assertThat(registry.find(Meters.MIX_SOURCE_SHORTAGES.meter()).gauges()).isEmpty();
    }

    private Optional<Double> loudness(String source) {
        return Optional.ofNullable(registry.find(Meters.MIX_SOURCE_LOUDNESS.meter())
                        .tags("channel", "lobby", "source", source)
                        .gauge())
                .map(Gauge::value);
    }

    private static Mixer.SourceState source(String name, double lufs) {
        return new Mixer.SourceState(
                name, SourceSettings.UNITY, new Levels(-6, -12, lufs, lufs), Input.Counters.NONE, 0, false, false);
    }

    private double count(Meters meter) {
        return registry.get(meter.meter()).counter().count();
    }
}
