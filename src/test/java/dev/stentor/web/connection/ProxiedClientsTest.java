package dev.stentor.web.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests of the limit by address where a trusted proxy brings the clients. */
class ProxiedClientsTest {

    private final ConnectionLimits limits = new ConnectionLimits(
            new ConnectionSettings(0, 1, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO),
            new TrustedProxies(List.of("10.0.0.1"), TrustedProxies.Header.X_FORWARDED),
            (path, fault) -> new FaultAnswer.Body("text/plain", fault.code().getBytes(US_ASCII)),
            ConnectionStats.NONE);

    @Test
    void eachClientHasPlacesOfItsOwnHoweverManyConnectionsTheProxyOpens() {
        EmbeddedChannel one = connect("10.0.0.1");
        EmbeddedChannel two = connect("10.0.0.1");
        EmbeddedChannel three = connect("10.0.0.1");
        assertThat(request(one, "198.51.100.1")).isEmpty();
        assertThat(request(two, "198.51.100.2")).isEmpty();
        assertThat(request(three, "198.51.100.1")).startsWith("HTTP/1.1 429 ").endsWith("TooManyConnections");
        assertThat(three.isOpen()).isFalse();
        assertThat(two.isOpen()).isTrue();
    }

    @Test
    void aPlaceIsFreeAgainWhenTheRequestIsAnswered() {
        EmbeddedChannel one = connect("10.0.0.1");
        assertThat(request(one, "198.51.100.1")).isEmpty();
        answer(one, HttpResponseStatus.OK);
        assertThat(request(connect("10.0.0.1"), "198.51.100.1")).isEmpty();
    }

    @Test
    void aWebSocketKeepsItsPlaceUntilItCloses() {
        EmbeddedChannel one = connect("10.0.0.1");
        assertThat(request(one, "198.51.100.1")).isEmpty();
        answer(one, HttpResponseStatus.SWITCHING_PROTOCOLS);
        assertThat(request(connect("10.0.0.1"), "198.51.100.1")).startsWith("HTTP/1.1 429 ");
        var _ = one.close();
        one.runPendingTasks();
        assertThat(request(connect("10.0.0.1"), "198.51.100.1")).isEmpty();
    }

    @Test
    void aClientCannotBorrowAnotherAddressWithoutTheProxy() {
        assertThat(request(connect("203.0.113.5"), "198.51.100.1")).isEmpty();
        assertThat(connect("203.0.113.5").isOpen()).isFalse();
        assertThat(request(connect("10.0.0.1"), "198.51.100.1")).isEmpty();
    }

    private EmbeddedChannel connect(String address) {
        var channel = new EmbeddedChannel();
        channel.pipeline().addLast("codec", new HttpServerCodec());
        channel.pipeline().addLast(new Swallower());
        limits.accept(channel, new InetSocketAddress(address, 4711));
        channel.runPendingTasks();
        return channel;
    }

    private static String request(EmbeddedChannel channel, String client) {
        channel.writeInbound(Unpooled.copiedBuffer(
                "GET / HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: " + client + "\r\n\r\n", US_ASCII));
        channel.runPendingTasks();
        return sent(channel);
    }

    private static void answer(EmbeddedChannel channel, HttpResponseStatus status) {
        channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER));
        assertThat(sent(channel)).contains(String.valueOf(status.code()));
    }

    private static String sent(EmbeddedChannel channel) {
        var text = new StringBuilder();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            text.append(part.toString(US_ASCII));
            part.release();
        }
        return text.toString();
    }

    /** Reads requests, and answers nothing. */
    private static final class Swallower extends SimpleChannelInboundHandler<HttpObject> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject message) {}
    }
}
