package dev.stentor.cluster;

import static java.util.Objects.requireNonNull;

import dev.stentor.clock.VirtualClock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Nodes that lead and follow one channel, each over a hostile way of its own, in virtual time. */
final class ClusterRelay {

    static final String CHANNEL = "news";
    private static final EntryId END = new EntryId(Long.MAX_VALUE, Long.MAX_VALUE);
    private static final PublisherSettings PUBLISHER =
            new PublisherSettings(Duration.ofSeconds(6), Duration.ofSeconds(1), 3_000, 50);
    private static final TailSettings TAIL = new TailSettings(Duration.ofSeconds(1), 200, 70);

    private final VirtualClock clock = new VirtualClock();
    private final RandomGenerator random;
    private final InProcessCluster cluster;
    private final List<Node> nodes = new ArrayList<>();

    ClusterRelay(RandomGenerator random, int historyEntries) {
        this.random = random;
        this.cluster = new InProcessCluster(clock, historyEntries);
    }

    /** Returns what all nodes share, without a hostile way. */
    InProcessCluster cluster() {
        return cluster;
    }

    /** Adds a node whose way has faults with this probability. */
    Node node(double faults) {
        var node = new Node("node-" + nodes.size(), new HostileBus(cluster, clock, random, faults));
        nodes.add(node);
        return node;
    }

    void advance(Duration time) {
        clock.advance(time);
    }

    /** Lets all ways behave, and time pass. */
    void calm(Duration time) {
        nodes.forEach(node -> node.bus.behave());
        clock.advance(time);
    }

    /** Takes the cluster away from nodes for a while, and empties it meanwhile. */
    void killAndEmpty(Duration time, List<Node> cutOff) {
        cutOff.forEach(node -> node.cutFor(time));
        cluster.empty();
    }

    List<EntryId> historyIds() {
        return requireNonNull(cluster.range(CHANNEL, EntryId.NONE, END, Integer.MAX_VALUE)
                        .block())
                .stream()
                .map(ChannelEntry::id)
                .toList();
    }

    List<Long> history() {
        return historyIds().stream().map(EntryId::seq).toList();
    }

    long epochs() {
        return historyIds().stream().map(EntryId::epoch).distinct().count();
    }

    /** One node. */
    final class Node {

        final HostileBus bus;
        final CountedStats stats = new CountedStats();
        final List<PublisherState> states = new ArrayList<>();
        final List<TailEvent> events = new ArrayList<>();
        private final String name;
        private @Nullable ChannelPublisher publisher;
        private long epoch;
        private long seq;

        Node(String name, HostileBus bus) {
            this.name = name;
            this.bus = bus;
        }

        /** Takes the channel, which must be free, and begins behind its history. */
        void lead() {
            while (!isLeading()) {
                leadIfFree();
                clock.advance(Duration.ofMillis(100));
            }
        }

        /** Asks for the channel, and takes it if it is free. */
        void leadIfFree() {
            if (publisher == null) {
                var _ = bus.lease(CHANNEL, name, PUBLISHER.lease()).subscribe(this::look, _ -> {});
            }
        }

        private void look(ChannelLease lease) {
            if (lease instanceof ChannelLease.Granted(long granted)) {
                var _ = bus.last(CHANNEL).defaultIfEmpty(EntryId.NONE).subscribe(last -> begin(granted, last), _ -> {});
            }
        }

        private void begin(long granted, EntryId last) {
            if (publisher == null) {
                epoch = granted;
                seq = last.seq();
                var begun = new ChannelPublisher(
                        bus, clock, new LedChannel(CHANNEL, name, granted), PUBLISHER, stats, states::add);
                publisher = begun;
                begun.start();
            }
        }

        boolean isLeading() {
            return publisher != null && publisher.state() != PublisherState.OVER;
        }

        PublisherState state() {
            return publisher().state();
        }

        ChannelPublisher publisher() {
            return requireNonNull(publisher);
        }

        void publish(int entries) {
            for (int i = 0; i < entries; i++) {
                publish();
            }
        }

        void publish() {
            publisher().publish(new ChannelEntry(new EntryId(epoch, ++seq), ByteBuffer.allocate(8)));
        }

        void publishIfLeading() {
            if (publisher != null && publisher.state() == PublisherState.OVER) {
                publisher = null;
            }
            if (publisher != null) {
                publish();
            }
        }

        void follow() {
            var _ = follow(EntryId.NONE);
        }

        ChannelTail follow(EntryId after) {
            return follow(after, events::add);
        }

        ChannelTail follow(EntryId after, Consumer<TailEvent> receiver) {
            var tail = new ChannelTail(bus, clock, CHANNEL, after, TAIL, stats, page -> page, receiver);
            tail.start();
            return tail;
        }

        void cutFor(Duration time) {
            bus.cut(true);
            var _ = clock.after(time, () -> bus.cut(false));
        }

        List<EntryId> received() {
            return new TailEvents(events).received();
        }

        List<Long> live() {
            return new TailEvents(events).live();
        }

        List<TailEvent> breaks() {
            return new TailEvents(events).breaks();
        }
    }
}
