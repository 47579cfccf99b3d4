package dev.stentor.broadcast;

import dev.stentor.channel.ChannelName;

/**
 * The parameters of one rendition of a channel, as each listener is told when it joins.
 *
 * @param epoch the channel's life
 * @param lineage its earlier lives, whose listeners may resume
 * @param leadMillis the time by which frames are released before they are due
 * @param settings for the treatment of listeners
 * @param format of the sound
 * @param shared whether other nodes have the channel too, each with encoders of its own
 */
record StreamParameters(
        ChannelName channel,
        long epoch,
        Lineage lineage,
        long leadMillis,
        BroadcastSettings settings,
        Format format,
        boolean shared) {

    /** Creates the parameters of a channel in PCM that no other node had before. */
    StreamParameters(ChannelName channel, long epoch, long leadMillis, BroadcastSettings settings, boolean shared) {
        this(channel, epoch, Lineage.NONE, leadMillis, settings, Format.PCM, shared);
    }

    /** Returns the same in another format. */
    StreamParameters in(Format other) {
        return new StreamParameters(channel, epoch, lineage, leadMillis, settings, other, shared);
    }

    /** Returns the same with another lead. */
    StreamParameters withLead(long millis) {
        return new StreamParameters(channel, epoch, lineage, millis, settings, format, shared);
    }

    /** Returns the same with other settings. */
    StreamParameters withSettings(BroadcastSettings newSettings) {
        return new StreamParameters(channel, epoch, lineage, leadMillis, newSettings, format, shared);
    }

    /** Returns the same in a later life of the channel. */
    StreamParameters in(long newEpoch, Lineage newLineage) {
        return new StreamParameters(channel, newEpoch, newLineage, leadMillis, settings, format, shared);
    }
}
