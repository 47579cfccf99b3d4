package dev.stentor.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.clock.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests of the measured load, and of the rule that refuses new work, in virtual time. */
class OverloadTest {

    private static final Duration BOUND = Duration.ofMillis(80);
    private static final Duration LATE = BOUND.plusMillis(1);

    private final List<RefusedWork> refused = new ArrayList<>();
    private final List<Duration> loopLate = new ArrayList<>();
    private final LoadStats stats = new LoadStats() {
        @Override
        public void loopLate(Duration lateness) {
            loopLate.add(lateness);
        }

        @Override
        public void refused(RefusedWork work) {
            refused.add(work);
        }
    };

    private boolean listened = true;
    private final Overload overload = new Overload(new OverloadSettings(BOUND, 85), stats);

    @Test
    void oneLongPauseIsNoOverload() {
        observe(4, LATE, 0);
        observe(10, BOUND, 0);
        assertThat(overload.isOverloaded()).isFalse();
    }

    @Test
    void halfOfTwoSecondsPastTheBoundIsOverload() {
        for (int i = 0; i < 5; i++) {
            assertThat(overload.refuses(RefusedWork.REQUEST)).isFalse();
            observe(1, LATE, 0);
            observe(1, Duration.ZERO, 0);
        }
        assertThat(overload.refuses(RefusedWork.LISTENER)).isTrue();
        assertThat(refused).containsExactly(RefusedWork.LISTENER);
    }

    @Test
    void itEndsAfterThreeSecondsWithoutASamplePastTheBound() {
        observe(5, LATE, 0);
        observe(14, BOUND, 0);
        observe(1, LATE, 0);
        observe(14, BOUND, 0);
        assertThat(overload.isOverloaded()).isTrue();
        observe(1, BOUND, 0);
        assertThat(overload.isOverloaded()).isFalse();
    }

    @Test
    void memoryThatIsNearlyFullIsOverloadToo() {
        observe(5, Duration.ZERO, 85);
        assertThat(overload.isOverloaded()).isFalse();
        observe(5, Duration.ZERO, 86);
        assertThat(overload.isOverloaded()).isTrue();
    }

    @Test
    void zeroSwitchesABoundOff() {
        var off = new Overload(new OverloadSettings(Duration.ZERO, 0), stats);
        for (int i = 0; i < 20; i++) {
            off.observe(Duration.ofMinutes(1), 100);
        }
        assertThat(off.isOverloaded()).isFalse();
    }

    @Test
    void aLoopThatHangsIsSeenAndOneThatRunsIsNot() {
        var clock = new VirtualClock();
        List<Runnable> hanging = new ArrayList<>();
        var probe = LoadProbe.start(clock, List.of(hanging::add), () -> 0, () -> listened, overload, stats);
        clock.advance(Duration.ofMillis(1_500));
        assertThat(overload.isOverloaded()).isTrue();
        assertThat(hanging).as("a loop that hangs gets no second task").hasSize(1);
        assertThat(loopLate.getLast()).isEqualTo(Duration.ofMillis(1_200));
        clock.advance(Duration.ofSeconds(5));
        assertThat(overload.isOverloaded()).isTrue();
        assertThat(probe.age()).isLessThan(Duration.ofMillis(201));
    }

    @Test
    void aClockThatStoodStillIsLate() {
        var clock = new VirtualClock();
        var probe = LoadProbe.start(clock, List.of(Runnable::run), () -> 0, () -> listened, overload, stats);
        for (int i = 0; i < 6; i++) {
            clock.pause(Duration.ofMillis(300));
        }
        assertThat(overload.isOverloaded()).isTrue();
        clock.advance(Duration.ofSeconds(4));
        assertThat(overload.isOverloaded()).isFalse();
        assertThat(probe.age()).isLessThanOrEqualTo(Overload.INTERVAL);
    }

    @Test
    void latenessDoesNotCountWhileNobodyListens() {
        var clock = new VirtualClock();
        listened = false;
        var probe = LoadProbe.start(clock, List.of(Runnable::run), () -> 0, () -> listened, overload, stats);
        pauses(clock);
        assertThat(overload.isOverloaded()).isFalse();
        listened = true;
        pauses(clock);
        assertThat(overload.isOverloaded()).isTrue();
        assertThat(probe.age()).isZero();
    }

    private static void pauses(VirtualClock clock) {
        for (int i = 0; i < 6; i++) {
            clock.pause(Duration.ofMillis(300));
        }
    }

    private void observe(int times, Duration lateness, int memoryPercent) {
        for (int i = 0; i < times; i++) {
            overload.observe(lateness, memoryPercent);
        }
    }
}
