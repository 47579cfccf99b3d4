package dev.stentor.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stentor.broadcast.FedEntry;
import dev.stentor.clock.VirtualClock;
import dev.stentor.cluster.ChannelEntry;
import dev.stentor.cluster.ChannelLease;
import dev.stentor.cluster.ChannelTail;
import dev.stentor.cluster.EntryBatch;
import dev.stentor.cluster.EntryId;
import dev.stentor.cluster.InProcessCluster;
import dev.stentor.cluster.TailEvent;
import dev.stentor.cluster.TailSettings;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import reactor.core.scheduler.Schedulers;

/** A channel's history is read away from the clock's thread, and given there some entries at a time. */
class ReadAheadTest {

    private static final String CHANNEL = "lobby";
    private static final int PAGE = 120;
    /** The end of a channel, as another node tells it. */
    private static final byte[] BODY = HexFormat.of().parseHex("010300");

    private final VirtualClock clock = new VirtualClock();
    private final InProcessCluster cluster = new InProcessCluster(clock, 1_000);
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    /** Name of the thread on which each entry was read. */
    private final List<String> readers = new ArrayList<>();

    private final ReadAhead readAhead = new ReadAhead(Schedulers.fromExecutor(tasks::add), this::read);
    private final List<Long> given = new ArrayList<>();
    /** The number of entries that were given when a task came to its turn that was asked for with the first of them. */
    private final List<Integer> turns = new ArrayList<>();

    private long epoch;

    private FedEntry read(ByteBuffer body) {
        readers.add(Thread.currentThread().getName());
        return FedEntry.read(body);
    }

    private void append(long first, long last, byte[] body) {
        if (epoch == 0) {
            ChannelLease lease =
                    cluster.lease(CHANNEL, "a", Duration.ofMinutes(1)).block(Duration.ZERO);
            epoch = Objects.requireNonNull(lease).epoch();
        }
        List<ChannelEntry> entries = LongStream.rangeClosed(first, last)
                .mapToObj(seq -> new ChannelEntry(new EntryId(epoch, seq), ByteBuffer.wrap(body)))
                .toList();
        var _ = cluster.append(CHANNEL, new EntryBatch(entries), true).block(Duration.ZERO);
    }

    private void take(TailEvent event) {
        if (event instanceof TailEvent.Received(ChannelEntry entry, var _)) {
            var _ = readAhead.of(entry);
            given.add(entry.id().seq());
            if (given.size() == 1) {
                clock.execute(() -> turns.add(given.size()));
            }
        }
    }

    private void follow() {
        var tail = new ChannelTail(
                cluster,
                clock,
                CHANNEL,
                EntryId.NONE,
                new TailSettings(Duration.ofSeconds(1), 500, PAGE),
                new SilentStats(),
                readAhead::read,
                this::take);
        clock.execute(tail::start);
        clock.settle();
    }

    private void work() throws InterruptedException {
        for (clock.settle(); !tasks.isEmpty(); clock.settle()) {
            Thread worker = Thread.ofPlatform().name("worker").start(tasks.remove());
            worker.join();
        }
    }

    @Test
    void pagesAreReadWhereTheWorkIsDoneAndLiveEntriesWhereTheyCome() throws InterruptedException {
        append(1, 200, BODY);
        follow();
        work();
        assertThat(given).isEqualTo(LongStream.rangeClosed(1, 200).boxed().toList());
        assertThat(readers).hasSize(200).containsOnly("worker");
        append(201, 202, BODY);
        clock.settle();
        assertThat(given).hasSize(202);
        assertThat(readers.subList(200, 202))
                .containsOnly(Thread.currentThread().getName());
    }

    @Test
    void othersHaveTheirTurnBeforeAPageIsThrough() throws InterruptedException {
        append(1, 100, BODY);
        follow();
        work();
        assertThat(given).hasSize(100);
        assertThat(turns).singleElement().satisfies(at -> assertThat(at).isLessThan(100));
    }

    @Test
    void anEntryThatCannotBeReadFailsWhereItIsGivenAndThoseBeforeItAreGiven() {
        append(1, 3, BODY);
        append(4, 5, new byte[] {9, 1});
        follow();
        assertThat(tasks).hasSize(1);
        tasks.remove().run();
        assertThatThrownBy(clock::settle).hasStackTraceContaining("version 9");
        assertThat(given).containsExactly(1L, 2L, 3L);
    }
}
