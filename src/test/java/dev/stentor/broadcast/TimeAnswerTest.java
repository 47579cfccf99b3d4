package dev.stentor.broadcast;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.broadcast.socket.WebSocketFraming;
import dev.stentor.testing.Fuzz;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import org.junit.jupiter.api.Test;

class TimeAnswerTest {

    @Test
    void anAnswerIsOneWholeMessageWithTheStampAsItCame() {
        assertThat(answer("12.50", 0, -1)).isEqualTo(framed("{\"t\":\"time\",\"t0\":12.50,\"t1\":0,\"t2\":-1}"));
    }

    @Test
    void everyTimeIsWrittenAsTheNumberThatItIs() {
        Fuzz.rounds(random -> {
            long received = random.nextLong() >> random.nextInt(64);
            long sent = Fuzz.oneOf(random, random.nextLong(), Long.MIN_VALUE, Long.MAX_VALUE, -10L, 10L, 99L);
            assertThat(answer("1", received, sent))
                    .isEqualTo(framed("{\"t\":\"time\",\"t0\":1,\"t1\":" + received + ",\"t2\":" + sent + "}"));
        });
    }

    /** The stamp stands in the middle of other bytes. */
    private static String answer(String t0, long receivedMicros, long sentMicros) {
        byte[] bytes = ("xx" + t0 + "yy").getBytes(US_ASCII);
        return hex(TimeAnswer.frame(bytes, 2, 2 + t0.length(), receivedMicros, sentMicros, 0));
    }

    private static String framed(String json) {
        return hex(WebSocketFraming.text(json));
    }

    private static String hex(ByteBuf frame) {
        String hex = ByteBufUtil.hexDump(frame);
        frame.release();
        return hex;
    }
}
