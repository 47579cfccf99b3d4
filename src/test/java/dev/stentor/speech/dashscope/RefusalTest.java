package dev.stentor.speech.dashscope;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RefusalTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void readsJsonAndEventStreamsAndNothingElse() {
        String json = Wire.error(400, "InvalidParameter", "No such voice.");
        assertThat(Refusal.parse(" \n" + json).code()).isEqualTo("InvalidParameter");
        assertThat(Refusal.parse("id:1\nevent:error\n:HTTP_STATUS/400\ndata:" + json)
                        .message())
                .isEqualTo("No such voice.");
        for (String other :
                new String[] {"", "{", "[]", "null", "<html>data</html>", "data:null\n\n", "data:oops\n\n"}) {
            assertThat(Refusal.parse(other)).isEqualTo(ResponseFrame.EMPTY);
        }
    }

    @Test
    void readsSecondsAndDatesToWaitFor() {
        assertThat(Refusal.retryAfter("7", NOW)).isEqualTo(Duration.ofSeconds(7));
        assertThat(Refusal.retryAfter("Sun, 22 Nov 2026 10:01:00 GMT", NOW)).isEqualTo(Duration.ofMinutes(1));
        assertThat(Refusal.retryAfter("Sun, 22 Nov 2026 09:00:00 GMT", NOW)).isEqualTo(Duration.ZERO);
        for (String nonsense : new String[] {"", "-1", "soon", "1.5", "99999999999999999999"}) {
            assertThat(Refusal.retryAfter(nonsense, NOW)).isNull();
        }
        assertThat(Refusal.retryAfter(null, NOW)).isNull();
    }
}
