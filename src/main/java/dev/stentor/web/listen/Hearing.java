package dev.stentor.web.listen;

import dev.stentor.broadcast.Broadcast;
import dev.stentor.broadcast.Broadcasts;
import dev.stentor.channel.ChannelException;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.Channels;
import dev.stentor.channel.MixLevels;
import dev.stentor.usage.Account;
import dev.stentor.web.edge.RemoteCommands;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** The way of listeners to the broadcast of a channel, wherever that is spoken. Thread-safe. */
public interface Hearing {

    /** Emits whether {@link #open} would find the channel, or try to make it. */
    Mono<Boolean> isThere(ChannelName name, boolean make);

    /**
     * Emits the broadcast of a channel; empty if nothing can be heard of it now. Makes the channel only if {@code make} is true. Fails with
     * {@link ChannelException} if it may not be heard.
     *
     * @param owner account of whoever makes the channel by this
     */
    Mono<Broadcast> open(ChannelName name, boolean make, Account owner);

    /**
     * Returns the way of a listener's commands to a channel that another node has; null if there are no other nodes.
     *
     * @param sender reads who the listener is; is not kept
     */
    default @Nullable RemoteCommands commands(ChannelName name, Supplier<RemoteCommands.Sender> sender) {
        return null;
    }

    /** Returns what tells how loud a channel is; it tells null while that is not known. It may be called from any thread. */
    Supplier<@Nullable MixLevels> levels(ChannelName name);

    /** Returns the way to channels that are all spoken in this process. */
    static Hearing here(Channels channels, Broadcasts broadcasts) {
        return new Hearing() {
            @Override
            public Mono<Boolean> isThere(ChannelName name, boolean make) {
                return Mono.fromSupplier(() -> channels.isThere(name, make));
            }

            @Override
            public Mono<Broadcast> open(ChannelName name, boolean make, Account owner) {
                return channels.open(name, make, owner).map(broadcasts::of);
            }

            @Override
            public Supplier<@Nullable MixLevels> levels(ChannelName name) {
                return () -> channels.find(name)
                        .map(channel -> channel.mixMonitor().levels())
                        .orElse(null);
            }
        };
    }
}
