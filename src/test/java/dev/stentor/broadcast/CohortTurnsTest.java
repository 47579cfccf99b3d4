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
        var turns = new CohortTurns(11, 0);
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
        var turns = new CohortTurns(-3, 0);
        List<Integer> all = IntStream.range(0, cohorts)
                .boxed()
                .flatMap(number -> turnsOf(turns, number, cohorts, batchTicks).stream())
                .toList();
        assertThat(all).doesNotHaveDuplicates();
    }

    @ParameterizedTest(name = "a tick of a grid {0} µs behind the first that comes {1} µs late")
    @CsvSource({"0, 0", "0, 300", "0, 9000", "0, -300", "7500, 9000", "7500, -300", "17500, 9000"})
    void aTickThatIsALittleLateIsTheSameOne(long gridMicros, long lateMicros) {
        long now = 10 * TickClock.TICK_MICROS + gridMicros + lateMicros;
        assertThat(new CohortTurns(0, gridMicros).isTurn(0, 1, 5, now)).isTrue();
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
