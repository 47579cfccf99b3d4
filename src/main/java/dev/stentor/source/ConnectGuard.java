package dev.stentor.source;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A channel handler that checks each connection of a stream. It checks the address that the connection goes to, because the host
 * name may have resolved to another address a moment ago.
 */
final class ConnectGuard extends ChannelOutboundHandlerAdapter {

    private final StreamRules rules;
    private final String host;

    ConnectGuard(StreamRules rules, String host) {
        this.rules = rules;
        this.host = host;
    }

    @Override
    public void connect(
            ChannelHandlerContext context, SocketAddress remote, @Nullable SocketAddress local, ChannelPromise promise)
            throws Exception {
        boolean fine = remote instanceof InetSocketAddress internet
                && internet.getAddress() != null
                && rules.mayConnect(host, internet.getAddress());
        if (fine) {
            super.connect(context, remote, local, promise);
        } else {
            promise.tryFailure(new StreamFailure(
                    StreamFailure.Kind.REFUSED,
                    "The stream's host is in a private network, and was not allowed there."));
        }
    }
}
