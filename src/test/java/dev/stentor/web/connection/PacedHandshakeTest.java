package dev.stentor.web.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PacedHandshakeTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<String> seen = new ArrayList<>();
    private HandshakeTurns turns;
    private int asked;

    @BeforeEach
    void connect() {
        channel.freezeTime();
        channel.config().setAutoRead(false); // as Reactor Netty has it
        turns = new HandshakeTurns(channel.eventLoop());
        channel.pipeline().addLast("socket", new ChannelOutboundHandlerAdapter() {
            @Override
            public void read(ChannelHandlerContext context) {
                asked++;
            }
        });
        channel.pipeline().addLast("tls", new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext context, Object message) {
                ByteBuf bytes = (ByteBuf) message;
                String text = bytes.toString(StandardCharsets.US_ASCII);
                bytes.release();
                seen.add(text);
                if (text.equals("finished")) {
                    context.fireUserEventTriggered(SslHandshakeCompletionEvent.SUCCESS);
                    seen.add("established");
                }
            }

            @Override
            public void channelReadComplete(ChannelHandlerContext context) {
                seen.add("end");
            }
        });
        PacedHandshake.install(channel.pipeline(), "tls", turns, "a");
    }

    @AfterEach
    void end() {
        channel.finishAndReleaseAll();
    }

    @Test
    void whatIsReadWhileTheLoopRestsWaitsAndNoMoreIsReadMeanwhile() {
        anotherHandshakeTakes(2);
        channel.writeInbound(bytes("hello"));
        channel.read();
        assertThat(seen).isEmpty();
        assertThat(asked).isZero();
        pass(2);
        assertThat(seen).containsExactly("hello", "end");
        channel.read();
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void whatFindsNoOtherHandshakePassesAtOnce() {
        channel.writeInbound(bytes("hello"));
        assertThat(seen).containsExactly("hello", "end");
    }

    @Test
    void afterTheHandshakeNothingWaitsAndNothingIsLeftInThePipeline() {
        channel.writeInbound(bytes("finished"));
        assertThat(seen).containsExactly("finished", "established", "end");
        assertThat(channel.pipeline().names())
                .startsWith("socket", "tls")
                .noneMatch(name -> name.startsWith("stentor"));
        anotherHandshakeTakes(2);
        channel.writeInbound(bytes("data"));
        assertThat(seen).endsWith("data", "end");
    }

    @Test
    void whatWaitsAtTheEndOfTheHandshakeFollowsInItsOrder() {
        channel.pipeline().fireChannelRead(bytes("hello"));
        channel.pipeline().fireChannelRead(bytes("finished"));
        channel.pipeline().fireChannelRead(bytes("data"));
        channel.pipeline().fireChannelReadComplete();
        assertThat(seen).containsExactly("hello");
        pass(1);
        assertThat(seen).containsExactly("hello", "finished", "established", "data", "end");
    }

    @Test
    void whatWaitsIsReleasedWhenTheConnectionCloses() {
        anotherHandshakeTakes(2);
        ByteBuf hello = bytes("hello");
        channel.writeInbound(hello);
        var _ = channel.close();
        pass(5);
        assertThat(hello.refCnt()).isZero();
        assertThat(seen).doesNotContain("hello");
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

    private static ByteBuf bytes(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.US_ASCII);
    }
}
