package dev.stentor.web.connection;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * Place of the client behind a trusted proxy's connection, held from its request until the end of the answer, or until the
 * connection closes if it becomes a WebSocket. A proxy uses one connection for many clients, one after another. Confined to the
 * connection's event loop.
 */
final class ClientPlace extends ChannelDuplexHandler {

    private final ProxiedPlaces places;
    private final RequestFaults faults;
    private final AnswerProgress answers = new AnswerProgress();
    private @Nullable InetAddress client;

    /** Creates the place, which is empty until the first request. */
    ClientPlace(ProxiedPlaces places, RequestFaults faults) {
        this.places = places;
        this.faults = faults;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest request && !take(request)) {
            faults.refuse(message, ProxiedPlaces.TOO_MANY);
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
        leave();
        ProxiedPlaces.Place place = places.take(request.headers());
        client = place.client();
        return !place.refused();
    }

    private void leave() {
        if (client != null) {
            places.leave(client);
            client = null;
        }
    }
}
