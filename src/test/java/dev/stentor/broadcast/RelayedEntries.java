package dev.stentor.broadcast;

import dev.stentor.channel.ChannelName;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The entries that a node told others of, to be handed to another one when the test says so. */
final class RelayedEntries implements EntryTap, EntryTap.Factory {

    record Told(long epoch, long seq, ByteBuffer body) {}

    final List<Told> told = new ArrayList<>();
    boolean closed;
    private long epoch;
    private int handed;

    @Override
    public EntryTap open(ChannelName channel, long itsEpoch) {
        epoch = itsEpoch;
        return this;
    }

    @Override
    public void on(long seq, byte[] body) {
        told.add(new Told(epoch, seq, ByteBuffer.wrap(body).asReadOnlyBuffer()));
    }

    @Override
    public void flush() {}

    @Override
    public void close(boolean goesOn) {
        closed = true;
    }

    /** Hands all that was not handed yet to a node. */
    void handTo(FedBroadcast node) {
        while (handed < told.size()) {
            Told next = told.get(handed++);
            node.take(next.epoch(), next.seq(), FedEntry.read(next.body()));
        }
        node.flush();
    }

    /** Loses what was not handed yet. */
    void lose() {
        handed = told.size();
    }
}
