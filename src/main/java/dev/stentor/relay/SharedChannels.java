package dev.stentor.relay;

import dev.stentor.broadcast.Broadcast;
import dev.stentor.broadcast.EntryTap;
import dev.stentor.broadcast.HeardUntil;
import dev.stentor.channel.ChannelException;
import dev.stentor.channel.ChannelKeeper;
import dev.stentor.channel.ChannelLife;
import dev.stentor.channel.ChannelLives;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.ChannelSettings;
import dev.stentor.channel.Channels;
import dev.stentor.channel.Inheritance;
import dev.stentor.cluster.BusException;
import dev.stentor.cluster.ChannelLease.Granted;
import dev.stentor.cluster.ChannelLease.Held;
import dev.stentor.cluster.ClusterNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;

/**
 * The channels that the nodes of a cluster share, as one node sees them: those that it has, and those of others that it hears. A lease says
 * who has a channel. Thread-safe. See ADR 51.
 */
public final class SharedChannels implements ChannelLives, EntryTap.Factory {

    private static final Logger LOG = LoggerFactory.getLogger(SharedChannels.class);

    private final RelayPorts ports;
    private final RelaySettings settings;
    private final Members members;
    private final Map<ChannelName, OwnedChannel> owned = new ConcurrentHashMap<>();
    private final Map<ChannelName, HeardChannel> heard = new ConcurrentHashMap<>();
    /** Names of the texts that were kept of channels that this node is about to have. */
    private final Map<ChannelName, Set<String>> former = new ConcurrentHashMap<>();

    private volatile @Nullable Channels channels;
    private volatile boolean leaving;

    /** Creates the shared channels of a node, of which the others do not know yet. */
    public SharedChannels(RelayPorts ports, RelaySettings settings) {
        this.ports = ports;
        this.settings = settings;
        this.members = new Members(ports.directory(), ports.self(), ports.clock());
    }

    /**
     * Tells the other nodes that this one is there, and from now on of its channels.
     *
     * @param own the channels of this node; one is closed if another node has it by now
     */
    public void start(Channels own) {
        channels = own;
        ports.broadcasts().share(this, new PeerPlayers(ports, members));
        members.start();
    }

    /** Says good-bye to the other nodes; completes when all that the closed channels told is stored, or after a few seconds. */
    public Mono<Void> leave() {
        leaving = true;
        heard.values().forEach(channel -> ports.clock().execute(channel::end));
        return Flux.fromIterable(owned.values())
                .flatMap(OwnedChannel::over, Math.max(1, owned.size()))
                .then(Mono.defer(members::leave))
                .timeout(settings.patience())
                .onErrorComplete();
    }

    @Override
    public Mono<ChannelLife> begin(ChannelName name) {
        if (leaving) {
            return Mono.error(ChannelException::unreachable);
        }
        return ports.bus()
                .lease(name.value(), ports.self().id(), settings.publisher().lease())
                .flatMap(lease -> switch (lease) {
                    case Granted(long epoch) ->
                        inheritance(name, epoch)
                                .map(left -> new ChannelLife(epoch, left))
                                .defaultIfEmpty(new ChannelLife(epoch, null));
                    case Held _ -> Mono.error(ChannelException.elsewhere());
                })
                .onErrorMap(BusException.class, _ -> ChannelException.unreachable());
    }

    /** Emits what an earlier life of a channel left that has not ended; empty if there is none. */
    private Mono<Inheritance> inheritance(ChannelName name, long epoch) {
        return ports.bus()
                .last(name.value())
                .filter(last -> last.epoch() < epoch)
                .flatMap(last -> {
                    HeardChannel history = follow(name);
                    Mono<Inheritance> left = history.heardUntil(last)
                            .flatMap(head -> ports.directory()
                                    .kept(name.value())
                                    .map(texts -> left(name, texts, last.epoch(), head)))
                            .timeout(settings.patience());
                    return left.onErrorResume(
                                    error -> error instanceof JacksonException || error instanceof TimeoutException,
                                    _ -> Mono.empty())
                            .flatMap(found -> onClock(history::letGo).thenReturn(found))
                            .switchIfEmpty(onClock(history::end).then(Mono.empty()));
                })
                .publishOn(ports.work());
    }

