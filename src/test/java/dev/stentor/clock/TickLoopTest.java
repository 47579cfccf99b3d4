package dev.stentor.clock;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TickLoopTest {

    private final VirtualClock clock = new VirtualClock();
    private final List<Long> ticks = new ArrayList<>();

    @Test
    void ticksOnTheGridOfTwentyMilliseconds() {
        clock.advance(Duration.ofMillis(7));
        clock.activate(ticks::add);
        clock.advance(Duration.ofMillis(60));
        assertThat(ticks).containsExactly(1_020_000L, 1_040_000L, 1_060_000L);
    }

    @Test
    void allActiveOnesShareOneGrid() {
        List<Long> others = new ArrayList<>();
        clock.activate(ticks::add);
        clock.advance(Duration.ofMillis(13));
        clock.activate(others::add);
        clock.advance(Duration.ofMillis(27));
        assertThat(others).isEqualTo(ticks).hasSize(2);
    }

    @Test
    void whoBeginsLaterIsLeftAloneUntilThenAndNobodyWakesTheClockForIt() {
        clock.advance(Duration.ofMillis(7));
        clock.activate(3, ticks::add);
        assertThat(clock.wakesAt()).hasValue(1_060_000L);
        clock.advance(Duration.ofMillis(80));
        assertThat(ticks).containsExactly(1_060_000L, 1_080_000L);
    }

    @Test
    void whoBeginsLaterSharesTheGridOfThoseWhoTick() {
        List<Long> others = new ArrayList<>();
        clock.activate(2, now -> {
            others.add(now);
            clock.activate(4, others::add);
            return false;
        });
        clock.activate(ticks::add);
        clock.advance(Duration.ofMillis(130));
        assertThat(ticks).hasSize(6);
        assertThat(others).containsExactly(ticks.get(1), ticks.get(5));
    }

    @Test
    void thePointsOfOtherGridsLieBetweenThoseOfTheFirst() {
        var several = new VirtualClock(4);
        List<Long> others = new ArrayList<>();
        several.advance(Duration.ofMillis(7));
        several.activate(ticks::add);
        several.activate(1, 1, others::add);
        several.activate(2, -2, now -> !others.add(now));
        several.advance(Duration.ofMillis(40));
        assertThat(ticks).containsExactly(1_020_000L, 1_040_000L);
        assertThat(others).containsExactly(1_025_000L, 1_030_000L, 1_045_000L);
    }

    @Test
    void withOneGridEveryNumberMeansThat() {
        clock.activate(1, 7, ticks::add);
        clock.advance(Duration.ofMillis(20));
        assertThat(ticks).containsExactly(1_020_000L);
    }

    @Test
    void aChannelsClockTicksOnItsGridByItsOwnTime() {
        var several = new VirtualClock(4);
        var channel = new OffsetClock(several, 5);
        channel.shift(new OffsetClock.Offset(1_000, 0));
        channel.activate(ticks::add);
        several.advance(Duration.ofMillis(30));
        assertThat(ticks).containsExactly(1_006_000L, 1_026_000L);
    }

    @Test
    void aPauseOfTheProcessGivesOneTickOnAnotherGridToo() {
        var several = new VirtualClock(4);
        several.activate(1, 1, ticks::add);
        several.pause(Duration.ofMillis(505));
        several.advance(Duration.ofMillis(20));
        assertThat(ticks).containsExactly(1_505_000L, 1_525_000L);
    }

    @Test
    void whoIsDoneIsNotTickedAgain() {
        clock.activate(now -> {
            ticks.add(now);
            return false;
        });
        clock.advance(Duration.ofSeconds(1));
        assertThat(ticks).hasSize(1);
    }

    @Test
    void aPauseOfTheProcessGivesOneTickNotMany() {
        clock.activate(ticks::add);
        clock.pause(Duration.ofMillis(505));
        assertThat(ticks).containsExactly(1_505_000L);
        clock.advance(Duration.ofMillis(20));
        assertThat(ticks).containsExactly(1_505_000L, 1_520_000L);
    }

    @Test
    void tasksRunInOrderAndTimersWhenDue() {
        List<String> done = new ArrayList<>();
        var _ = clock.after(Duration.ofMillis(30), () -> done.add("timer"));
        clock.after(Duration.ofMillis(40), () -> done.add("never")).cancel();
        clock.execute(() -> done.add("first"));
        clock.execute(() -> {
            done.add("second");
            clock.execute(() -> done.add("third"));
        });
        clock.settle();
        assertThat(done).containsExactly("first", "second", "third");
        clock.advance(Duration.ofMillis(100));
        assertThat(done).containsExactly("first", "second", "third", "timer");
    }

    @Test
    void anIdleLoopWaitsForNothing() {
        var loop = new TickLoop(fault -> {}, 1);
        assertThat(loop.run(5)).isEqualTo(TickLoop.NOTHING);
        loop.activate(5, 1, 0, now -> false);
        assertThat(loop.run(6)).isEqualTo(20_000);
        assertThat(loop.run(20_000)).isEqualTo(TickLoop.NOTHING);
    }

    @Test
    void aFaultInOneTaskIsToldAndStopsNobody() {
        List<Throwable> faults = new ArrayList<>();
        var loop = new TickLoop(faults::add, 1);
        loop.execute(() -> {
            throw new IllegalStateException("planted");
        });
        loop.execute(() -> {
            throw new AssertionError("planted as well");
        });
        loop.execute(() -> ticks.add(1L));
        loop.activate(0, 1, 0, now -> {
            throw new IllegalStateException("planted too");
        });
        assertThat(loop.run(20_000)).isEqualTo(40_000);
        assertThat(faults).hasSize(3);
        assertThat(ticks).hasSize(1);
    }
}
