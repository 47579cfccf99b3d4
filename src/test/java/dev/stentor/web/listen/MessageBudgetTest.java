package dev.stentor.web.listen;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageBudgetTest {

    @Test
    void aBurstIsReadAtOnceAndThenOneMessageAtATime() {
        var budget = new MessageBudget(200, 10);
        for (int i = 0; i < 10; i++) {
            assertThat(budget.spend(0)).as("message %d", i).isZero();
        }
        assertThat(budget.spend(0)).isEqualTo(5_000);
        assertThat(budget.spend(5_000)).isEqualTo(5_000);
    }

    @Test
    void whoWaitsMaySendABurstAgain() {
        var budget = new MessageBudget(200, 10);
        for (int i = 0; i < 11; i++) {
            var _ = budget.spend(0);
        }
        for (int i = 0; i < 10; i++) {
            assertThat(budget.spend(1_000_000)).isZero();
        }
        assertThat(budget.spend(1_000_000)).isEqualTo(5_000);
    }

    @Test
    void zeroMeansAsManyAsCome() {
        var budget = new MessageBudget(0, 0);
        for (int i = 0; i < 10_000; i++) {
            assertThat(budget.spend(0)).isZero();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3})
    void whoeverWaitsAsToldNeverGetsMoreThanTheRateAndTheBurst(long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        var budget = new MessageBudget(200, 50);
        long now = 0;
        for (int read = 1; read <= 5_000; read++) {
            now += budget.spend(now) + (random.nextInt(20) == 0 ? random.nextInt(100_000) : 0);
            assertThat((double) read).isLessThanOrEqualTo(52 + now * 200 / 1e6);
        }
    }
}
