package dev.stentor.web.dashscope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DashScopeLimitsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void theDefaultsAreThoseOfTheService() {
        assertThat(DashScopeLimits.DEFAULT)
                .isEqualTo(new DashScopeLimits(600, 65_536, Duration.ofSeconds(15), Duration.ofMinutes(5)));
    }

    @Test
    void nothingMayBeZero() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DashScopeLimits(0, 1, SECOND, SECOND))
                .withMessageContaining("textCharacters");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DashScopeLimits(1, 0, SECOND, SECOND))
                .withMessageContaining("bodyBytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DashScopeLimits(1, 1, Duration.ZERO, SECOND))
                .withMessageContaining("heartbeat");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DashScopeLimits(1, 1, SECOND, Duration.ZERO))
                .withMessageContaining("stall");
    }
}
