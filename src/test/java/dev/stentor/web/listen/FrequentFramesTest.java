package dev.stentor.web.listen;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.web.TestListener;
import dev.stentor.web.TestListener.Received;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrequentFramesTest extends Listening {

    /** More than come at once before a client is read at its pace. */
    private static final int MANY = 1_200;

    /** So few that their answers fit into the socket even if the client's kernel, on a busy machine, confirms none of them for a while. */
    private static final int AT_ONCE = 10;

    @Test
    void whatTheOwnerServesGoesNoFurtherAndIsReleased() {
        var channel = new EmbeddedChannel(new StrictFrameDecoder(1 << 16));
        FrequentFrames.install(channel.pipeline(), PongWebSocketFrame.class::isInstance);
        var pong = new PongWebSocketFrame();
        var text = new TextWebSocketFrame("{}");
        channel.pipeline().context(StrictFrameDecoder.class).fireChannelRead(pong);
        channel.pipeline().context(StrictFrameDecoder.class).fireChannelRead(text);
        assertThat(pong.refCnt()).isZero();
        assertThat(channel.<WebSocketFrame>readInbound()).isSameAs(text);
        assertThat(channel.<Object>readInbound()).isNull();
        text.release();
        channel.finishAndReleaseAll();
    }

    @Test
    void questionsOnBothWaysAreAnsweredInTheirOrder() throws Exception {
        try (TestListener listener = TestListener.join(listen("lobby"))) {
            for (int i = 0; i < MANY; i++) {
                listener.say(i % 3 == 0 ? "{\"t0\":" + i + ",\"t\":\"time\"}" : "{\"t\":\"time\",\"t0\":" + i + "}");
                if (i % AT_ONCE == AT_ONCE - 1) { // who leaves more answers unread gets none
                    int last = i;
                    listener.await(received -> stamp(received) == last);
                }
            }
            List<Integer> stamps = listener.seen().stream()
                    .filter(received -> received.is("time"))
                    .map(FrequentFramesTest::stamp)
                    .toList();
            assertThat(stamps).isEqualTo(IntStream.range(0, MANY).boxed().toList());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"t\":\"report\",\"pos\":\"1\"} | pos: The value is a number.",
                "{\"t\":\"time\",\"t0\":\"1\"} | t0: The stamp is a number of up to 32 characters.",
                "{\"t\":\"report\" | message: Messages are JSON objects."
            })
    void aMessageThatIsNoneIsRefusedAsBefore(String message, String explanation) throws Exception {
        try (TestListener listener = TestListener.join(listen("lobby"))) {
            listener.say(message);
            assertThat(listener.await("error").path("message").asString()).isEqualTo(explanation);
            assertThat(listener.closeCode()).isEqualTo(4_400);
        }
    }

    @Test
    void aReportBeforeTheHelloIsRefused() throws Exception {
        try (TestListener listener = TestListener.connect(listen("lobby"))) {
            listener.say("{\"t\":\"report\",\"pos\":1}");
            assertThat(listener.await("error").path("message").asString())
                    .isEqualTo("t: The first message is a hello.");
        }
    }

    private static int stamp(Received received) {
        return received.is("time")
                ? Objects.requireNonNull(received.json()).path("t0").asInt()
                : -1;
    }
}
