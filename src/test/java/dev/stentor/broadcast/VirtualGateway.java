package dev.stentor.broadcast;

import dev.stentor.broadcast.BroadcastSettings.LagPolicy;
import dev.stentor.broadcast.JoinRequest.Start;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.ChannelSettings;
import dev.stentor.channel.ChannelStats;
import dev.stentor.channel.Channels;
import dev.stentor.clock.VirtualClock;
import dev.stentor.codec.Mp3BitRate;
import dev.stentor.codec.OpusSettings;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import io.netty.buffer.PooledByteBufAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import reactor.core.scheduler.Schedulers;

/** Channels that speak a second for each text, and their listeners, in virtual time. Confined to the test's thread. */
final class VirtualGateway implements AutoCloseable {

    final VirtualClock clock;
    final Stage.Loop workers = new Stage.Loop();
    final Stage.Loop loop = new Stage.Loop();
    final Channels channels;
    private final Broadcasts broadcasts;
    private final List<Listener> listeners = new ArrayList<>();

    VirtualGateway(int grids) {
        clock = new VirtualClock(grids);
        broadcasts = new Broadcasts(
                new BroadcastSettings(
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(3),
                        LagPolicy.SKIP,
                        Duration.ofSeconds(1),
                        1_000,
                        "node"),
                new SoundEncoding(
                        workers, OpusSettings.SPEECH, Mp3BitRate.SPEECH, EncodingStats.NONE, EncodingStats.NONE),
                clock,
                new PooledByteBufAllocator(true),
                BroadcastStats.NONE);
        channels = new Channels(
                clock,
                ScriptedEngine.speaking(Signals.selfIndexing(24_000), 4_800),
                Schedulers.immediate(),
                ChannelSettings.conversation(),
                new Channels.Limits(2_000, Duration.ofSeconds(60)),
                broadcasts,
                () -> "u",
                () -> 1,
                ChannelStats.NONE);
    }

    /** Lets a listener join a channel that is there. */
    Listener join(ChannelName channel, RecordingOutlet outlet, Format format) {
        var listener = new Listener(outlet, loop, clock::micros, Duration.ofSeconds(1));
        broadcasts
                .find(channel)
                .orElseThrow()
                .join(listener, new JoinRequest("c", null, Start.LIVE, null, format, false));
        listeners.add(listener);
        work();
        return listener;
    }

    /** Runs all that is due now, on each thread. */
    void work() {
        for (int i = 0; i < 3; i++) {
            clock.settle();
            workers.run();
            loop.run();
        }
        clock.settle();
    }

    @Override
    public void close() {
        listeners.forEach(Listener::leave);
        channels.close();
        work();
    }
}
