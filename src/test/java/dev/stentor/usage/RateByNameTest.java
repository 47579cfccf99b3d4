package dev.stentor.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateByNameTest {

    private final AtomicLong micros = new AtomicLong(5);
    private final RateByName rate = new RateByName(Duration.ofMillis(500), 3, micros::get);

    @Test
    void aBurstPassesAndThenOneForEachInterval() {
        for (int i = 0; i < 3; i++) {
            assertThat(rate.count("a")).isZero();
        }
        assertThat(rate.count("a")).isEqualTo(Duration.ofMillis(500));
        pass(Duration.ofMillis(200));
        assertThat(rate.count("a")).isEqualTo(Duration.ofMillis(300));
        pass(Duration.ofMillis(300));
        assertThat(rate.count("a")).isZero();
        assertThat(rate.count("a")).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void whatWasRefusedIsNotPaidForAndTimeIsNotSavedUp() {
        for (int i = 0; i < 1_000; i++) {
            var _ = rate.count("a");
        }
        pass(Duration.ofHours(1));
        for (int i = 0; i < 3; i++) {
            assertThat(rate.count("a")).isZero();
        }
        assertThat(rate.count("a")).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void namesDoNotShareUntilThereAreTooMany() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(rate.count("name-" + i)).isZero();
        }
        for (int i = 0; i < 3; i++) {
            assertThat(rate.count("new-" + i)).isZero();
        }
        assertThat(rate.count("new-3")).isPositive();
        assertThat(rate.count("name-1")).isZero();
        pass(Duration.ofSeconds(2));
        assertThat(rate.count("new-3")).isZero();
    }

    @Test
    void aRateIsPositive() {
        assertThatThrownBy(() -> new RateByName(Duration.ZERO, 1, micros::get))
                .hasMessageContaining("a rate is positive");
        assertThatThrownBy(() -> new RateByName(Duration.ofSeconds(1), 0, micros::get))
                .hasMessageContaining("a rate is positive");
    }

    private void pass(Duration time) {
        micros.addAndGet(time.toNanos() / 1_000);
    }
}
