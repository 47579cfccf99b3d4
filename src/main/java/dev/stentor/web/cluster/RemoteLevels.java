package dev.stentor.web.cluster;

import dev.stentor.channel.Channel;
import dev.stentor.channel.ChannelException;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.Channels;
import dev.stentor.channel.MixLevels;
import dev.stentor.cluster.ClusterNode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The loudness of mixes on other nodes, for listeners of this one: while somebody looks at a channel's, its node is asked for it ten times a
 * second, whatever the number of those who look, and once a second where there is no mix. Thread-safe.
 */
public final class RemoteLevels {

    private static final long SOUNDING_MICROS = micros(Duration.ofMillis(100));
    private static final long SILENT_MICROS = micros(Duration.ofSeconds(1));
    private static final long UNUSED_MICROS = micros(Duration.ofSeconds(10));

    private final Channels channels;
    private final Function<ChannelName, Mono<ClusterNode>> owners;
    private final BiFunction<ClusterNode, ChannelName, Mono<MixLevels>> asking;
    private final LongSupplier micros;
    private final Map<ChannelName, Seen> seen = new ConcurrentHashMap<>();

    /** Levels that were last told of a channel, and the time from which they may be asked for again. */
    private static final class Seen {
        private final AtomicLong nextMicros = new AtomicLong(Long.MIN_VALUE);
        private volatile @Nullable MixLevels levels;
    }

    /**
     * Creates levels that know of no channel yet.
     *
     * @param owners tells the other node that has a channel, as {@code SharedChannels.elsewhere} does
     * @param micros monotonic time
     */
    public RemoteLevels(
            Channels channels,
            Function<ChannelName, Mono<ClusterNode>> owners,
            PeerClient client,
            LongSupplier micros) {
        this(channels, owners, client::levels, micros);
    }

    /** @param asking asks a node how loud a channel is */
    RemoteLevels(
            Channels channels,
            Function<ChannelName, Mono<ClusterNode>> owners,
            BiFunction<ClusterNode, ChannelName, Mono<MixLevels>> asking,
            LongSupplier micros) {
        this.channels = channels;
        this.owners = owners;
        this.asking = asking;
        this.micros = micros;
    }

    /** Returns how loud a channel is, as it was last told, and asks again if it is time; null before the first answer. */
    public @Nullable MixLevels of(ChannelName name) {
        Channel here = channels.find(name).orElse(null);
        if (here != null) {
            return here.mixMonitor().levels();
        }
        long now = micros.getAsLong();
        Seen known = seen.computeIfAbsent(name, _ -> new Seen());
        long next = known.nextMicros.get();
        if (now >= next && known.nextMicros.compareAndSet(next, now + SILENT_MICROS)) {
            seen.values().removeIf(other -> now > other.nextMicros.get() + UNUSED_MICROS);
            ask(name, known, now);
        }
        return known.levels;
    }

    private void ask(ChannelName name, Seen known, long askedMicros) {
        var _ = owners.apply(name)
                .onErrorComplete(ChannelException.class)
                .flatMap(owner -> asking.apply(owner, name))
                .onErrorResume(_ -> Mono.empty())
                .subscribe(levels -> {
                    known.levels = levels;
                    if (!levels.sources().isEmpty()) {
                        known.nextMicros.set(askedMicros + SOUNDING_MICROS);
                    }
                });
    }

    private static long micros(Duration time) {
        return time.toNanos() / 1_000;
    }
}
