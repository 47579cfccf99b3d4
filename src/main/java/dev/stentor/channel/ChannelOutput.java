package dev.stentor.channel;

import dev.stentor.clock.TickClock;

/** The consumer of a channel's events. Called on the clock's thread only, except {@link #hasListeners}; it must not block. */
public interface ChannelOutput {

    /** Takes the next event. */
    void on(ChannelEvent event);

    /** Hands on what has gathered: no more events will come at this instant. */
    void flush();

    /**
     * Returns after how many ticks sound that is released is sent to anybody: 1 if the next tick is one of those that send, more if
     * sound only gathers until then.
     */
    default int ticksUntilSent(long nowMicros) {
        return 1;
    }

    /** Tells whether anybody listens. Called from any thread. */
    boolean hasListeners();

    /** Returns the clock by which a channel's events are dated, which runs on the thread of the process's clock. */
    default TickClock clock(TickClock process) {
        return process;
    }

    /** Closes the output: the channel is gone. */
    void close();

    /** Makes an output for each new channel. Called from any thread. */
    @FunctionalInterface
    interface Factory {
        /**
         * Opens the output of a new channel.
         *
         * @param epoch of the channel: greater than that of any earlier channel of this name
         */
        ChannelOutput open(ChannelName name, long epoch, ChannelSettings settings);
    }
}
