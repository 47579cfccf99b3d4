package dev.stentor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.broadcast.BroadcastSettings;
import dev.stentor.broadcast.BroadcastSettings.LagPolicy;
import dev.stentor.broadcast.BroadcastStats;
import dev.stentor.broadcast.Broadcasts;
import dev.stentor.broadcast.EncodingStats;
import dev.stentor.broadcast.GapCause;
import dev.stentor.broadcast.ListenerJoin;
import dev.stentor.broadcast.SoundEncoding;
import dev.stentor.channel.ChannelName;
import dev.stentor.clock.VirtualClock;
import dev.stentor.codec.Mp3BitRate;
import dev.stentor.codec.OpusSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BroadcastMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final BroadcastMeters meters = new BroadcastMeters(registry);

    @Test
    void lossesAreCountedByTheirCause() {
        meters.lost(GapCause.SLOW, 1, 400);
        meters.lost(GapCause.SLOW, 0, 20);
        meters.lost(GapCause.POLICY, 1, 3_000);
        assertThat(count(Meters.LISTENER_GAPS, "slow")).isEqualTo(1);
        assertThat(count(Meters.LISTENER_SKIPPED, "slow")).isEqualTo(420);
        assertThat(count(Meters.LISTENER_GAPS, "policy")).isEqualTo(1);
        assertThat(count(Meters.LISTENER_SKIPPED, "policy")).isEqualTo(3_000);
        assertThat(count(Meters.LISTENER_GAPS, "history")).isZero();
    }

    @Test
    void joinsAreTimedByFormatAndWhetherTheyGoOn() {
        joined("pcm16", false);
        joined("pcm16", false);
        joined("opus", true);
        assertThat(joins("pcm16", "false")).isEqualTo(2);
        assertThat(joins("opus", "true")).isEqualTo(1);
    }

    private void joined(String format, boolean resumed) {
        meters.joined(new ListenerJoin(new ChannelName("lobby"), "c1", format, resumed, Duration.ofMillis(3)));
    }

    private long joins(String format, String resumed) {
        return registry.get(Meters.LISTENER_JOINS.meter())
                .tags("format", format, "resumed", resumed)
                .timer()
                .count();
    }

    @Test
    void connectionsThatListenAreShown() {
        var settings = new BroadcastSettings(
                Duration.ofSeconds(20), Duration.ofSeconds(3), LagPolicy.SKIP, Duration.ofSeconds(1), 10, "node");
        var encoding = new SoundEncoding(
                Runnable::run, OpusSettings.SPEECH, Mp3BitRate.SPEECH, EncodingStats.NONE, EncodingStats.NONE);
        var broadcasts = new Broadcasts(
                settings, encoding, new VirtualClock(), UnpooledByteBufAllocator.DEFAULT, BroadcastStats.NONE);
        meters.watch(broadcasts);
        assertThat(broadcasts.admit()).isTrue();
        assertThat(registry.get(Meters.LISTENERS.meter()).gauge().value()).isEqualTo(1);
    }

    private double count(Meters meter, String cause) {
        return registry.get(meter.meter()).tag("cause", cause).counter().count();
    }
}
