package dev.stentor.broadcast;

import dev.stentor.channel.ChannelName;
import dev.stentor.channel.PlayerControl;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * The players of a channel of this node that other nodes have. Each question goes to all nodes that may have some, once each, and is
 * answered in bounded time. Signals come on any thread. Thread-safe.
 */
public interface PlayersElsewhere {

    /** The other nodes of a gateway that has none. */
    PlayersElsewhere NONE = new PlayersElsewhere() {
        @Override
        public Mono<List<ListenerStatus>> listeners(ChannelName channel) {
            return Mono.just(List.of());
        }

        @Override
        public Mono<Void> silenced(ChannelName channel, int generation) {
            return Mono.empty();
        }

        @Override
        public Mono<ToldControl> control(ChannelName channel, String name, PlayerControl change) {
            return Mono.empty();
        }

        @Override
        public Mono<Void> remember(ChannelName channel, KnownControls controls) {
            return Mono.empty();
        }

        @Override
        public Mono<Boolean> sendAway(ChannelName channel, String name) {
            return Mono.just(false);
        }
    };

    /** Emits the figures of all listeners; those of nodes that do not answer in time are left out. */
    Mono<List<ListenerStatus>> listeners(ChannelName channel);

    /** Completes when each player has told where a clear of that generation silenced it, or its node does not answer in time. */
    Mono<Void> silenced(ChannelName channel, int generation);

    /**
     * Tells one listener how loud to play; empty if no node has one of that name. Fails with {@link dev.stentor.channel.ChannelException} if
     * none was found, and a node does not answer.
     *
     * @param name id of the connection, or the listener's own id
     */
    Mono<ToldControl> control(ChannelName channel, String name, PlayerControl change);

    /** Tells the other nodes what holds for listeners that may come there. Nodes that do not answer are not told. */
    Mono<Void> remember(ChannelName channel, KnownControls controls);

    /**
     * Sends one listener away, and emits whether there was one. Fails with {@link dev.stentor.channel.ChannelException} if none was found,
     * and a node does not answer.
     *
     * @param name id of the connection, or the listener's own id
     */
    Mono<Boolean> sendAway(ChannelName channel, String name);
}
