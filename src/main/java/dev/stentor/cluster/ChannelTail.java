package dev.stentor.cluster;

import dev.stentor.clock.TickClock;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Follows a channel that another node leads: gives each entry once and in order, those of the history first. It subscribes before it
 * reads the history, so nothing falls between. Publication may lose, repeat and reorder: a missing entry is fetched, and each second
 * and after each interruption the tail asks whether the latest entry is there. Entries of leaders that have been replaced are dropped.
 * Confined to the clock's thread.
 */
public final class ChannelTail implements AutoCloseable {

    /** Time that an entry which is stored already has to arrive by itself. */
    private static final Duration ON_ITS_WAY = Duration.ofMillis(50);

    private static final Duration RETRY = Duration.ofMillis(200);
    /** Time that a leader has to bring entries back which the cluster has forgotten. */
    private static final long PATIENCE_MICROS = 3_000_000;

    /** Entries of the history that are given at once; then others have a turn on the clock's thread. */
    private static final int AT_ONCE = 50;

    private static final long NONE = -1;
    private static final EntryId END = new EntryId(Long.MAX_VALUE, Long.MAX_VALUE);

    private final ClusterBus bus;
    private final TickClock clock;
    private final String channel;
    private final TailSettings settings;
    private final ClusterStats stats;
    private final UnaryOperator<Mono<List<ChannelEntry>>> reading;
    private final Consumer<TailEvent> receiver;
    private final TreeMap<EntryId, ChannelEntry> waiting = new TreeMap<>();
    private final ClockAnswers answers;
    private EntryId given;
    private boolean isFetching;
    private boolean isBehind;
    private boolean isCaughtUp;
    private boolean isClosed;
    private @Nullable TailInbox inbox;
    /** Time since when the history lacks an entry that is waiting here, or one before it; {@link #NONE} if it does not. */
    private long lackingSinceMicros = NONE;

    /**
     * Creates a tail that does nothing yet.
     *
     * @param after the last entry that is known already; {@link EntryId#NONE} for all that the history has
     * @param reading what is done with a page of the history, on any thread, before its entries are given
     * @param receiver gets the entries, on the clock's thread
     */
    public ChannelTail(
            ClusterBus bus,
            TickClock clock,
            String channel,
            EntryId after,
            TailSettings settings,
            ClusterStats stats,
            UnaryOperator<Mono<List<ChannelEntry>>> reading,
            Consumer<TailEvent> receiver) {
        this.bus = bus;
        this.clock = clock;
        this.channel = channel;
        this.given = after;
        this.settings = settings;
        this.stats = stats;
        this.reading = reading;
        this.receiver = receiver;
        this.answers = new ClockAnswers(clock, () -> !isClosed);
    }

    /** Begins. */
    public void start() {
        var subscription = new TailInbox(clock, settings.waitingEntries(), this::take);
        inbox = subscription;
        bus.tail(channel).subscribe(subscription);
        compareLater();
    }

    /** Returns the id of the latest entry that was given. */
    public EntryId given() {
        return given;
    }

    /** Ends. Nothing is given any more. */
    @Override
    public void close() {
        isClosed = true;
        if (inbox != null) {
            inbox.dispose();
        }
    }

    private void take(TailSignal signal) {
        if (isClosed) {
            return;
        }
        switch (signal) {
            case TailSignal.Subscribed() -> fetch();
            case TailSignal.Published(ChannelEntry entry) -> takeLive(entry);
        }
    }

    private void takeLive(ChannelEntry entry) {
        if (isCaughtUp && !isFetching && waiting.isEmpty() && follows(entry.id())) {
            give(entry, true);
        } else if (entry.id().compareTo(given) > 0 && waiting.size() < settings.waitingEntries()) {
            waiting.put(entry.id(), entry);
            if (isCaughtUp) {
                fetch();
            }
        }
    }

