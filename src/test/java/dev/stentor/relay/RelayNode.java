package dev.stentor.relay;

import dev.stentor.broadcast.BroadcastSettings;
import dev.stentor.broadcast.BroadcastSettings.LagPolicy;
import dev.stentor.broadcast.BroadcastStats;
import dev.stentor.broadcast.Broadcasts;
import dev.stentor.broadcast.EncodingStats;
import dev.stentor.broadcast.Format;
import dev.stentor.broadcast.JoinRequest;
import dev.stentor.broadcast.JoinRequest.Resume;
import dev.stentor.broadcast.Listener;
import dev.stentor.broadcast.RecordingOutlet;
import dev.stentor.broadcast.SoundEncoding;
import dev.stentor.channel.Channel;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.ChannelSettings;
import dev.stentor.channel.ChannelStats;
import dev.stentor.channel.Channels;
import dev.stentor.clock.OffsetClock;
import dev.stentor.clock.OffsetClock.Offset;
import dev.stentor.clock.VirtualClock;
import dev.stentor.cluster.ClusterNode;
import dev.stentor.codec.Mp3BitRate;
import dev.stentor.codec.OpusSettings;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.usage.Account;
import dev.stentor.usage.Quotas;
import io.netty.buffer.PooledByteBufAllocator;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** A node of a cluster in virtual time, whose clock shows another time than those of the others. Confined to the test's thread. */
final class RelayNode {

    static final ChannelName LOBBY = new ChannelName("lobby");

    final ClusterNode self;
    final MortalCluster cluster;
    final Broadcasts broadcasts;
    final Channels channels;
    final SharedChannels shared;
    final RelayPeers peers;
    private final VirtualClock time;
    private final OffsetClock clock;
    private final Executor loop;
    private final AtomicInteger ids = new AtomicInteger();

    /** @param others all nodes by id, for questions to them */
    RelayNode(
            String id,
            long clockMicros,
            VirtualClock time,
            MortalCluster cluster,
            SpeechEngine engine,
            Map<String, RelayNode> others) {
        this(id, clockMicros, time, cluster, engine, Quotas.NONE, others);
    }

    RelayNode(
            String id,
            long clockMicros,
            VirtualClock time,
            MortalCluster cluster,
            SpeechEngine engine,
            Quotas quotas,
            Map<String, RelayNode> others) {
        this.cluster = cluster;
        this.time = time;
        self = new ClusterNode(id, "http://" + id);
        clock = new OffsetClock(time, 0);
        clock.shift(new Offset(clockMicros, 0));
        loop = clock::execute;
        var settings = new BroadcastSettings(
                Duration.ofSeconds(20), Duration.ofSeconds(3), LagPolicy.SKIP, Duration.ofSeconds(1), 1_000, id);
        broadcasts = new Broadcasts(
                settings,
                new SoundEncoding(
                        clock::execute, OpusSettings.SPEECH, Mp3BitRate.SPEECH, EncodingStats.NONE, EncodingStats.NONE),
                clock,
                PooledByteBufAllocator.DEFAULT,
                BroadcastStats.NONE);
        peers = new RelayPeers(self, others);
        shared = new SharedChannels(
                new RelayPorts(
                        cluster,
                        cluster,
                        self,
                        clock,
                        Schedulers.immediate(),
                        broadcasts,
                        peers,
                        quotas,
                        new SilentStats()),
                RelaySettings.of(Duration.ofSeconds(6)));
        channels = new Channels(
                clock,
                engine,
                Schedulers.immediate(),
                ChannelSettings.conversation(),
                new Channels.Limits(10, Duration.ofSeconds(60)),
                broadcasts,
                () -> id + "-u" + ids.incrementAndGet(),
                shared,
                ChannelStats.NONE);
        shared.start(channels);
        others.put(id, this);
    }

    /** Opens the channel here. */
    Channel open() {
        var opened = channels.open(LOBBY, true, Account.NONE).toFuture();
        time.advance(Duration.ofMillis(100));
        return Objects.requireNonNull(opened.getNow(null));
    }

    /** Lets a listener join the channel, wherever it is spoken. */
    Listener join(RecordingOutlet outlet, @Nullable Resume resume) {
        return join(outlet, resume, null);
    }

    /** @param client the listener's own id; null if it gives none */
    Listener join(RecordingOutlet outlet, @Nullable Resume resume, @Nullable String client) {
        var listener = new Listener(outlet, loop, clock::micros, Duration.ofSeconds(1));
        var request = new JoinRequest(
                self.id() + "-c" + ids.incrementAndGet(), client, JoinRequest.Start.LIVE, resume, Format.PCM, false);
        var _ = Mono.justOrEmpty(channels.find(LOBBY))
                .map(broadcasts::of)
                .switchIfEmpty(shared.hear(LOBBY))
                .subscribe(broadcast -> broadcast.join(listener, request));
        return listener;
    }

    /** Stops as planned: others go on with its channels. */
    void close() {
        broadcasts.drain(Duration.ZERO, Duration.ZERO);
        channels.close();
        var _ = shared.leave().subscribe();
    }

    long micros() {
        return clock.micros();
    }
}
