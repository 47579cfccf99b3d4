package dev.stentor.web.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;

/**
 * The open connections, to be looked at when somebody asks for figures: nothing is counted while bytes are sent. Thread-safe.
 */
public final class OpenConnections {

    private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

    /** Remembers a connection until it closes. */
    public void add(Channel connection) {
        open.add(connection);
    }

    /** Returns how many bytes wait in all connections together for clients to take them. */
    public long pendingBytes() {
        return open.stream().mapToLong(OpenConnections::pendingBytes).sum();
    }

    /** Returns how many connections do not take at once what is sent to them. */
    public long blocked() {
        return open.stream().filter(connection -> pendingBytes(connection) > 0).count();
    }

    /** Reads a counter that Netty keeps for any thread; a closed connection has no buffer. */
    private static long pendingBytes(Channel connection) {
        ChannelOutboundBuffer buffer = connection.unsafe().outboundBuffer();
        return buffer == null ? 0 : buffer.totalPendingWriteBytes();
    }
}
