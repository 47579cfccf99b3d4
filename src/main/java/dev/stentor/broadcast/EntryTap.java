package dev.stentor.broadcast;

import dev.stentor.channel.ChannelName;

/** A receiver of all entries of one channel of this node, in the form that other nodes read. Called on the clock's thread; must not block. */
public interface EntryTap {

    /** A tap of channels that no other node is told of. */
    EntryTap NONE = new EntryTap() {
        @Override
        public void on(long seq, byte[] body) {}

        @Override
        public void flush() {}

        @Override
        public void close(boolean goesOn) {}
    };

    /**
     * Takes what is told next.
     *
     * @param seq number of the entry, one higher than the last; what is told before the first entry has the number before that
     */
    void on(long seq, byte[] body);

    /** Hands on what has gathered: no more will come at this instant. */
    void flush();

    /**
     * Takes note that the channel is gone, behind its last entry.
     *
     * @param goesOn whether another node is to go on with it
     */
    void close(boolean goesOn);

    /** Makes a tap for each new channel of this node. Called from any thread. */
    @FunctionalInterface
    interface Factory {
        EntryTap open(ChannelName channel, long epoch);
    }
}
