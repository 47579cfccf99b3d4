package dev.stentor.broadcast;

import dev.stentor.broadcast.socket.CloseReason;
import dev.stentor.broadcast.socket.Outlet;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.ChannelSettings;
import dev.stentor.clock.VirtualClock;
import dev.stentor.codec.Mp3BitRate;
import dev.stentor.codec.OpusSettings;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.time.Duration;

/** A broadcast for benchmarks: its listeners are on an event loop that is the benchmark's own thread, and their outlets take all. */
public final class BenchBroadcast implements Outlet {

    private final VirtualClock clock = new VirtualClock();
    private final Broadcast broadcast;
    private long messages;

    /** Opens the broadcast for that many listeners. */
    public BenchBroadcast(int listeners) {
        var settings = new BroadcastSettings(
                Duration.ofSeconds(20),
                Duration.ofSeconds(3),
                BroadcastSettings.LagPolicy.SKIP,
                Duration.ofSeconds(1),
                listeners,
                "node");
        var encoding = new SoundEncoding(
                Runnable::run, OpusSettings.SPEECH, Mp3BitRate.SPEECH, EncodingStats.NONE, EncodingStats.NONE);
        var broadcasts = new Broadcasts(settings, encoding, clock, PooledByteBufAllocator.DEFAULT, BroadcastStats.NONE);
        broadcast = (Broadcast) broadcasts.open(new ChannelName("lobby"), 1, ChannelSettings.conversation());
    }

    /** Lets another listener join, under this name of its connection. */
    public Listener join(String connection) {
        var listener = new Listener(this, Runnable::run, clock::micros, Duration.ofSeconds(1));
        broadcast.join(listener, new JoinRequest(connection, null, JoinRequest.Start.LIVE, null, Format.PCM, false));
        clock.settle();
        return listener;
    }

    /** Returns the clock. */
    public VirtualClock clock() {
        return clock;
    }

    /** Returns the broadcast. */
    public Broadcast broadcast() {
        return broadcast;
    }

    /** Returns how many messages all listeners got. */
    public long messages() {
        return messages;
    }

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public Sent send(ByteBuf shared) {
        messages++;
        return Sent.WHOLE;
    }

    @Override
    public void write(ByteBuf message) {
        messages++;
        message.release();
    }

    @Override
    public void flush() {}

    @Override
    public void close(CloseReason reason) {}
}
