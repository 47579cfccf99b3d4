package dev.stentor.cluster;

import dev.stentor.clock.TickClock;
import dev.stentor.cluster.EntryMemory.Remembered;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Stores and publishes the entries of a channel that this node leads, in order, and keeps its lease. One call is on its way at a time;
 * what is published meanwhile goes with the next. Behind a cluster that is away entries wait, and are stored when it is back, as are
 * those that it has forgotten. Confined to the clock's thread.
 */
public final class ChannelPublisher implements AutoCloseable {

    private static final Duration FIRST_RETRY = Duration.ofMillis(50);
    private static final Duration LAST_RETRY = Duration.ofMillis(500);

    private final ClusterBus bus;
    private final TickClock clock;
    private final LedChannel channel;
    private final PublisherSettings settings;
    private final ClusterStats stats;
    private final Consumer<PublisherState> watcher;
    private final EntryMemory memory;
    private final ClockAnswers answers;
    private final LeaseKeeper lease;
    private final Sinks.One<Boolean> handedOver = Sinks.one();
    private final Disposable.Swap states = Disposables.swap();
    private Duration retry = FIRST_RETRY;
    private PublisherState told = PublisherState.BEHIND;
    private boolean isCalling;
    /** Whether it is unknown what the history ends with, so that nothing can be appended. */
    private boolean mustLook = true;

    private boolean isHandingOver;
    private boolean isReleasing;
    private boolean isOver;

    /**
     * Creates a publisher that does nothing yet, right after the lease was granted.
     *
     * @param watcher gets each change of the state, on the clock's thread
     */
    public ChannelPublisher(
            ClusterBus bus,
            TickClock clock,
            LedChannel channel,
            PublisherSettings settings,
            ClusterStats stats,
            Consumer<PublisherState> watcher) {
        this.bus = bus;
        this.clock = clock;
        this.channel = channel;
        this.settings = settings;
        this.stats = stats;
        this.watcher = watcher;
        this.memory = new EntryMemory(settings.rememberedEntries());
        this.answers = new ClockAnswers(clock, () -> !isOver);
        this.lease = new LeaseKeeper(bus, answers, channel, settings, this::take);
    }

    /** Begins to keep the lease. */
    public void start() {
        lease.start();
        states.update(bus.states().subscribe(state -> clock.execute(() -> take(state))));
    }

    /** Publishes an entry of the lease's epoch, with a higher number than the one before. Does nothing once this is over. */
    public void publish(ChannelEntry entry) {
        if (isOver) {
            return;
        }
        if (memory.add(entry, clock.micros())) {
            stats.notStored();
        }
        store();
    }

    /** Returns how this stands with the cluster. */
    PublisherState state() {
        if (isOver) {
            return PublisherState.OVER;
        }
        if (!lease.isTrusted()) {
            return PublisherState.DOUBTFUL;
        }
        return mustLook ? PublisherState.BEHIND : PublisherState.STORING;
    }

    /**
     * Gives the lease back once all that was published is stored, so that the next leader goes on behind it; nothing may be published any
     * more. Emits false if another node has the channel, or this is closed. There is no time limit: the caller has one, and then closes.
     */
    public Mono<Boolean> handOver() {
        return Mono.defer(() -> {
            clock.execute(() -> {
                isHandingOver = true;
                goOn();
            });
            return handedOver.asMono();
        });
    }

    /** Ends without giving the lease back. What is not stored is forgotten. */
    @Override
    public void close() {
        end(false);
    }

    private void store() {
        if (isOver || isCalling || mustLook || !lease.isTrusted() || memory.isAllStored()) {
            return;
        }
        long now = clock.micros();
        List<Remembered> next = memory.next(settings.batchEntries(), freshFrom(now));
        var batch = new EntryBatch(next.stream().map(Remembered::entry).toList());
        long first = next.getFirst().atMicros();
        boolean live = first >= freshFrom(now);
        isCalling = true;
        answers.of(bus.append(channel.name(), batch, live), result -> take(result, batch, first), this::lookLater);
    }

    private void take(AppendResult result, EntryBatch batch, long firstMicros) {
        isCalling = false;
        switch (result) {
            case AppendResult.Stored() -> {
                memory.storedUpTo(batch.entries().getLast().id());
                stats.appended(batch.entries().size(), clock.micros() - firstMicros);
                goOn();
            }
            case AppendResult.Fenced _ -> fence();
        }
    }

    /** A call failed: it may have been carried out or not. */
    private void lookLater() {
        isCalling = false;
        mustLook = true;
        tell();
        var _ = answers.after(retry, this::look);
        retry = retry.compareTo(LAST_RETRY) < 0 ? retry.multipliedBy(2) : LAST_RETRY;
    }

    private void look() {
        if (isCalling || !mustLook) {
            return;
        }
        isCalling = true;
        answers.of(bus.last(channel.name()).defaultIfEmpty(EntryId.NONE), this::goOnBehind, this::lookLater);
    }

    private void goOnBehind(EntryId last) {
        isCalling = false;
        if (last.epoch() > channel.epoch()) {
            fence();
            return;
        }
        mustLook = false;
        retry = FIRST_RETRY;
        memory.storedOnlyUpTo(last);
        tell();
        goOn();
    }

    private void goOn() {
        if (isOver) {
            return;
        }
        if (mustLook) {
            look();
        } else if (isHandingOver && memory.isAllStored()) {
            release();
        } else {
            store();
        }
    }

    private void take(BusState state) {
        if (isOver) {
            return;
        }
        mustLook = true;
        tell();
        if (state == BusState.CONNECTED) {
            retry = FIRST_RETRY;
            lease.renewNow();
            look();
        } else {
            var _ = answers.after(retry, this::look); // perhaps only live entries are out of reach
        }
    }

    private void take(LeaseKeeper.Outcome outcome) {
        if (isReleasing) {
            return;
        }
        switch (outcome) {
            case RENEWED -> {
                tell();
                store();
            }
            case DOUBTFUL -> tell();
            case LOST -> fence();
        }
    }

    private void fence() {
        stats.fenced();
        end(false);
    }

    private void release() {
        if (!isOver && !isCalling) {
            isCalling = true;
            isReleasing = true;
            Mono<Boolean> release = bus.release(channel.name(), channel.node(), channel.epoch())
                    .thenReturn(true)
                    .onErrorReturn(true); // then it runs out by itself
            answers.of(release, this::end, () -> {});
        }
    }

    private void end(boolean isHandedOver) {
        isOver = true;
        states.dispose();
        var _ = handedOver.tryEmitValue(isHandedOver);
        tell();
    }

    private void tell() {
        PublisherState now = state();
        if (now != told) {
            told = now;
            watcher.accept(now);
        }
    }

    private long freshFrom(long nowMicros) {
        return nowMicros - settings.staleAfter().toNanos() / 1_000;
    }
}
