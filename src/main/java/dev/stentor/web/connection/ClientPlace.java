package dev.stentor.web.connection;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Place of the client behind a trusted proxy's connection, held from its request until the end of the answer, or until the
 * connection closes if it becomes a WebSocket. A proxy uses one connection for many clients, one after another. Confined to the
 * connection's event loop.
 */
final class ClientPlace extends ChannelDuplexHandler {

    private static final RequestFault TOO_MANY = RequestFault.of(
            HttpResponseStatus.TOO_MANY_REQUESTS,
            "TooManyConnections",
            "There are as many requests and listeners from this address as there may be.");

    private final AddressCount counted;
    private final TrustedProxies proxies;
    private final InetAddress proxy;
    private final RequestFaults faults;
    private final AnswerProgress answers = new AnswerProgress();
    private @Nullable InetAddress client;

    /** Creates the place, which is empty until the first request. */
    ClientPlace(AddressCount counted, TrustedProxies proxies, InetAddress proxy, RequestFaults faults) {
        this.counted = counted;
        this.proxies = proxies;
        this.proxy = proxy;
        this.faults = faults;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request && !take(request)) {
            faults.refuse(message, TOO_MANY);
            return;
        }
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (answers.endsWith(message) && !answers.isUpgraded()) {
            leave();
        }
        var _ = context.write(message, promise);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        leave();
        context.fireChannelInactive();
    }

    private boolean take(HttpRequest request) {
        TrustedProxies.Origin origin = proxies.originOf(proxy, request.headers());
        leave();
        if (origin == null || !counted.add(origin.client())) {
            return origin == null;
        }
        client = origin.client();
        return true;
    }

    private void leave() {
        if (client != null) {
            counted.remove(client);
            client = null;
        }
    }
}
