package dev.stentor.web.connection;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.web.connection.ConnectionStats.Deadline;
import dev.stentor.web.connection.ConnectionStats.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RequestDeadlinesTest {

    private static final String HEAD = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private static final String LINES_HEAD = String.join(
            "\r\n",
            "POST / HTTP/1.1",
            "Host: localhost",
            "Content-Type: application/x-ndjson; charset=utf-8",
            "Content-Length: 100",
            "",
            "");

    private final List<Deadline> missed = new ArrayList<>();
    private final EmbeddedChannel channel = new EmbeddedChannel();

    @BeforeEach
    void connect() {
        channel.freezeTime();
        channel.pipeline().addLast("codec", new HttpServerCodec());
        var settings =
                new ConnectionSettings(0, 0, 0, Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(30));
        new RequestDeadlines(settings, stats()).install(channel.pipeline(), "codec");
        channel.pipeline().addLast(new Swallower());
    }

    @AfterEach
    void giveBack() {
        channel.finishAndReleaseAll();
    }

    @Test
    void aSilentConnectionIsClosedWhenItHasBeenIdleForTooLong() {
        pass(29);
        assertThat(channel.isOpen()).isTrue();
        pass(1);
        assertThat(channel.isOpen()).isFalse();
        assertThat(missed).containsExactly(Deadline.IDLE);
    }

    @Test
    void halfAHeadIsAnswered408AndClosedHoweverSteadilyItsBytesCome() {
        for (int i = 0; i < 10; i++) {
            assertThat(channel.isOpen()).isTrue();
            receive(HEAD.substring(i, i + 1));
            pass(1);
        }
        assertThat(sent()).startsWith("HTTP/1.1 408 ");
        assertThat(channel.isOpen()).isFalse();
        assertThat(missed).containsExactly(Deadline.HEADER);
    }

    @Test
    void halfABodyIsAnswered408AndClosedHoweverSteadilyItsBytesCome() {
        receive("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n");
        for (int i = 0; i < 12; i++) {
            assertThat(channel.isOpen()).isTrue();
            receive("x");
            pass(5);
        }
        assertThat(sent()).startsWith("HTTP/1.1 408 ");
        assertThat(channel.isOpen()).isFalse();
        assertThat(missed).containsExactly(Deadline.BODY);
    }

    @Test
    void aBodyWhoseAnswerHasBegunIsCutWithoutASecondAnswer() {
        receive("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\nx");
        channel.writeOutbound(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
        assertThat(sent()).startsWith("HTTP/1.1 200 ");
        pass(60);
        assertThat(sent()).isEmpty();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void linesThatAreSpokenAsTheyComeHaveNoDeadline() {
        receive(LINES_HEAD);
        pass(3_600);
        assertThat(channel.isOpen()).isTrue();
        assertThat(missed).isEmpty();
    }

    @Test
    void anAnswerMayTakeAsLongAsItLikes() {
        receive(HEAD);
        pass(3_600);
        assertThat(channel.isOpen()).isTrue();
        answer(HttpResponseStatus.OK);
        pass(29);
        assertThat(channel.isOpen()).isTrue();
        pass(1);
        assertThat(channel.isOpen()).isFalse();
        assertThat(missed).containsExactly(Deadline.IDLE);
    }

    @Test
    void theTimeForAHeadBeginsWithItsFirstByteAlsoOnAConnectionThatIsKept() {
        receive(HEAD);
        answer(HttpResponseStatus.OK);
        pass(25);
        receive("GE");
        pass(9);
        assertThat(channel.isOpen()).isTrue();
        pass(1);
        assertThat(channel.isOpen()).isFalse();
        assertThat(missed).containsExactly(Deadline.HEADER);
    }

    @Test
    void theGoAheadForABodyIsNoAnswer() {
        receive("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n");
        answer(HttpResponseStatus.CONTINUE);
        pass(60);
        assertThat(missed).containsExactly(Deadline.BODY);
    }

    @Test
    void aWebSocketHasNoDeadlineHere() {
        receive(HEAD);
        answer(HttpResponseStatus.SWITCHING_PROTOCOLS);
        pass(3_600);
        assertThat(channel.isOpen()).isTrue();
        assertThat(missed).isEmpty();
    }

    @Test
    void aClientThatShutsItsSideBehindARequestGetsItsAnswer() {
        receive(HEAD);
        shutInput();
        assertThat(channel.isOpen()).isTrue();
        answer(HttpResponseStatus.OK);
        channel.runPendingTasks();
        assertThat(channel.isOpen()).isFalse();
        assertThat(missed).isEmpty();
    }

    @Test
    void aClientThatShutsItsSideWithinARequestOrBetweenTwoIsGone() {
        receive("GET / HTT");
        shutInput();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void aClientThatShutsItsSideOfAWebSocketIsGone() {
        receive(HEAD);
        answer(HttpResponseStatus.SWITCHING_PROTOCOLS);
        shutInput();
        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void anAnswerThatStandsStillForAClientThatShutItsSideIsGivenUp() {
        receive(HEAD);
        shutInput();
        pass(29);
        channel.writeOutbound(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
        assertThat(sent()).startsWith("HTTP/1.1 200 ");
        pass(29);
        assertThat(channel.isOpen()).isTrue();
        pass(1);
        assertThat(channel.isOpen()).isFalse();
    }

    private void shutInput() {
        channel.pipeline().fireUserEventTriggered(ChannelInputShutdownEvent.INSTANCE);
        channel.runPendingTasks();
    }

    private void receive(String text) {
        channel.writeInbound(Unpooled.copiedBuffer(text, US_ASCII));
    }

    private void answer(HttpResponseStatus status) {
        channel.writeOutbound(new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER));
        assertThat(sent()).contains(String.valueOf(status.code()));
    }

    private void pass(int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();
    }

    private String sent() {
        var text = new StringBuilder();
        for (ByteBuf part = channel.readOutbound(); part != null; part = channel.readOutbound()) {
            text.append(part.toString(US_ASCII));
            part.release();
        }
        return text.toString();
    }

    private ConnectionStats stats() {
        return new ConnectionStats() {
            @Override
            public void refused(Refusal cause) {}

            @Override
            public void timedOut(Deadline deadline) {
                missed.add(deadline);
            }

            @Override
            public void malformed() {}

            @Override
            public void notAccepted() {}
        };
    }

    /** Reads requests, and answers nothing. */
    private static final class Swallower extends SimpleChannelInboundHandler<HttpObject> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, HttpObject message) {}
    }
}
