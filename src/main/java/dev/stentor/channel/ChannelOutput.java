package dev.stentor.channel;

/** Takes what a channel releases. Called on the clock's thread only, except {@link #hasListeners}; it must not block. */
public interface ChannelOutput {

    /** The next event. */
    void on(ChannelEvent event);

    /** No more events will come at this instant: hand on what has gathered. */
    void flush();

    /** Whether anybody listens; called from any thread. */
    boolean hasListeners();

    /** The channel is gone. */
    void close();

    /** Makes an output for each new channel; called from any thread. */
    @FunctionalInterface
    interface Factory {
        /**
         * The output of a new channel.
         *
         * @param epoch of the channel: greater than that of any earlier channel of this name
         */
        ChannelOutput open(ChannelName name, long epoch, ChannelSettings settings);
    }
}
