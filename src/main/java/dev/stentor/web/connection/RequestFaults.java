package dev.stentor.web.connection;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.channels.ClosedChannelException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Gatekeeper behind the HTTP codec of one connection: a request that is no HTTP is answered here, in its turn behind the answers of
 * the requests before it, and the connection is closed. It costs one line of the log, at info, without the query. Confined to the
 * connection's event loop.
 */
final class RequestFaults extends ChannelDuplexHandler {

    private final FaultAnswer answers;
    private final ConnectionStats stats;
    private @Nullable ChannelHandlerContext context;
    private String path = "/";
    private int unanswered;
    private boolean answering;
    private @Nullable RequestFault fault;
    /** The number of answers that go before that of the fault. */
    private int before;

    private boolean over;

    RequestFaults(FaultAnswer answers, ConnectionStats stats) {
        this.answers = answers;
        this.stats = stats;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
    }

    /** Refuses the head of a request that has passed here, in its turn, and closes the connection. Releases the head. */
    void refuse(Object head, RequestFault found) {
        unanswered--;
        begin(Objects.requireNonNull(context), head, found);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (fault != null || over) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (!(message instanceof HttpObject part)) {
            context.fireChannelRead(message);
            return;
        }
        boolean isHead = message instanceof HttpRequest;
        if (message instanceof HttpRequest request) {
            path = FaultLog.pathOf(request.uri());
        }
        RequestFault found = RequestForm.faultOf(part);
        if (found == null) {
            unanswered += isHead ? 1 : 0;
            context.fireChannelRead(message);
            return;
        }
        stats.malformed();
        begin(context, message, found);
    }

    private void begin(ChannelHandlerContext context, Object message, RequestFault found) {
        before = message instanceof HttpRequest ? 0 : 1;
        ReferenceCountUtil.release(message);
        fault = found;
        FaultLog.refused(context.channel(), path, found);
        answerInTurn(context);
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) {
        if (over) {
            ReferenceCountUtil.release(message);
            promise.tryFailure(new ClosedChannelException());
            return;
        }
        if (message instanceof HttpResponse response) {
            answering = response.status().codeClass() != HttpStatusClass.INFORMATIONAL;
        }
        boolean isLast = message instanceof LastHttpContent && answering;
        var _ = context.write(message, promise);
        if (isLast) {
            answering = false;
            unanswered--;
            answerInTurn(context);
        }
    }

    private void answerInTurn(ChannelHandlerContext context) {
        RequestFault found = fault;
        if (found == null || over || unanswered > before) {
            return;
        }
        over = true;
        if (answering || unanswered < before) {
            var _ = context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
            return;
        }
        FaultAnswer.Body body = answers.of(path, found);
        var answer =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, found.status(), Unpooled.wrappedBuffer(body.bytes()));
        answer.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, body.contentType())
                .set(HttpHeaderNames.CONTENT_LENGTH, body.bytes().length)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        var _ = context.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
    }
}
