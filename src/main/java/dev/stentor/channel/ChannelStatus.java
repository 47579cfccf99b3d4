package dev.stentor.channel;

/**
 * A channel, as it stood at the time of asking.
 *
 * @param pos the next sample to be released
 * @param utterances how many wait or play
 */
public record ChannelStatus(ChannelName name, ChannelEvent.Phase phase, long pos, int utterances) {}
