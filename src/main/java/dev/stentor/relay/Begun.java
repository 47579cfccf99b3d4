package dev.stentor.relay;

import dev.stentor.channel.ChannelLife;
import dev.stentor.channel.ChannelName;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A life of a channel that this node may begin now.
 *
 * @param former names of the texts that earlier lives left
 * @param history the channel as it was heard here, which waits to go on as this life; null if the channel begins anew
 */
record Begun(
        ChannelName name,
        ChannelLife life,
        Set<String> former,
        @Nullable HeardChannel history) {

    /** Returns a life that has nothing of an earlier one. */
    static Begun anew(ChannelName name, long epoch) {
        return new Begun(name, new ChannelLife(epoch, null), Set.of(), null);
    }
}
