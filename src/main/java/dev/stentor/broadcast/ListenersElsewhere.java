package dev.stentor.broadcast;

import dev.stentor.channel.ChannelName;
import java.util.List;
import reactor.core.publisher.Mono;

/** The listeners of a channel of this node that other nodes have. Thread-safe. */
@FunctionalInterface
public interface ListenersElsewhere {

    /** Emits their figures; those of nodes that do not answer in time are left out. */
    Mono<List<ListenerStatus>> of(ChannelName channel);
}
