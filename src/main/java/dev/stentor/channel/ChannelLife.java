package dev.stentor.channel;

import org.jspecify.annotations.Nullable;

/**
 * The right to have a channel from now on.
 *
 * @param epoch greater than that of any earlier life of this name
 * @param inheritance what an earlier life left; null if the channel begins anew
 */
public record ChannelLife(long epoch, @Nullable Inheritance inheritance) {

    /** Stands for the life of a channel that is there already. */
    public static final ChannelLife PRESENT = new ChannelLife(-1, null);
}
