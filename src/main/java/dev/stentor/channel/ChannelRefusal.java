package dev.stentor.channel;

import java.time.Duration;

/** Why a channel does not do what it was asked for. */
public sealed interface ChannelRefusal {

    /** So many channels are there already. */
    record TooManyChannels(int limit) implements ChannelRefusal {}

    /**
     * So many utterances wait already.
     *
     * @param retryAfter an estimate of when there will be room
     */
    record QueueFull(int limit, Duration retryAfter) implements ChannelRefusal {}

    /**
     * So many characters wait already.
     *
     * @param retryAfter an estimate of when there will be room
     */
    record TooMuchText(long limit, Duration retryAfter) implements ChannelRefusal {}

    /** The utterance has not failed, or nobody knows where. */
    record NothingToResume() implements ChannelRefusal {}

    /** The channel was given up while it was being asked. */
    record Gone() implements ChannelRefusal {}
}
