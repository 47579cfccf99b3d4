package dev.stentor.broadcast;

import dev.stentor.channel.ChannelName;

/**
 * What every listener of one rendition of a channel is told when it joins.
 *
 * @param epoch of the channel's life
 * @param leadMillis how far ahead of real time frames are released
 * @param settings how listeners are treated
 * @param format of the sound
 */
record StreamParameters(ChannelName channel, long epoch, long leadMillis, BroadcastSettings settings, Format format) {

    /** The same in another format. */
    StreamParameters in(Format other) {
        return new StreamParameters(channel, epoch, leadMillis, settings, other);
    }

    /** The same with another lead. */
    StreamParameters withLead(long millis) {
        return new StreamParameters(channel, epoch, millis, settings, format);
    }

    /** The same with other settings. */
    StreamParameters withSettings(BroadcastSettings newSettings) {
        return new StreamParameters(channel, epoch, leadMillis, newSettings, format);
    }
}