    private Mono<Void> onClock(Runnable task) {
        return Mono.create(sink -> ports.clock().execute(() -> {
            task.run();
            sink.success();
        }));
    }

    private Inheritance left(ChannelName name, Map<String, String> texts, long epoch, HeardUntil head) {
        former.put(name, Set.copyOf(texts.keySet()));
        Channels own = channels;
        ChannelSettings usual = own == null ? ChannelSettings.conversation() : own.settings();
        return KeptForm.inheritance(name, texts, epoch, head, usual, System.currentTimeMillis());
    }

    @Override
    public ChannelKeeper keeper(ChannelName name, long epoch) {
        OwnedChannel channel = owned.get(name);
        return channel == null ? ChannelKeeper.NONE : channel.texts();
    }

    /** Goes on here with a channel whose node is gone, unless another one is quicker. */
    private void takeOver(HeardChannel orphan) {
        Channels own = channels;
        if (own != null && !leaving) {
            var _ = own.takeOver(orphan.name()).subscribe(_ -> {}, failed -> {
                if (!(failed instanceof ChannelException refused && refused.isElsewhere())) {
                    LOG.atWarn()
                            .addKeyValue("channel", orphan.name())
                            .setCause(failed)
                            .log("a channel whose node is gone cannot go on here");
                    ports.clock().execute(orphan::end);
                }
            });
        }
    }

    @Override
    public void abandon(ChannelName name, long epoch) {
        var _ = ports.bus()
                .release(name.value(), ports.self().id(), epoch)
                .onErrorComplete()
                .subscribe();
    }

    @Override
    public EntryTap open(ChannelName name, long epoch) {
        Set<String> older = former.remove(name);
        var texts = new KeptTexts(ports.directory(), name, epoch, older == null ? Set.of() : older);
        var channel = new OwnedChannel(ports, settings, members, name, epoch, texts, this::lose);
        owned.put(name, channel);
        var _ = channel.over().doFinally(_ -> owned.remove(name, channel)).subscribe();
        ports.clock().execute(channel::start);
        return channel;
    }

    /** Emits the other nodes that are alive. */
    public Mono<List<ClusterNode>> others() {
        return members.others();
    }

    /**
     * Emits the node that has a channel; empty if nobody has it, or this node. Fails with {@link ChannelException} if that cannot be told,
     * or the node is not there any more.
     */
    public Mono<ClusterNode> elsewhere(ChannelName name) {
        if (owned.containsKey(name)) {
            return Mono.empty();
        }
        return owner(name)
                .flatMap(held -> members.find(held.node()).switchIfEmpty(Mono.error(ChannelException::unreachable)))
                .onErrorMap(BusException.class, _ -> ChannelException.unreachable());
    }

    /**
     * Emits the broadcast of a channel that another node has; empty if no other has it. Fails with {@link ChannelException} if nothing is
     * heard of it in time.
     */
    public Mono<Broadcast> hear(ChannelName name) {
        return Mono.defer(() -> {
                    HeardChannel known = heard.get(name);
                    return known != null
                            ? known.ready()
                            : owner(name).flatMap(_ -> follow(name).ready());
                })
                .timeout(settings.patience())
                .onErrorMap(
                        error -> error instanceof BusException || error instanceof TimeoutException,
                        _ -> ChannelException.unreachable());
    }

    private Mono<Held> owner(ChannelName name) {
        return ports.bus()
                .owner(name.value())
                .filter(held -> !held.node().equals(ports.self().id()));
    }

    private HeardChannel follow(ChannelName name) {
        return heard.computeIfAbsent(name, _ -> {
            var channel =
                    new HeardChannel(ports, settings, members, name, this::takeOver, gone -> heard.remove(name, gone));
            ports.clock().execute(channel::start);
            return channel;
        });
    }

    /** Closes a channel that another node has by now; its listeners come back, and hear it from there. */
    private void lose(OwnedChannel channel) {
        LOG.atInfo().addKeyValue("channel", channel.name()).log("closing a channel that another node has");
        ports.broadcasts().handOver(channel.name());
        Channels own = channels;
        if (own != null) {
            var _ = own.remove(channel.name()).subscribe();
        }
    }
}
