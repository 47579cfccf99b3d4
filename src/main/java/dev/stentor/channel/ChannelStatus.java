package dev.stentor.channel;

/**
 * The state of a channel at the time of asking.
 *
 * @param phase current activity
 * @param pos position of the next sample to be released
 * @param utterances number of utterances that wait or play
 */
public record ChannelStatus(ChannelName name, ChannelEvent.Phase phase, long pos, int utterances) {}
