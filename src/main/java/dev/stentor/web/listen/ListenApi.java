package dev.stentor.web.listen;

import dev.stentor.broadcast.Broadcast;
import dev.stentor.broadcast.Broadcasts;
import dev.stentor.broadcast.socket.CloseReason;
import dev.stentor.channel.ChannelException;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.ChannelRefusal;
import dev.stentor.channel.Channels;
import dev.stentor.web.edge.OriginRule;
import dev.stentor.web.edge.Problem;
import dev.stentor.web.edge.ProblemFilter;
import io.netty.channel.Channel;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.server.WebsocketServerSpec;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

/**
 * The API for listening to a channel. The handshake passes through WebFlux; from then on the connection's Netty channel is
 * served directly, see {@link ListenSocket}.
 */
public final class ListenApi {

    private final Channels channels;
    private final Broadcasts broadcasts;
    private final OriginRule origins;
    private final ListenTimes times;
    private final ListenBounds bounds;
    private final ListenStats stats;
    private final ListenRights rights;
    private final Supplier<String> connectionNames;
    private final PlainListening plain;

    /**
     * Creates the API for these channels.
     *
     * @param connectionNames unique within this process
     * @param work the scheduler on which plain audio is handed to connections
     */
    public ListenApi(
            Channels channels,
            Broadcasts broadcasts,
            OriginRule origins,
            ListenTimes times,
            ListenBounds bounds,
            ListenStats stats,
            ListenRights rights,
            Supplier<String> connectionNames,
            Scheduler work) {
        this.channels = channels;
        this.broadcasts = broadcasts;
        this.origins = origins;
        this.times = times;
        this.bounds = bounds;
        this.stats = stats;
        this.rights = rights;
        this.connectionNames = connectionNames;
        this.plain = new PlainListening(work, times, bounds, stats, broadcasts.micros());
    }

    /** Returns its routes. */
    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET("/v1/channels/{channel}/listen", this::listen)
                .GET("/v1/channels/{channel}/audio.wav", this::wav)
                .HEAD("/v1/channels/{channel}/audio.wav", request -> plain.head(PlainListening.WAV))
                .GET("/v1/channels/{channel}/audio.ogg", this::ogg)
                .HEAD("/v1/channels/{channel}/audio.ogg", request -> plain.head(PlainListening.OGG))
                .filter(new ProblemFilter(JoinRefusal::problem))
                .build();
    }

    private Mono<ServerResponse> wav(ServerRequest request) {
        return endless(request, (broadcast, silence) -> plain.wav(broadcast, silence, broadcasts::dismiss));
    }

    private Mono<ServerResponse> ogg(ServerRequest request) {
        int serial = connectionNames.get().hashCode();
        return endless(request, (broadcast, silence) -> plain.ogg(broadcast, silence, serial, broadcasts::dismiss));
    }

    private Mono<ServerResponse> endless(
            ServerRequest request, BiFunction<Broadcast, Boolean, Mono<ServerResponse>> answer) {
        ChannelName name = Handshake.channel(request);
        requireOrigin(request);
        boolean make = Handshake.mayMake(request);
        boolean silence = Handshake.wantsSilence(request);
        if (!broadcasts.admit()) {
            throw Problem.of(
                            HttpStatus.TOO_MANY_REQUESTS,
                            "TooManyListeners",
                            "There are " + broadcasts.connections() + " listeners already.")
                    .exception();
        }
        return Mono.defer(() -> answer.apply(open(name, make), silence)).doOnError(failed -> broadcasts.dismiss());
    }

    private Mono<ServerResponse> listen(ServerRequest request) {
        ChannelName name = Handshake.channel(request);
        Handshake.requireWebSocket(request);
        requireOrigin(request);
        boolean make = Handshake.mayMake(request);
        if (Handshake.protocols(request).isEmpty()) {
            int rateHz = Handshake.rateHz(request);
            return upgrade(null, (in, out) -> bare(name, make, rateHz, in, out));
        }
        return upgrade(Handshake.PROTOCOL, (in, out) -> serve(name, make, in, out));
    }

    /**
     * @param protocol null if the client named none: Reactor Netty does not serve a client that did not ask for an offered one
     */
    private Mono<ServerResponse> upgrade(
            @Nullable String protocol, BiFunction<WebsocketInbound, WebsocketOutbound, Publisher<Void>> server) {
        var builder = WebsocketServerSpec.builder()
                .compress(false)
                .handlePing(true) // answered here, where it is bounded: Reactor Netty queues one answer for each ping
                .maxFramePayloadLength(4 * ListenSocket.MAX_MESSAGE_BYTES);
        var spec =
                protocol == null ? builder.build() : builder.protocols(protocol).build();
        return ServerResponse.ok()
                .build((exchange, context) -> exchange.getResponse()
                        .setComplete()
                        .then(Mono.defer(() -> nativeResponse(exchange).sendWebsocket(server, spec))));
    }

    private Publisher<Void> serve(ChannelName name, boolean make, WebsocketInbound in, WebsocketOutbound out) {
        if (!broadcasts.admit()) {
            return turnAway(out);
        }
        var socket = new ListenSocket(
                () -> open(name, make),
                broadcasts.micros(),
                broadcasts.formats(),
                connectionNames.get(),
                channelOf(in),
                broadcasts.settings().sending(),
                times,
                bounds,
                stats,
                rights,
                () -> channels.open(name, make));
        return socket.serve(in, out).doFinally(signal -> broadcasts.dismiss());
    }

    private Publisher<Void> bare(
            ChannelName name, boolean make, int rateHz, WebsocketInbound in, WebsocketOutbound out) {
        if (!broadcasts.admit()) {
            return turnAway(out);
        }
        return Mono.defer(() -> plain.bare(open(name, make), rateHz, channelOf(in), in, out, this::endOfBroadcast))
                .onErrorResume(ChannelException.class, refused -> turnAway(out, refused.refusal()))
                .doFinally(signal -> broadcasts.dismiss());
    }

    private CloseReason endOfBroadcast() {
        return broadcasts.isDraining() ? CloseReason.DRAIN : CloseReason.NO_SUCH_CHANNEL;
    }

    private Mono<Void> turnAway(WebsocketOutbound out) {
        CloseReason reason = broadcasts.isDraining() ? CloseReason.DRAIN : CloseReason.TOO_MANY_CONNECTIONS;
        stats.closed(reason);
        return out.sendClose(reason.code(), reason.sentence());
    }

    private Mono<Void> turnAway(WebsocketOutbound out, ChannelRefusal refusal) {
        CloseReason reason = JoinRefusal.of(refusal).closeReason();
        stats.closed(reason);
        return out.sendClose(reason.code(), reason.sentence());
    }

    private Broadcast open(ChannelName name, boolean make) {
        return broadcasts.of(channels.open(name, make));
    }

    private static Channel channelOf(WebsocketInbound in) {
        var found = new AtomicReference<Channel>();
        in.withConnection(connection -> found.set(connection.channel()));
        return Objects.requireNonNull(found.get());
    }

    private static HttpServerResponse nativeResponse(ServerWebExchange exchange) {
        return ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
    }

    private void requireOrigin(ServerRequest request) {
        if (!origins.permits(
                request.headers().firstHeader(HttpHeaders.ORIGIN),
                request.headers().firstHeader(HttpHeaders.HOST),
                request.headers().firstHeader("Sec-Fetch-Site"))) {
            throw Problem.of(
                            HttpStatus.FORBIDDEN,
                            "OriginNotAllowed",
                            "Pages of this origin may not listen; see gateway.listen.origins.")
                    .exception();
        }
    }
}
