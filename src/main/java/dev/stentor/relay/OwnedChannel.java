package dev.stentor.relay;

import dev.stentor.broadcast.EntryTap;
import dev.stentor.broadcast.RemoteAudience;
import dev.stentor.channel.ChannelName;
import dev.stentor.cluster.BusState;
import dev.stentor.cluster.ChannelEntry;
import dev.stentor.cluster.ChannelPublisher;
import dev.stentor.cluster.EntryId;
import dev.stentor.cluster.LedChannel;
import dev.stentor.cluster.PublisherState;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * A channel that this node has: its entries go on to the other nodes, and their listeners are counted here. Confined to the clock's thread,
 * but for {@link #over}, {@link #gone} and {@link #isClosed}.
 */
final class OwnedChannel implements EntryTap {

    private static final Logger LOG = LoggerFactory.getLogger(OwnedChannel.class);
    private static final Duration STORE_LIMIT = Duration.ofSeconds(2);

    private final RelayPorts ports;
    private final RelaySettings settings;
    private final Members members;
    private final ChannelName name;
    private final long epoch;
    private final ChannelPublisher publisher;
    private final Consumer<OwnedChannel> lost;
    private final KeptTexts texts;
    private final Disposable.Swap returns = Disposables.swap();
    private final Sinks.Empty<Void> over = Sinks.empty();
    private final Sinks.Empty<Void> gone = Sinks.empty();
    private volatile boolean closed;

    /**
     * Creates a channel that no other node is told of yet.
     *
     * @param texts that are kept for the next node
     * @param lost told if another node has the channel by now, while it is open here
     */
    OwnedChannel(
            RelayPorts ports,
            RelaySettings settings,
            Members members,
            ChannelName name,
            long epoch,
            KeptTexts texts,
            Consumer<OwnedChannel> lost) {
        this.ports = ports;
        this.settings = settings;
        this.members = members;
        this.name = name;
        this.epoch = epoch;
        this.texts = texts;
        this.lost = lost;
        this.publisher = new ChannelPublisher(
                ports.bus(),
                ports.clock(),
                new LedChannel(name.value(), ports.self().id(), epoch),
                settings.publisher(),
                ports.stats(),
                this::take);
    }

    KeptTexts texts() {
        return texts;
    }

    ChannelName name() {
        return name;
    }

    /** Tells whether no more is spoken on it; from any thread. */
    boolean isClosed() {
        return closed;
    }

    /** Begins to keep the lease, and to look who listens elsewhere. What the cluster lost while it was away is kept again. */
    void start() {
        publisher.start();
        returns.update(ports.bus()
                .states()
                .skip(1) // the present state
                .filter(state -> state == BusState.CONNECTED)
                .subscribe(_ -> ports.clock().execute(texts::forgotten)));
        watch();
    }

    /** Completes when the channel is closed here and, unless that takes too long, all that it told is stored. From any thread. */
    Mono<Void> over() {
        return over.asMono();
    }

    /**
     * Completes when it is closed here and no other node takes it for open: one that has ended is remembered for as long as the cluster is
     * away. From any thread.
     */
    Mono<Void> gone() {
        return gone.asMono();
    }

    @Override
    public void on(long seq, byte[] body) {
        publisher.publish(new ChannelEntry(new EntryId(epoch, seq), ByteBuffer.wrap(body)));
    }

    @Override
    public void flush() {}

    @Override
    public void close(boolean goesOn) {
        closed = true;
        if (goesOn) {
            texts.refresh(); // before the lease is given back
        }
        Mono<Void> end =
                goesOn ? Mono.empty() : texts.drop().then(ports.bus().end(name.value(), epoch, settings.history()));
        var _ = publisher
                .handOver()
                .flatMap(stored -> stored ? end : Mono.empty())
                .onErrorComplete()
                .doFinally(_ -> ports.clock().execute(this::finish))
                .subscribe();
        var _ = ports.clock().after(STORE_LIMIT, () -> {
            var _ = over.tryEmitEmpty();
            if (goesOn) {
                publisher.close();
            }
        });
    }

    private void finish() {
        returns.dispose();
        publisher.close();
        var _ = over.tryEmitEmpty();
        var _ = gone.tryEmitEmpty();
    }

    private void take(PublisherState state) {
        if (state == PublisherState.OVER && !closed) {
            LOG.atWarn().addKeyValue("channel", name).log("another node has this channel by now");
            lost.accept(this);
        }
    }

    private void watch() {
        if (closed) {
            return;
        }
        var _ = ports.clock().after(settings.watch(), this::watch);
        texts.refresh();
        if (members.areMany()) {
            var _ = ports.directory()
                    .presence(name.value())
                    .map(this::others)
                    .onErrorComplete()
                    .subscribe(this::count);
        } else {
            count(RemoteAudience.NONE);
        }
    }

    private void count(RemoteAudience others) {
        ports.broadcasts().find(name).ifPresent(broadcast -> broadcast.count(others));
    }

    private RemoteAudience others(Map<String, String> said) {
        return said.entrySet().stream()
                .filter(node -> !node.getKey().equals(ports.self().id()))
                .map(node -> AudienceText.read(node.getValue()))
                .reduce(RemoteAudience.NONE, RemoteAudience::and);
    }
}
