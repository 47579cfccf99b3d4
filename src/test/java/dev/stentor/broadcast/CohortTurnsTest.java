package dev.stentor.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.clock.TickClock;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of the ticks in which cohorts send. */
class CohortTurnsTest {

    private static final long SOON = 7 * TickClock.TICK_MICROS;

    @ParameterizedTest(name = "{0} cohorts, a send every {1} ticks")
    @CsvSource({"1, 5", "2, 5", "3, 5", "5, 5", "1, 3", "2, 3", "5, 3", "5, 1", "1, 1"})
    void eachCohortHasOneTurnWithinABatchAndTheNextOneIsKnown(int cohorts, int batchTicks) {
        var turns = new CohortTurns(11);
        for (int tick = 0; tick < batchTicks; tick++) {
            long now = SOON + tick * TickClock.TICK_MICROS;
            int next = turns.ticksUntilNext(cohorts, batchTicks, now);
            assertThat(anyTurn(turns, cohorts, batchTicks, now + next * TickClock.TICK_MICROS))
                    .isTrue();
            for (int between = 1; between < next; between++) {
                assertThat(anyTurn(turns, cohorts, batchTicks, now + between * TickClock.TICK_MICROS))
                        .isFalse();
            }
        }
        for (int number = 0; number < cohorts; number++) {
            assertThat(turnsOf(turns, number, cohorts, batchTicks)).hasSize(1);
        }
    }

    @ParameterizedTest(name = "{0} cohorts in a batch of {1} ticks")
    @CsvSource({"2, 5", "3, 5", "5, 5", "3, 3"})
    void noTwoCohortsSendInTheSameTickIfThereAreEnough(int cohorts, int batchTicks) {
        var turns = new CohortTurns(-3);
        List<Integer> all = IntStream.range(0, cohorts)
                .boxed()
                .flatMap(number -> turnsOf(turns, number, cohorts, batchTicks).stream())
                .toList();
        assertThat(all).doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = "a tick that comes {0} µs late")
    @CsvSource({"0", "300", "9000", "-300"})
    void aTickThatIsALittleLateIsTheSameOne(long lateMicros) {
        assertThat(new CohortTurns(0).isTurn(0, 1, 5, 10 * TickClock.TICK_MICROS + lateMicros))
                .isTrue();
    }

    private static List<Integer> turnsOf(CohortTurns turns, int number, int cohorts, int batchTicks) {
        return IntStream.range(0, batchTicks)
                .filter(tick -> turns.isTurn(number, cohorts, batchTicks, SOON + tick * TickClock.TICK_MICROS))
                .boxed()
                .toList();
    }

    private static boolean anyTurn(CohortTurns turns, int cohorts, int batchTicks, long now) {
        return IntStream.range(0, cohorts).anyMatch(number -> turns.isTurn(number, cohorts, batchTicks, now));
    }
}
