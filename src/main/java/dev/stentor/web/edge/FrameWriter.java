package dev.stentor.web.edge;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Duration;
import org.reactivestreams.Publisher;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.netty.Connection;
import reactor.netty.FutureMono;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Writes frames one by one: the next is asked for when the socket has taken the last. Left to itself Reactor Netty asks for up to
 * 128 buffers ahead, whole utterances, and the client's demand would never reach the engine. Thread-safe.
 */
public final class FrameWriter {

    private final Duration stall;
    private final Scheduler scheduler;

    /**
     * A writer.
     *
     * @param stall how long a client may leave one frame unread before it is cut off
     * @param scheduler measures that; not owned
     */
    public FrameWriter(Duration stall, Scheduler scheduler) {
        this.stall = stall;
        this.scheduler = scheduler;
    }

    /** Commits the response with the first frame; fails with the frames' own error if there is none. Ends the frames with it. */
    public Mono<Void> write(ServerHttpResponse response, Flux<byte[]> frames) {
        Mono<Publisher<DataBuffer>> taken = Mono.defer(() -> taken(response));
        return BodyStream.write(
                frames,
                body -> response.writeAndFlushWith(body.concatMap(
                        frame -> Flux.<Publisher<DataBuffer>>just(Mono.fromSupplier(
                                        () -> response.bufferFactory().wrap(frame)))
                                .concatWith(taken),
                        0)));
    }

    /**
     * Ends a response that has begun so that no client can take it for whole: without the end that HTTP/1.1 writes, and with a
     * reset where HTTP/1.0 knows no other end than the closing itself. Completes when the connection is closed.
     */
    public Mono<Void> cut(ServerHttpResponse response) {
        Object server = ServerHttpResponseDecorator.getNativeResponse(response);
        if (!(server instanceof Connection connection)) {
            return Mono.error(() -> new IllegalStateException("There is no connection to cut."));
        }
        Channel channel = connection.channel();
        if (server instanceof HttpServerResponse http && http.version().equals(HttpVersion.HTTP_1_0)) {
            channel.config().setOption(ChannelOption.SO_LINGER, 0);
        }
        return FutureMono.deferFuture(channel::close);
    }

    /**
     * Completes when everything written so far has left for the socket: an empty buffer passes the HTTP encoder untouched and
     * waits its turn. A client that lets it wait too long is cut off, which ends the response as any disconnection does.
     */
    private <T> Mono<T> taken(ServerHttpResponse response) {
        if (!(ServerHttpResponseDecorator.getNativeResponse(response) instanceof Connection connection)) {
            return Mono.empty();
        }
        Channel channel = connection.channel();
        return FutureMono.deferFuture(() -> channel.writeAndFlush(Unpooled.EMPTY_BUFFER))
                .timeout(stall, FutureMono.deferFuture(channel::close), scheduler)
                .onErrorComplete()
                .then(Mono.empty());
    }
}
