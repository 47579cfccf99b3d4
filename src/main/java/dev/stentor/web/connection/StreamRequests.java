package dev.stentor.web.connection;

import dev.stentor.web.connection.ConnectionStats.Deadline;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameStream;
import io.netty.handler.codec.http2.Http2FrameStreamEvent;
import io.netty.handler.codec.http2.Http2FrameStreamException;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2Stream;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import io.netty.util.concurrent.Future;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gatekeeper of one HTTP/2 connection, between its frames and its streams: the form of each request, the place of its client, the
 * deadline for its body, and that for the next request. A request that may not pass is answered here, and its stream is reset; the
 * others of the connection go on. Confined to the connection's event loop.
 */
final class StreamRequests extends ChannelDuplexHandler {

    /** Time for the codec's own farewell to a client that broke the protocol. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private final ConnectionSettings settings;
    private final ConnectionStats stats;
    private final FaultAnswer answers;
    private final StreamPlaces places;
    private final @Nullable ProxiedPlaces clients;
    private final IntObjectMap<Request> open = new IntObjectHashMap<>();
    private @Nullable Future<?> idle;

    /** An open request. */
    private static final class Request {
        private final Http2FrameStream stream;
        private @Nullable InetAddress client;
        private @Nullable Future<?> body;
        private boolean answering;
        private boolean refused;

        private Request(Http2FrameStream stream) {
            this.stream = stream;
        }
    }

    /**
     * Creates the gatekeeper.
     *
     * @param clients places of the clients behind the proxy at the other end; null if there is none
     */
    StreamRequests(
            ConnectionSettings settings,
            ConnectionStats stats,
            FaultAnswer answers,
            StreamPlaces places,
            @Nullable ProxiedPlaces clients) {
        this.settings = settings;
        this.stats = stats;
        this.answers = answers;
        this.places = places;
        this.clients = clients;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        startIdle(context);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        cancel(idle);
        open.values().forEach(this::leave);
        open.clear();
        places.leave(0);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof Http2HeadersFrame headers && headers.stream() != null) {
            Request known = open.get(headers.stream().id());
            if (known == null) {
                begin(context, headers);
            } else if (headers.isEndStream()) {
                cancel(known.body);
            }
        } else if (message instanceof Http2DataFrame data && data.isEndStream() && data.stream() != null) {
            Request known = open.get(data.stream().id());
            if (known != null) {
                cancel(known.body);
            }
        }
        if (message instanceof Http2StreamFrame frame && isRefused(frame)) {
            ReferenceCountUtil.release(message);
            return;
        }
        context.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (message instanceof Http2HeadersFrame headers && headers.stream() != null && isFinal(headers.headers())) {
            Request request = open.get(headers.stream().id());
            if (request != null) {
                request.answering = true;
            }
        }
        var _ = context.write(message, promise);
    }

    /** Handles the end of a stream, whichever side ended or reset it. */
    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof Http2FrameStreamEvent change && change.stream().state() == Http2Stream.State.CLOSED) {
            Request request = open.remove(change.stream().id());
            if (request != null) {
                leave(request);
                places.leave(open.size());
                if (open.isEmpty()) {
                    startIdle(context);
                }
            }
        }
        context.fireUserEventTriggered(event);
    }

    /** Handles a client that breaks the protocol or vanishes. Only what concerns one stream goes on to it; Netty would log a trace. */
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof Http2FrameStreamException) {
            context.fireExceptionCaught(cause);
            return;
        }
        if (cause instanceof Http2Exception broken) {
            stats.malformed();
            FaultLog.broken(context.channel(), broken.error().name());
            // The codec ends the connection next, and TLS with it.
            resetAll(context);
            var _ = after(context, FAREWELL, () -> cut(context));
        } else {
            cut(context);
        }
    }

    /** Closes the connection before the codec, which would wait until its farewell is taken, and for all streams to end. */
    private void cut(ChannelHandlerContext context) {
        if (context.isRemoved()) {
            return;
        }
        resetAll(context);
        var _ = context.pipeline().context(HeaderBlocks.class).close();
    }

    /** Ends the streams before their connection: what they would still write finds TLS closed. */
    private void resetAll(ChannelHandlerContext context) {
        List.copyOf(open.values()).forEach(request -> OwnAnswers.reset(context, request.stream, Http2Error.CANCEL));
    }

    private void begin(ChannelHandlerContext context, Http2HeadersFrame frame) {
        cancel(idle);
        Http2FrameStream stream = frame.stream();
        var request = new Request(stream);
        open.put(stream.id(), request);
        if (settings.maxStreams() > 0 && open.size() > settings.maxStreams()) {
            // Netty does not hold a client to a limit that it has not acknowledged.
            stats.refused(ConnectionStats.Refusal.STREAMS);
            request.refused = true;
            OwnAnswers.reset(context, stream, Http2Error.REFUSED_STREAM);
            return;
        }
        StreamHead head = StreamHead.of(stream.id(), frame.headers());
        if (head.fault() != null) {
            stats.malformed();
            refuse(context, frame, request, head, head.fault());
            return;
        }
        RequestFault tooMany = placeFor(request, head);
        if (tooMany != null) {
            refuse(context, frame, request, head, tooMany);
            return;
        }
        if (!frame.isEndStream() && !head.isSpokenAsItComes()) {
            request.body = after(context, settings.body(), () -> expireBody(context, stream, request));
        }
    }

    private @Nullable RequestFault placeFor(Request request, StreamHead head) {
        RequestFault tooMany = places.take(open.size());
        if (tooMany == null && clients != null && head.request() != null) {
            ProxiedPlaces.Place place = clients.take(head.request().headers());
            request.client = place.client();
            return place.refused() ? ProxiedPlaces.TOO_MANY : null;
        }
        return tooMany;
    }

    private void refuse(
            ChannelHandlerContext context,
            Http2HeadersFrame frame,
            Request request,
            StreamHead head,
            RequestFault fault) {
        request.refused = true;
        FaultLog.refused(context.channel(), head.path(), fault);
        // For a client that does not take the answer.
        request.body =
                after(context, settings.body(), () -> OwnAnswers.reset(context, request.stream, Http2Error.CANCEL));
        OwnAnswers.refuse(context, frame, head.isHead(), fault, answers.of(head.path(), fault));
    }

    private void expireBody(ChannelHandlerContext context, Http2FrameStream stream, Request request) {
        stats.timedOut(Deadline.BODY);
        request.refused = true;
        if (request.answering) {
            OwnAnswers.reset(context, stream, Http2Error.CANCEL);
        } else {
            OwnAnswers.timeOut(context, stream);
        }
    }

    private boolean isRefused(Http2StreamFrame frame) {
        Request request =
                frame.stream() == null ? null : open.get(frame.stream().id());
        return request != null && request.refused;
    }

    private static boolean isFinal(Http2Headers headers) {
        CharSequence status = headers.status();
        return status != null && HttpStatusClass.valueOf(status) != HttpStatusClass.INFORMATIONAL;
    }

    private void leave(Request request) {
        cancel(request.body);
        if (clients != null && request.client != null) {
            clients.leave(request.client);
        }
    }

    private void startIdle(ChannelHandlerContext context) {
        idle = after(context, settings.idle(), () -> {
            stats.timedOut(Deadline.IDLE);
            var _ = context.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
            cut(context);
        });
    }

    private static @Nullable Future<?> after(ChannelHandlerContext context, Duration time, Runnable action) {
        return time.isZero() ? null : context.executor().schedule(action, time.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static void cancel(@Nullable Future<?> timer) {
        if (timer != null) {
            timer.cancel(false);
        }
    }
}
