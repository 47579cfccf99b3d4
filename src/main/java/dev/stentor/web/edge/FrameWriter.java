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
 * A writer of frames that requests the next frame only when the socket has taken the last one. Reactor Netty alone requests up to
 * 128 buffers ahead, which is whole utterances, so that the client's demand would never reach the engine. Thread-safe.
 */
public final class FrameWriter {

    private final Duration stall;
    private final Scheduler scheduler;

    /**
     * Creates a writer.
     *
     * @param stall longest time that a client may leave one frame unread; after that its connection is closed
     * @param scheduler timer for the stall limit; not owned
     */
    public FrameWriter(Duration stall, Scheduler scheduler) {
        this.stall = stall;
        this.scheduler = scheduler;
    }

    /**
     * Writes the frames as the body of a response, which is committed with the first frame. If the frames fail before their
     * first, this fails with their error. When the response ends, the frames are cancelled.
     */
    public Mono<Void> write(ServerHttpResponse response, Flux<byte[]> frames) {
        Mono<Publisher<DataBuffer>> flushed = Mono.defer(() -> flushed(response));
        return BodyStream.write(
                frames,
                body -> response.writeAndFlushWith(body.concatMap(
                        frame -> Flux.<Publisher<DataBuffer>>just(Mono.fromSupplier(
                                        () -> response.bufferFactory().wrap(frame)))
                                .concatWith(flushed),
                        0)));
    }

    /**
     * Closes the connection of a response that has begun, so that no client can mistake the body for complete. In HTTP/1.1 the
     * final chunk is missing then; in HTTP/1.0, where closing is the normal end of a body, the connection is reset. Completes
     * when the connection is closed.
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
     * Completes when everything written so far has reached the socket: an empty buffer passes the HTTP encoder unchanged and
     * queues behind the rest. If that takes longer than the stall limit, the connection is closed, which ends the response like
     * any disconnection.
     */
    private <T> Mono<T> flushed(ServerHttpResponse response) {
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