    /** Reads the history behind the latest entry that was given, page by page, and then gives what waits. */
    private void fetch() {
        if (isFetching) {
            isBehind = true;
            return;
        }
        isFetching = true;
        isBehind = false;
        fetchPage();
    }

    private void fetchPage() {
        var from = new EntryId(given.epoch(), given.seq() + 1);
        Mono<List<ChannelEntry>> page = bus.range(channel, from, END, settings.pageEntries());
        answers.of(reading.apply(page), this::takePage, this::fetchAgain);
    }

    private void fetchAgain() {
        var _ = answers.after(RETRY, this::fetchPage);
    }

    private void takePage(List<ChannelEntry> page) {
        take(page, 0);
    }

    /** Gives the entries of a page from that one on, some at a time. */
    private void take(List<ChannelEntry> page, int first) {
        int end = Math.min(page.size(), first + AT_ONCE);
        int before = 0;
        for (ChannelEntry entry : page.subList(first, end)) {
            if (entry.id().compareTo(given) > 0) {
                before++;
                give(entry, false);
            }
        }
        if (isCaughtUp && before > 0) {
            stats.filled(before);
        }
        if (isClosed) {
            return;
        }
        if (end < page.size()) {
            answers.soon(() -> take(page, end));
            return;
        }
        if (page.size() >= settings.pageEntries()) {
            fetchPage();
        } else {
            isFetching = false;
            giveWaiting();
        }
    }

    private void giveWaiting() {
        while (!waiting.isEmpty()) {
            ChannelEntry first = waiting.firstEntry().getValue();
            boolean isOld = first.id().compareTo(given) <= 0;
            if (!isOld && !follows(first.id()) && mayComeYet()) {
                fetchOnceMore();
                return;
            }
            var _ = waiting.pollFirstEntry();
            if (!isOld) {
                give(first, true);
            }
        }
        lackingSinceMicros = NONE;
        if (isBehind) {
            fetch();
        } else if (!isCaughtUp && !isClosed) {
            isCaughtUp = true;
            tell(new TailEvent.CaughtUp());
        }
    }

    private void fetchOnceMore() {
        if (isBehind) {
            fetch();
        } else {
            isFetching = true;
            fetchAgain();
        }
    }

    /** Tells whether a leader may still store again what the cluster has forgotten. */
    private boolean mayComeYet() {
        if (lackingSinceMicros == NONE) {
            lackingSinceMicros = clock.micros();
        }
        return clock.micros() - lackingSinceMicros < PATIENCE_MICROS;
    }

    private void give(ChannelEntry entry, boolean live) {
        if (isClosed) {
            return;
        }
        EntryId after = given;
        EntryId next = entry.id();
        if (!follows(next) && !after.equals(EntryId.NONE)) {
            stats.lostHistory();
            boolean comesAgain = next.seq() <= after.seq();
            tell(comesAgain ? new TailEvent.Restarted(after, next) : new TailEvent.Lost(after, next));
        }
        given = next;
        if (!isClosed) {
            tell(new TailEvent.Received(entry, live));
        }
    }

    /** Tells the receiver. One that fails lacks an entry, so this ends, and says so. */
    private void tell(TailEvent event) {
        try {
            receiver.accept(event);
        } catch (Throwable failed) {
            close();
            receiver.accept(new TailEvent.Broken());
            throw failed;
        }
    }

    private boolean follows(EntryId id) {
        return id.compareTo(given) > 0 && id.seq() == given.seq() + 1;
    }

    private void compareLater() {
        var _ = answers.after(settings.compareEvery(), () -> {
            answers.of(bus.last(channel), this::compare, () -> {});
            compareLater();
        });
    }

    private void compare(EntryId last) {
        if (isCaughtUp && last.compareTo(given) > 0) {
            var _ = answers.after(ON_ITS_WAY, () -> {
                if (last.compareTo(given) > 0) {
                    fetch();
                }
            });
        }
    }
}
