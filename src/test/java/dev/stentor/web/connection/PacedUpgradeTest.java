package dev.stentor.web.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PacedUpgradeTest {

    private static final String UPGRADE = """
            GET /v1/channels/lobby/listen HTTP/1.1
            Host: localhost
            Connection: keep-alive, Upgrade
            Upgrade: WebSocket

            """.replace("\n", "\r\n");

    private static final String OTHER = """
            GET /v1/channels HTTP/1.1
            Host: localhost

            """.replace("\n", "\r\n");

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<String> seen = new ArrayList<>();
    private HandshakeTurns turns;

    @BeforeEach
    void connect() {
        channel.freezeTime();
        turns = new HandshakeTurns(channel.eventLoop());
        channel.pipeline()
                .addLast(new HttpServerCodec(), new PacedUpgrade(turns, "a"), new ChannelInboundHandlerAdapter() {
                    @Override
                    public void channelRead(ChannelHandlerContext context, Object message) {
                        seen.add(
                                switch (message) {
                                    case HttpRequest request -> request.uri();
                                    case LastHttpContent _ -> "last";
                                    default -> message.toString();
                                });
                        ReferenceCountUtil.release(message);
                    }

                    @Override
                    public void channelReadComplete(ChannelHandlerContext context) {
                        seen.add("end");
                    }
                });
    }

    @AfterEach
    void end() {
        channel.finishAndReleaseAll();
    }

    @Test
    void anUpgradeThatFindsNoOtherHandshakePassesAtOnce() {
        send(UPGRADE);
        assertThat(seen).containsExactly("/v1/channels/lobby/listen", "last", "end");
        assertThat(channel.pipeline().get(PacedUpgrade.class)).isNull();
    }

    @Test
    void anUpgradeWaitsWhileTheLoopRestsFromAnother() {
        anotherHandshakeTakes(2);
        send(UPGRADE);
        assertThat(seen).isEmpty();
        pass(2);
        assertThat(seen).containsExactly("/v1/channels/lobby/listen", "last", "end");
        assertThat(channel.pipeline().get(PacedUpgrade.class)).isNull();
    }

    @Test
    void otherRequestsDoNotWait() {
        anotherHandshakeTakes(2);
        send(OTHER);
        assertThat(seen).containsExactly("/v1/channels", "last", "end");
        send(UPGRADE);
        assertThat(seen).hasSize(3);
        pass(2);
        assertThat(seen).endsWith("/v1/channels/lobby/listen", "last", "end");
    }

    @Test
    void whatFollowsAnUpgradeThatWaitsKeepsItsPlace() {
        anotherHandshakeTakes(2);
        send(UPGRADE + OTHER);
        pass(2);
        assertThat(seen).containsExactly("/v1/channels/lobby/listen", "last", "/v1/channels", "last", "end");
    }

    @Test
    void nothingIsKeptOfAConnectionThatClosesBeforeItsTurn() {
        anotherHandshakeTakes(2);
        send(UPGRADE);
        var _ = channel.close();
        pass(5);
        assertThat(seen).doesNotContain("/v1/channels/lobby/listen");
    }

    private void send(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII));
    }

    private void anotherHandshakeTakes(int millis) {
        turns.take("b", () -> channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS));
    }

    private void pass(int millis) {
        for (int i = 0; i < millis; i++) {
            channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
            channel.runPendingTasks();
        }
    }
}
