package dev.stentor.relay;

import dev.stentor.broadcast.KnownControls;
import dev.stentor.channel.ChannelName;
import dev.stentor.cluster.ChannelLease.Held;
import dev.stentor.cluster.ClusterNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The node that has a channel, as a node sees it that hears the channel: whether it is there, and what its clock shows. Confined to the
 * clock's thread.
 */
final class OwnerWatch {

    /** The looks after which an owner counts as gone that nobody has heard of: the cluster's memory may just have been lost. */
    private static final int LOOKS = 2;

    /** The first looks ask for the time at once; later ones only now and then. */
    private static final int EAGER_QUESTIONS = 4;

    private static final int QUESTION_EVERY = 10;

    private final RelayPorts ports;
    private final Members members;
    private final ChannelName name;
    private final OwnerTime time;
    private @Nullable String node;
    private int looks;
    private int missing;

    OwnerWatch(RelayPorts ports, Members members, ChannelName name, OwnerTime time) {
        this.ports = ports;
        this.members = members;
        this.name = name;
        this.time = time;
    }

    /** Looks whether the owner is there, and asks it for the time now and then. */
    void look(Runnable orphaned) {
        var _ = ports.bus()
                .owner(name.value())
                .map(Optional::of)
                .defaultIfEmpty(Optional.empty())
                .onErrorComplete()
                .subscribe(held -> ports.clock().execute(() -> take(held, orphaned)));
    }

    /** Emits the loudness that was set on the channel; empty if the owner cannot be asked. */
    Mono<KnownControls> controls() {
        return ports.bus()
                .owner(name.value())
                .flatMap(held -> members.find(held.node()))
                .flatMap(owner -> ports.peers().controls(owner, name));
    }

    private void take(Optional<Held> held, Runnable orphaned) {
        if (held.isEmpty()) {
            if (++missing >= LOOKS) {
                orphaned.run();
            }
            return;
        }
        missing = 0;
        if (held.get().node().equals(ports.self().id())) {
            return; // this node is about to have it
        }
        boolean another = !held.get().node().equals(node);
        looks = another ? 0 : looks + 1;
        if (another) {
            time.forget();
        }
        node = held.get().node();
        if (looks < EAGER_QUESTIONS || looks % QUESTION_EVERY == 0) {
            var _ = members.find(held.get().node()).onErrorComplete().subscribe(this::ask);
        }
    }

    private void ask(ClusterNode owner) {
        long asked = ports.clock().micros();
        var _ = ports.peers().micros(owner, name).onErrorComplete().subscribe(its -> {
            long answered = ports.clock().micros();
            ports.clock().execute(() -> time.take(asked, its, answered));
        });
    }
}
