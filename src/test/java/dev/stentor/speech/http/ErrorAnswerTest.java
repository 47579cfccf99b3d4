package dev.stentor.speech.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ErrorAnswerTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void readsSecondsAndDatesToWaitFor() {
        assertThat(ErrorAnswer.retryAfter("7", NOW)).isEqualTo(Duration.ofSeconds(7));
        assertThat(ErrorAnswer.retryAfter("Sun, 22 Nov 2026 10:01:00 GMT", NOW)).isEqualTo(Duration.ofMinutes(1));
        assertThat(ErrorAnswer.retryAfter("Sun, 22 Nov 2026 09:00:00 GMT", NOW)).isEqualTo(Duration.ZERO);
        for (String nonsense : new String[] {"", "-1", "soon", "1.5", "99999999999999999999"}) {
            assertThat(ErrorAnswer.retryAfter(nonsense, NOW)).isNull();
        }
        assertThat(ErrorAnswer.retryAfter(null, NOW)).isNull();
    }
}
