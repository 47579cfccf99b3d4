package dev.stentor.relay;

import dev.stentor.broadcast.Broadcast;
import dev.stentor.broadcast.EntryTap;
import dev.stentor.channel.ChannelException;
import dev.stentor.channel.ChannelKeeper;
import dev.stentor.channel.ChannelLife;
import dev.stentor.channel.ChannelLives;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.ChannelSettings;
import dev.stentor.channel.Channels;
import dev.stentor.clock.TickClock;
import dev.stentor.cluster.BusException;
import dev.stentor.cluster.ChannelLease.Granted;
import dev.stentor.cluster.ChannelLease.Held;
import dev.stentor.cluster.ClusterNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

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
    /** Names of the channels of which it was logged that their node is not understood. */
    private final Set<ChannelName> unreadable = ConcurrentHashMap.newKeySet();

    private final Beginnings beginnings = new Beginnings(this::isOpen, this::beginNow, this::giveUp);
    private final Legacy legacy;

    private volatile @Nullable Channels channels;
    private volatile boolean leaving;

    /** Creates the shared channels of a node, of which the others do not know yet. */
    public SharedChannels(RelayPorts ports, RelaySettings settings) {
        this.ports = ports;
        this.settings = settings;
        this.members = new Members(ports.directory(), ports.self(), ports.clock());
        this.legacy = new Legacy(ports, settings.patience(), this::heard, this::follow);
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
        return leaving ? Mono.error(ChannelException::unreachable) : beginnings.begin(name);
    }

    /** Takes the lease, once the life before is over that this node had, and then what is left of earlier lives. */
    private Mono<Begun> beginNow(ChannelName name) {
        OwnedChannel before = owned.get(name);
        Channels own = channels;
        ChannelSettings usual = own == null ? ChannelSettings.conversation() : own.settings();
        Mono<Void> free = before == null ? Mono.empty() : Mono.firstWithSignal(before.gone(), tooLate());
        return free.then(Mono.defer(() -> ports.bus()
                        .lease(
                                name.value(),
                                ports.self().id(),
                                settings.publisher().lease())))
                .flatMap(lease -> switch (lease) {
                    case Granted(long epoch) ->
                        legacy.of(name, epoch, usual).doOnError(_ -> giveUp(Begun.anew(name, epoch)));
                    case Held _ -> Mono.error(ChannelException.elsewhere());
                })
                .onErrorMap(SharedChannels::isAway, _ -> ChannelException.unreachable())
                .publishOn(ports.work());
    }

    private static boolean isAway(Throwable error) {
        return error instanceof BusException || error instanceof TimeoutException;
    }

    /** Fails once the patience is over. */
    private Mono<Void> tooLate() {
        return Mono.create(sink -> {
            TickClock.Timer timer =
                    ports.clock().after(settings.patience(), () -> sink.error(ChannelException.unreachable()));
            sink.onDispose(timer::cancel);
        });
    }

    /** Gives a life back of which no channel came; listeners that wait for it are asked to come back. */
    private void giveUp(Begun begun) {
        HeardChannel history = begun.history();
        if (history != null) {
            ports.clock().execute(history::end);
        }
        var _ = ports.bus()
                .release(begun.name().value(), ports.self().id(), begun.life().epoch())
                .onErrorComplete()
                .subscribe();
    }

    @Override
    public ChannelKeeper keeper(ChannelName name, long epoch) {
        OwnedChannel channel = owned.get(name);
        return channel == null ? ChannelKeeper.NONE : channel.texts();
    }

    /** Goes on here with a channel whose node is gone, unless another one is quicker. If that fails now, it is tried again. */
    private void takeOver(HeardChannel orphan) {
        Channels own = channels;
        if (own != null && !leaving) {
            var _ = own.takeOver(orphan.name()).subscribe(_ -> {}, failed -> {
                boolean passes = failed instanceof ChannelException refused
                        && (refused.isElsewhere() || refused.isUnreachable());
                if (!passes) {
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
    public EntryTap open(ChannelName name, long epoch) {
        return beginnings.claim(name, epoch, this::open).orElseThrow(ChannelException::unreachable);
    }

    private OwnedChannel open(Begun begun) {
        ChannelName name = begun.name();
        long epoch = begun.life().epoch();
        var texts = new KeptTexts(ports.directory(), ports.clock(), name, epoch, begun.former());
        var channel = new OwnedChannel(ports, settings, members, name, epoch, texts, this::lose);
        owned.put(name, channel);
        var _ = channel.gone().doFinally(_ -> owned.remove(name, channel)).subscribe();
        HeardChannel history = begun.history();
        if (history != null) {
            ports.clock().execute(history::letGo);
        }
        ports.clock().execute(channel::start);
        return channel;
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

    /** Emits the other nodes that are alive, as far as known. Never fails. */
    public Mono<List<ClusterNode>> others() {
        return members.others();
    }

    /** Emits the node that has an archive of that name; empty if it is not there. Fails with {@link BusException} if that cannot be told. */
    public Mono<ClusterNode> withArchive(String name) {
        return members.withArchive(name);
    }

    /**
     * Goes on here with a channel that no node has, though it has not ended. Completes at once if nothing was left of it. Fails with {@link
     * ChannelException} if that cannot be told, or another node was quicker.
     */
    public Mono<Void> resume(ChannelName name) {
        Channels own = channels;
        if (own == null || isOpen(name)) {
            return Mono.empty();
        }
        return ports.directory()
                .kept(name.value())
                .filter(texts -> !texts.isEmpty())
                .flatMap(_ -> own.takeOver(name))
                .onErrorMap(BusException.class, _ -> ChannelException.unreachable())
                .then();
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
                            : owner(name)
                                    .flatMap(_ ->
                                            Mono.justOrEmpty(followed(name)).flatMap(HeardChannel::ready));
                })
                .timeout(settings.patience())
                .onErrorMap(SharedChannels::isAway, _ -> ChannelException.unreachable());
    }

    private Mono<Held> owner(ChannelName name) {
        return ports.bus()
                .owner(name.value())
                .filter(held -> !held.node().equals(ports.self().id()));
    }

    /** Returns a channel that is heard here for listeners; empty if this node has it by now, or is about to. */
    private Optional<HeardChannel> followed(ChannelName name) {
        return Optional.ofNullable(heard.computeIfAbsent(
                name, _ -> owned.containsKey(name) || beginnings.isBeginning(name) ? null : listen(name)));
    }

    /** Returns a channel that is heard here for this node itself, which is about to have it. */
    private HeardChannel follow(ChannelName name) {
        return heard.computeIfAbsent(name, this::listen);
    }

    /** Returns a channel that is heard here; waits for a listener that begins to hear it just now. */
    private @Nullable HeardChannel heard(ChannelName name) {
        return heard.computeIfPresent(name, (_, known) -> known);
    }

    private HeardChannel listen(ChannelName name) {
        var channel = new HeardChannel(
                ports, settings, members, name, unreadable, this::takeOver, gone -> heard.remove(name, gone));
        ports.clock().execute(channel::start);
        return channel;
    }

    private boolean isOpen(ChannelName name) {
        OwnedChannel channel = owned.get(name);
        return channel != null && !channel.isClosed();
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
