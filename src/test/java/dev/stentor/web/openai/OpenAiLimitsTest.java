package dev.stentor.web.openai;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class OpenAiLimitsTest {

    @Test
    void aLimitThatLetsNothingThroughIsRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OpenAiLimits(0, 1, Duration.ofSeconds(1), 1, Duration.ofMillis(1)))
                .withMessage("textCharacters must be positive, was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OpenAiLimits(1, 0, Duration.ofSeconds(1), 1, Duration.ofMillis(1)))
                .withMessage("bodyBytes must be positive, was 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OpenAiLimits(1, 1, Duration.ZERO, 1, Duration.ofMillis(1)))
                .withMessage("stall must be positive, was PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OpenAiLimits(1, 1, Duration.ofSeconds(1), -1, Duration.ofMillis(1)))
                .withMessage("heldBytes must not be negative, was -1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OpenAiLimits(1, 1, Duration.ofSeconds(1), 0, Duration.ZERO))
                .withMessage("heldTime must be positive, was PT0S");
    }
}
