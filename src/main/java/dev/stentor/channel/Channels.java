package dev.stentor.channel;

import dev.stentor.clock.TickClock;
import dev.stentor.speech.SpeechEngine;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** All channels of this process: made on first use, within a limit, and given up when nobody needs them. Thread-safe. */
public final class Channels implements AutoCloseable {

    private static final Duration SWEEP = Duration.ofSeconds(10);

    private final Map<ChannelName, Channel> channels = new ConcurrentHashMap<>();
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private final TickClock clock;
    private final SpeechEngine engine;
    private final Scheduler work;
    private final ChannelSettings settings;
    private final Limits limits;
    private final SourceLimits sources;
    private final ChannelOutput.Factory outputs;
    private final Supplier<String> utteranceIds;
    private final LongSupplier epochs;
    private final ChannelStats stats;

    /**
     * How many, and how long.
     *
     * @param maxChannels refused beyond
     * @param idleAfter how long a channel without speech and listeners is kept
     * @param onUse whether speaking on a channel, or listening to it, makes it; if not, only {@link #put} does
     * @param maxSound length of the sounds that the sources of all channels may hold in memory together
     */
    public record Limits(int maxChannels, Duration idleAfter, boolean onUse, Duration maxSound) {
        /** Channels are made on use, and hold 20 min of sound at most. */
        public Limits(int maxChannels, Duration idleAfter) {
            this(maxChannels, idleAfter, true, Duration.ofMinutes(20));
        }
    }

    /**
     * None yet.
     *
     * @param work where engines are subscribed to and answers are given; never the clock's thread
     * @param utteranceIds unique for ever
     * @param epochs grows from call to call, restarts included
     */
    public Channels(
            TickClock clock,
            SpeechEngine engine,
            Scheduler work,
            ChannelSettings settings,
            Limits limits,
            ChannelOutput.Factory outputs,
            Supplier<String> utteranceIds,
            LongSupplier epochs,
            ChannelStats stats) {
        this.clock = clock;
        this.engine = engine;
        this.work = work;
        this.settings = settings;
        this.limits = limits;
        this.sources = new SourceLimits(
                limits.maxSound(), () -> channels.values().stream().flatMap(Channel::sources));
        this.outputs = outputs;
        this.utteranceIds = utteranceIds;
        this.epochs = epochs;
        this.stats = stats;
    }

    /**
     * The channel of that name, made if need be; throws {@link ChannelException} if there are too many, or if channels are not made
     * on use.
     */
    public Channel open(ChannelName name) {
        return open(name, true);
    }

    /** The same; if it is not to be made, it must be there. */
    public Channel open(ChannelName name, boolean make) {
        if (make && limits.onUse()) {
            return opened(name, settings);
        }
        Channel known = channels.computeIfPresent(name, (key, channel) -> {
            channel.touch();
            return channel;
        });
        if (known == null) {
            throw new ChannelException(new ChannelRefusal.NoSuchChannel());
        }
        return known;
    }

    /**
     * Makes a channel that stays until it is removed, or has the one that is there stay, and speak like that from its next utterance
     * on. Throws {@link ChannelException} if there are too many.
     */
    public Mono<ChannelStatus> put(ChannelName name, ChannelSettings itsSettings) {
        return Mono.defer(() -> {
            Channel channel = opened(name, itsSettings);
            channel.pin();
            return channel.change(itsSettings);
        });
    }

    /** Ends all speech on a channel and gives it up; emits whether it was there. */
    public Mono<Boolean> remove(ChannelName name) {
        return Mono.<Boolean>create(sink -> clock.execute(() -> {
                    var there = new AtomicBoolean();
                    channels.computeIfPresent(name, (key, channel) -> {
                        there.set(true);
                        channel.close();
                        return null;
                    });
                    sink.success(there.get());
                }))
                .publishOn(work);
    }

    private Channel opened(ChannelName name, ChannelSettings itsSettings) {
        Channel channel = channels.compute(name, (key, known) -> {
            Channel open = known == null ? create(key, itsSettings) : known;
            open.touch();
            return open;
        });
        ensureSweeping();
        return channel;
    }

    /** How its channels speak. */
    public ChannelSettings settings() {
        return settings;
    }

    /** The channel of that name, if there is one. */
    public Optional<Channel> find(ChannelName name) {
        return Optional.ofNullable(channels.get(name));
    }

    /** All of them, in no order. */
    public List<Channel> all() {
        return List.copyOf(channels.values());
    }

    /** Ends all speech and gives up all channels. */
    @Override
    public void close() {
        clock.execute(() -> {
            channels.values().forEach(Channel::close);
            channels.clear();
        });
    }

    private Channel create(ChannelName name, ChannelSettings itsSettings) {
        if (channels.size() >= limits.maxChannels()) {
            throw new ChannelException(new ChannelRefusal.TooManyChannels(limits.maxChannels()));
        }
        ChannelOutput output = outputs.open(name, epochs.getAsLong(), itsSettings);
        return new Channel(name, itsSettings, clock, engine, work, utteranceIds, output, sources, stats);
    }

    private void ensureSweeping() {
        if (sweeping.compareAndSet(false, true)) {
            sweepLater();
        }
    }

    private void sweepLater() {
        var _ = clock.after(SWEEP, this::sweep);
    }

    private void sweep() {
        for (ChannelName name : channels.keySet()) {
            channels.computeIfPresent(name, (key, channel) -> closedIfIdle(channel));
        }
        if (!channels.isEmpty()) {
            sweepLater();
            return;
        }
        sweeping.set(false);
        if (!channels.isEmpty()) {
            ensureSweeping();
        }
    }

    private @Nullable Channel closedIfIdle(Channel channel) {
        if (!channel.isIdleFor(limits.idleAfter())) {
            return channel;
        }
        channel.close();
        return null;
    }
}
