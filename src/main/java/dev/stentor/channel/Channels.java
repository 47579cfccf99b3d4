package dev.stentor.channel;

import dev.stentor.clock.TickClock;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.usage.Account;
import dev.stentor.usage.Lease;
import dev.stentor.usage.Quota;
import dev.stentor.usage.QuotaException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** All channels of this process: made on first use, within a limit, and closed when nobody needs them. Thread-safe. */
public final class Channels implements AutoCloseable {

    private static final Duration SWEEP = Duration.ofSeconds(10);

    private final Map<ChannelName, Channel> channels = new ConcurrentHashMap<>();
    /** Leases that the makers of the channels have of their quotas, by channel. */
    private final Map<ChannelName, Lease> leases = new ConcurrentHashMap<>();

    private final AtomicBoolean sweeping = new AtomicBoolean();
    private final TickClock clock;
    private final SharedResources shared;
    private final ChannelSettings settings;
    private final Limits limits;
    private final ChannelOutput.Factory outputs;
    private final ChannelLives lives;
    private volatile SourceRestorer restorer = SourceRestorer.NONE;

    /**
     * The limits of a registry.
     *
     * @param maxChannels most channels at a time
     * @param idleAfter time after which a channel without speech and listeners is closed
     * @param onUse whether a channel is made when somebody speaks on it or listens to it; if not, only {@link #put} makes one
     * @param maxSound length of the sounds that the sources of all channels may hold in memory together
     */
    public record Limits(int maxChannels, Duration idleAfter, boolean onUse, Duration maxSound) {
        /** Creates limits with which channels are made on use, and hold 20 min of sound at most. */
        public Limits(int maxChannels, Duration idleAfter) {
            this(maxChannels, idleAfter, true, Duration.ofMinutes(20));
        }
    }

    /**
     * Creates an empty registry of channels that no other process has.
     *
     * @param work where engines are subscribed to and answers are given; never the clock's thread
     * @param utteranceIds gives an id that is unique for ever
     * @param epochs gives a number that grows from call to call, restarts included
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
        this(clock, engine, work, settings, limits, outputs, utteranceIds, ChannelLives.counted(epochs), stats);
    }

    /**
     * Creates an empty registry.
     *
     * @param work where engines are subscribed to and answers are given; never the clock's thread
     * @param utteranceIds gives an id that is unique for ever
     * @param lives tells whether a channel may be made here
     */
    public Channels(
            TickClock clock,
            SpeechEngine engine,
            Scheduler work,
            ChannelSettings settings,
            Limits limits,
            ChannelOutput.Factory outputs,
            Supplier<String> utteranceIds,
            ChannelLives lives,
            ChannelStats stats) {
        this.clock = clock;
        this.settings = settings;
        this.limits = limits;
        var sources = new SourceLimits(
                limits.maxSound(), () -> channels.values().stream().flatMap(Channel::sources));
        this.shared = new SharedResources(engine, work, utteranceIds, sources, new SoundBlocks(), stats);
        this.outputs = outputs;
        this.lives = lives;
    }

    /** Makes the sources of channels that go on here by this from now on. */
    public void restoreBy(SourceRestorer newRestorer) {
        restorer = newRestorer;
    }

    /**
     * Emits the channel of that name. Makes it only if {@code make} is true, and channels are made on use. Fails with {@link
     * ChannelException} if there is none and none is made, or if there are too many channels, of all or of the owner.
     *
     * @param owner account of whoever makes the channel by this; it counts there as long as it is open
     */
    public Mono<Channel> open(ChannelName name, boolean make, Account owner) {
        return make && limits.onUse() ? made(name, settings, owner) : Mono.fromCallable(() -> known(name));
    }

    private Channel known(ChannelName name) {
        Channel known = channels.computeIfPresent(name, (key, channel) -> {
            channel.touch();
            return channel;
        });
        if (known == null) {
            throw new ChannelException(ChannelRefusal.noSuchChannel());
        }
        return known;
    }

    /** Tells whether {@link #open} would find the channel, or try to make it. Does not count as a use. */
    public boolean isThere(ChannelName name, boolean make) {
        return (make && limits.onUse()) || channels.containsKey(name);
    }

    /**
     * Makes a channel that stays until it is removed. If there is one of that name, it stays from now on, and speaks with these settings
     * from its next utterance on. Fails with {@link ChannelException} if there are too many channels.
     *
     * @param owner account of whoever makes the channel by this; it counts there as long as it is open
     */
    public Mono<ChannelStatus> put(ChannelName name, ChannelSettings newSettings, Account owner) {
        return made(name, newSettings, owner).flatMap(channel -> {
            channel.pin();
            return channel.change(newSettings);
        });
    }

