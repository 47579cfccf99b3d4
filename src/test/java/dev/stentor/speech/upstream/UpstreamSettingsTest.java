package dev.stentor.speech.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class UpstreamSettingsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void theWrongSettingIsNamed() {
        wrong("name", () -> new UpstreamSettings(" ", List.of(), 1, 1, 0, SECOND, 1));
        wrong("maxConcurrent", () -> new UpstreamSettings("a", List.of(), 0, 1, 0, SECOND, 1));
        wrong("requestsPerSecond", () -> new UpstreamSettings("a", List.of(), 1, -1, 0, SECOND, 1));
        wrong("requestsPerSecond", () -> new UpstreamSettings("a", List.of(), 1, Double.NaN, 0, SECOND, 1));
        wrong("maxWaiting", () -> new UpstreamSettings("a", List.of(), 1, 1, -1, SECOND, 1));
        wrong("longestWait", () -> new UpstreamSettings("a", List.of(), 1, 1, 0, Duration.ZERO, 1));
        wrong("tries", () -> new UpstreamSettings("a", List.of(), 1, 1, 0, SECOND, 0));
    }

    @Test
    void thePaceIsThatOfTheRate() {
        assertThat(UpstreamSettings.of("a").pace()).isEqualTo(Duration.ofNanos(333_333_333));
        assertThat(new UpstreamSettings("a", List.of(), 1, 0, 0, SECOND, 1).pace())
                .isZero();
    }

    private static void wrong(String name, ThrowingCallable settings) {
        assertThatIllegalArgumentException().isThrownBy(settings).withMessageStartingWith(name);
    }
}
