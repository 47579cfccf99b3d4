package dev.stentor.web.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HandshakeTurnsTest {

    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final List<Long> begun = new ArrayList<>();
    private HandshakeTurns turns;
    private long start;

    @BeforeEach
    void stopTheClock() {
        channel.freezeTime();
        turns = new HandshakeTurns(channel.eventLoop());
        start = now();
    }

    @AfterEach
    void end() {
        channel.finishAndReleaseAll();
    }

    @Test
    void betweenTwoStepsTheLoopIsLeftToOthersForAsLongAsTheFirstTook() {
        for (int millis : new int[] {2, 3, 1}) {
            turns.take("a", step(millis));
        }
        pass(20);
        assertThat(begun).containsExactly(0L, 4L, 10L);
    }

    @Test
    void aStepThatComesWhileTheLoopRestsWaitsThoughNoneIsBeforeIt() {
        turns.take("a", step(2));
        turns.take("a", step(2));
        assertThat(begun).containsExactly(0L);
        pass(2);
        assertThat(begun).containsExactly(0L, 4L);
        pass(2);
        turns.take("a", step(0));
        assertThat(begun).containsExactly(0L, 4L, 8L);
    }

    @Test
    void anAddressWithManyHandshakesDelaysItsOwnOnly() {
        List<String> order = new ArrayList<>();
        for (String address : List.of("a", "a", "a", "a", "b", "c", "b")) {
            turns.take(address, () -> {
                order.add(address);
                channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
            });
        }
        pass(20);
        assertThat(order).containsExactly("a", "a", "b", "c", "a", "b", "a");
    }

    @Test
    void aStepThatFailsDoesNotStopTheOthers() {
        assertThatThrownBy(() -> turns.take("a", () -> {
                    throw new IllegalStateException("broken");
                }))
                .isInstanceOf(IllegalStateException.class);
        turns.take("a", step(0));
        pass(1);
        assertThat(begun).hasSize(1);
    }

    private Runnable step(int millis) {
        return () -> {
            begun.add(TimeUnit.NANOSECONDS.toMillis(now() - start));
            channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        };
    }

    private void pass(int millis) {
        for (int i = 0; i < millis; i++) {
            channel.advanceTimeBy(1, TimeUnit.MILLISECONDS);
            channel.runScheduledPendingTasks();
        }
    }

    private long now() {
        return channel.eventLoop().ticker().nanoTime();
    }
}
