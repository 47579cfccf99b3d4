package dev.stentor.app;

import dev.stentor.broadcast.Broadcast;
import dev.stentor.broadcast.Broadcasts;
import dev.stentor.channel.ChannelException;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.Channels;
import dev.stentor.channel.MixLevels;
import dev.stentor.relay.SharedChannels;
import dev.stentor.usage.Account;
import dev.stentor.web.cluster.PeerClient;
import dev.stentor.web.cluster.PeerCommands;
import dev.stentor.web.cluster.RemoteLevels;
import dev.stentor.web.edge.RemoteCommands;
import dev.stentor.web.listen.Hearing;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The way of listeners to channels that any node of a cluster may have: here if it is here, else to the node that has it. */
record ClusterHearing(
        Channels channels, Broadcasts broadcasts, SharedChannels shared, PeerClient client, RemoteLevels remote)
        implements Hearing {

    /** Creates the way of the listeners of this node. */
    static ClusterHearing of(Channels channels, Broadcasts broadcasts, SharedChannels shared, PeerClient client) {
        var levels = new RemoteLevels(channels, shared::elsewhere, client, broadcasts.micros());
        return new ClusterHearing(channels, broadcasts, shared, client, levels);
    }

    @Override
    public RemoteCommands commands(ChannelName name, Supplier<RemoteCommands.Sender> sender) {
        return new PeerCommands(shared, client, name, sender.get());
    }

    @Override
    public Mono<Boolean> isThere(ChannelName name, boolean make) {
        return channels.isThere(name, make)
                ? Mono.just(true)
                : shared.elsewhere(name)
                        .hasElement()
                        .flatMap(there -> there ? Mono.just(true) : wasLeft(name))
                        .onErrorReturn(ChannelException.class, true);
    }

    @Override
    public Mono<Broadcast> open(ChannelName name, boolean make, Account owner) {
        Mono<Broadcast> here = channels.open(name, make, owner).map(broadcasts::of);
        return channels.find(name).isPresent()
                ? here
                : shared.hear(name)
                        .switchIfEmpty(
                                channels.isThere(name, make)
                                        ? here
                                        : wasLeft(name).then(here))
                        .onErrorResume(ClusterHearing::isElsewhere, _ -> shared.hear(name)); // somebody was quicker
    }

    @Override
    public Supplier<@Nullable MixLevels> levels(ChannelName name) {
        return () -> remote.of(name);
    }

    /** Emits whether a channel that no node has goes on here, since it was left without an end. */
    private Mono<Boolean> wasLeft(ChannelName name) {
        return shared.resume(name).then(Mono.fromSupplier(() -> channels.isThere(name, false)));
    }

    private static boolean isElsewhere(Throwable error) {
        return error instanceof ChannelException refused && refused.isElsewhere();
    }
}
