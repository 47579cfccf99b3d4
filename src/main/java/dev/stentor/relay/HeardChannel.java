package dev.stentor.relay;

import dev.stentor.broadcast.Broadcast;
import dev.stentor.broadcast.FedBroadcast;
import dev.stentor.broadcast.FedEntry;
import dev.stentor.broadcast.HeardUntil;
import dev.stentor.broadcast.RemoteAudience;
import dev.stentor.channel.ChannelName;
import dev.stentor.clock.OffsetClock;
import dev.stentor.cluster.ChannelEntry;
import dev.stentor.cluster.ChannelTail;
import dev.stentor.cluster.EntryId;
import dev.stentor.cluster.TailEvent;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.publisher.Sinks;

/**
 * A channel of another node that is heard here, from before the first listener until some time after the last. Confined to the clock's
 * thread, but for {@link #ready}.
 */
final class HeardChannel {

    private static final Logger LOG = LoggerFactory.getLogger(HeardChannel.class);
    private static final Duration LOOK_INTERVAL = Duration.ofMillis(20);
    private static final int LOOKS = 125;

    private final RelayPorts ports;
    private final RelaySettings settings;
    private final ChannelName name;
    private final Consumer<HeardChannel> closed;
    private final Consumer<HeardChannel> orphaned;
    private final OffsetClock clock;
    private final OwnerWatch owner;
    private final ReadAhead readAhead;
    private final ChannelTail tail;
    private final Set<ChannelName> unreadable;
    private final Sinks.One<Broadcast> ready = Sinks.one();
    private FedBroadcast fed;
    private RemoteAudience told = RemoteAudience.NONE;
    private long toldMicros = Long.MIN_VALUE;
    private long usedMicros;
    private boolean caughtUp;
    private boolean held;
    private boolean over;

    /**
     * Creates a channel that is not followed yet.
     *
     * @param unreadable names of channels of which it was logged that they cannot be read
     * @param orphaned told when the node that had it is gone, each time that this is seen
     * @param closed told once it is over
     */
    HeardChannel(
            RelayPorts ports,
            RelaySettings settings,
            Members members,
            ChannelName name,
            Set<ChannelName> unreadable,
            Consumer<HeardChannel> orphaned,
            Consumer<HeardChannel> closed) {
        this.ports = ports;
        this.settings = settings;
        this.name = name;
        this.unreadable = unreadable;
        this.orphaned = orphaned;
        this.closed = closed;
        this.clock = new OffsetClock(ports.clock(), name.hashCode());
        this.owner = new OwnerWatch(ports, members, name, new OwnerTime(clock));
        this.readAhead = new ReadAhead(ports.work(), FedEntry::read);
        this.tail = new ChannelTail(
                ports.bus(),
                ports.clock(),
                name.value(),
                EntryId.NONE,
                settings.tail(),
                ports.stats(),
                readAhead::read,
                this::take);
        this.fed = feed();
        this.usedMicros = ports.clock().micros();
    }

    ChannelName name() {
        return name;
    }

    /** Begins to follow the channel. */
    void start() {
        owner.look(this::orphaned);
        tail.start();
        watch();
    }

    /** Emits the broadcast once all that the history has is in it; empty if the channel is over before. From any thread. */
    Mono<Broadcast> ready() {
        return ready.asMono()
                .doOnSubscribe(_ ->
                        ports.clock().execute(() -> usedMicros = ports.clock().micros()));
    }

    private FedBroadcast feed() {
        return ports.broadcasts().feed(name, clock, this::ended);
    }

    private void take(TailEvent event) {
        if (over) {
            return;
        }
        switch (event) {
            case TailEvent.Received(ChannelEntry entry, var _) -> take(entry);
            case TailEvent.CaughtUp() -> {
                caughtUp = true;
                unreadable.remove(name);
                fed.goLive();
                var _ = fed.opened().subscribe(broadcast -> {
                    var _ = ready.tryEmitValue(broadcast);
                    owner.controls()
                            .flatMap(broadcast.players()::remember)
                            .onErrorComplete()
                            .subscribe();
                });
            }
            case TailEvent.Lost _, TailEvent.Restarted _ -> fed.lose();
            case TailEvent.Broken() -> end();
        }
    }