    /** Emits the channel, for which the owner's quota is asked first if there seems to be none. */
    private Mono<Channel> made(ChannelName name, ChannelSettings newSettings, Account owner) {
        return Mono.defer(() -> {
            if (channels.containsKey(name)) {
                return opened(name, newSettings, Lease.NONE, ChannelLife.PRESENT)
                        .switchIfEmpty(Mono.defer(() -> made(name, newSettings, owner)));
            }
            Lease lease = owner.lease(Quota.CHANNELS);
            var kept = new AtomicBoolean();
            return lease.take()
                    .onErrorMap(
                            QuotaException.class,
                            refused -> new ChannelException(ChannelRefusal.channelQuota(refused.retryAfter())))
                    .then(Mono.defer(() -> lives.begin(name)))
                    .flatMap(life -> {
                        Mono<Channel> channel = opened(name, newSettings, lease, life);
                        kept.set(leases.get(name) == lease);
                        return channel;
                    })
                    .doFinally(_ -> {
                        if (!kept.get()) {
                            lease.close();
                        }
                    })
                    .switchIfEmpty(Mono.defer(() -> made(name, newSettings, owner)));
        });
    }

    /** Ends all speech on a channel and closes it; emits whether there was one. */
    public Mono<Boolean> remove(ChannelName name) {
        return Mono.<Boolean>create(sink -> clock.execute(() -> {
                    var found = new AtomicBoolean();
                    channels.computeIfPresent(name, (key, channel) -> {
                        found.set(true);
                        return closed(channel);
                    });
                    sink.success(found.get());
                }))
                .publishOn(shared.work());
    }

    /** Emits the channel; empty if it was said to be present, and is gone by now. */
    private Mono<Channel> opened(ChannelName name, ChannelSettings newSettings, Lease lease, ChannelLife life) {
        Channel channel = channels.compute(name, (key, known) -> {
            if (known == null && life.equals(ChannelLife.PRESENT)) {
                return null;
            }
            Channel open = known == null ? create(key, newSettings, lease, life) : known;
            open.touch();
            return open;
        });
        ensureSweeping();
        return Mono.justOrEmpty(channel);
    }

    /**
     * Makes a channel here that another process had, with what that left; it counts on nobody's account. Empty if nothing was left. Fails
     * with {@link ChannelException} if another process was quicker, or there are too many channels.
     */
    public Mono<Channel> takeOver(ChannelName name) {
        return Mono.defer(() -> lives.begin(name))
                .filter(life -> life.inheritance() != null || life.equals(ChannelLife.PRESENT))
                .flatMap(life -> opened(name, settings, Lease.NONE, life));
    }

    /** Returns the settings of channels that are made on use. */
    public ChannelSettings settings() {
        return settings;
    }

    /** Returns the channel of that name, if there is one. */
    public Optional<Channel> find(ChannelName name) {
        return Optional.ofNullable(channels.get(name));
    }

    /** Returns a copy of all channels, in no order. */
    public List<Channel> all() {
        return List.copyOf(channels.values());
    }

    /** Ends all speech and closes all channels. */
    @Override
    public void close() {
        clock.execute(() -> {
            channels.values().forEach(channel -> {
                var _ = closed(channel);
            });
            channels.clear();
        });
    }

    private Channel create(ChannelName name, ChannelSettings newSettings, Lease lease, ChannelLife life) {
        long epoch = life.epoch();
        if (channels.size() >= limits.maxChannels()) {
            throw new ChannelException(ChannelRefusal.tooManyChannels(limits.maxChannels()));
        }
        Inheritance left = Objects.requireNonNullElse(life.inheritance(), Inheritance.NONE);
        ChannelSettings its = Objects.requireNonNullElse(left.settings(), newSettings);
        ChannelOutput output = outputs.open(name, epoch, its);
        leases.put(name, lease);
        var channel = new Channel(name, its, output.clock(clock), shared, output, lives.keeper(name, epoch), left);
        clock.execute(() -> channel.begin(left, restorer));
        return channel;
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
        return closed(channel);
    }

    /** Closes a channel, and returns null in its place. */
    private @Nullable Channel closed(Channel channel) {
        channel.close();
        Lease lease = leases.remove(channel.name());
        if (lease != null) {
            lease.close();
        }
        return null;
    }
}
