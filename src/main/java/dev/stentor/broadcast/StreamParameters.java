package dev.stentor.broadcast;

import dev.stentor.channel.ChannelName;

/**
 * The parameters of one rendition of a channel, as each listener is told when it joins.
 *
 * @param epoch the channel's life
 * @param leadMillis the time by which frames are released before they are due
 * @param settings for the treatment of listeners
 * @param format of the sound
 */
record StreamParameters(ChannelName channel, long epoch, long leadMillis, BroadcastSettings settings, Format format) {

    /** Returns the same in another format. */
    StreamParameters in(Format other) {
        return new StreamParameters(channel, epoch, leadMillis, settings, other);
    }

    /** Returns the same with another lead. */
    StreamParameters withLead(long millis) {
        return new StreamParameters(channel, epoch, millis, settings, format);
    }

    /** Returns the same with other settings. */
    StreamParameters withSettings(BroadcastSettings newSettings) {
        return new StreamParameters(channel, epoch, leadMillis, newSettings, format);
    }
}