    private void take(ChannelEntry entry) {
        try {
            fed.take(entry.id().epoch(), entry.id().seq(), readAhead.of(entry));
            if (caughtUp) {
                fed.flush();
            }
        } catch (IllegalArgumentException broken) {
            if (unreadable.add(name)) {
                LOG.atWarn().addKeyValue("channel", name).setCause(broken).log("another node's entry cannot be read");
            }
            end();
        }
    }

    /** The broadcast is over; if that was in the past, a later life may follow. */
    private void ended() {
        if (over) {
            return;
        }
        if (caughtUp) {
            end();
        } else {
            fed = feed();
        }
    }

    private void orphaned() {
        if (over || held) {
            return;
        }
        if (caughtUp && fed.heardUntil().isPresent()) {
            LOG.atWarn().addKeyValue("channel", name).log("the node that had this channel is gone");
            orphaned.accept(this);
        } else if (caughtUp) {
            end();
        }
    }

    /**
     * Emits where the channel was heard, once the entry of that id is; empty if nothing is left of the channel. Fails with {@link
     * TimeoutException} if that entry does not come in time. From any thread; comes on the clock's.
     */
    Mono<HeardUntil> heardUntil(EntryId last) {
        return Mono.create(sink -> ports.clock().execute(() -> look(last, LOOKS, sink)));
    }

    private void look(EntryId last, int looksLeft, MonoSink<HeardUntil> sink) {
        if (caughtUp && tail.given().compareTo(last) >= 0) {
            fed.heardUntil().ifPresentOrElse(sink::success, sink::success);
        } else if (over) {
            sink.success();
        } else if (looksLeft == 0) {
            sink.error(new TimeoutException("the history was not read in time"));
        } else {
            var _ = ports.clock().after(LOOK_INTERVAL, () -> look(last, looksLeft - 1, sink));
        }
    }

    /** Takes nothing more of it: this node is about to have it. What follows is {@link #letGo}, or {@link #end}. */
    void hold() {
        held = true;
        tail.close();
    }

    /** Stops following it: its broadcast goes on as that of a channel of this node. */
    void letGo() {
        if (!over) {
            stop();
        }
    }

    /** Ends it; listeners that are still there are asked to come back. */
    void end() {
        if (over) {
            return;
        }
        over = true;
        fed.lose();
        stop();
    }

    private void stop() {
        over = true;
        tail.close();
        var _ = ready.tryEmitEmpty();
        var _ = ports.directory()
                .absent(name.value(), ports.self().id())
                .onErrorComplete()
                .subscribe();
        closed.accept(this);
    }

    private void watch() {
        if (over) {
            return;
        }
        var _ = ports.clock().after(settings.watch(), this::watch);
        long now = ports.clock().micros();
        RemoteAudience here = ports.broadcasts().find(name).map(Broadcast::here).orElse(RemoteAudience.NONE);
        if (here.listeners() > 0 || held) {
            usedMicros = now;
        } else if (now - usedMicros > micros(settings.linger())) {
            end();
            return;
        }
        tell(here, now);
        owner.look(this::orphaned);
    }

    /** Tells the owner, by way of all, who listens here. */
    private void tell(RemoteAudience here, long nowMicros) {
        boolean fresh = toldMicros != Long.MIN_VALUE && nowMicros - toldMicros < micros(settings.presence()) / 3;
        if (fresh && here.equals(told)) {
            return;
        }
        told = here;
        toldMicros = nowMicros;
        var _ = ports.directory()
                .present(name.value(), ports.self().id(), AudienceText.of(here), settings.presence())
                .onErrorComplete()
                .subscribe();
    }

    private static long micros(Duration time) {
        return time.toNanos() / 1_000;
    }
}
