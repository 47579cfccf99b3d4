package dev.stentor.broadcast;

import dev.stentor.channel.ChannelName;
import java.time.Duration;

/**
 * A listener that has joined a channel.
 *
 * @param channel channel that it hears
 * @param connection the gateway's name for the connection
 * @param format name of the format that it gets
 * @param resumed whether it goes on after an earlier connection
 * @param took time from the open connection to the welcome
 */
public record ListenerJoin(ChannelName channel, String connection, String format, boolean resumed, Duration took) {}
