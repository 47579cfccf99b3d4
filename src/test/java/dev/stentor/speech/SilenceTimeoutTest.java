package dev.stentor.speech;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

class SilenceTimeoutTest {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration ALMOST = LONGEST.minusMillis(1);
    private static final Duration REST = Duration.ofMillis(1);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final SilenceTimeout silence = new SilenceTimeout(LONGEST, time);
    private final CountingTimer counting = new CountingTimer(time);
    private final TestPublisher<String> source = TestPublisher.create();

    @AfterEach
    void end() {
        time.dispose();
    }

    @Test
    void endsWhatWasAskedForAndDoesNotCome() {
        verify(stream -> stream.thenRequest(1).then(() -> time.advanceTimeBy(ALMOST)))
                .then(() -> time.advanceTimeBy(REST))
                .verifyErrorMessage("silent");
        source.assertCancelled();
    }

    @Test
    void doesNotRunWhileNothingIsAskedFor() {
        verify(stream -> stream.then(() -> time.advanceTimeBy(Duration.ofDays(1)))
                        .thenRequest(1)
                        .then(() -> time.advanceTimeBy(ALMOST))
                        .then(() -> source.next("a"))
                        .expectNext("a")
                        .then(() -> time.advanceTimeBy(Duration.ofDays(1)))
                        .thenRequest(1)
                        .then(() -> time.advanceTimeBy(ALMOST)))
                .then(() -> time.advanceTimeBy(REST))
                .verifyErrorMessage("silent");
    }

    @Test
    void startsAgainWithEveryBuffer() {
        verify(stream -> stream.thenRequest(Long.MAX_VALUE)
                        .then(() -> time.advanceTimeBy(ALMOST))
                        .then(() -> source.next("a"))
                        .expectNext("a")
                        .then(() -> time.advanceTimeBy(ALMOST)))
                .then(source::complete)
                .verifyComplete();
    }

    @Test
    void startsAgainWithEverySignOfLife() {
        verify(stream -> stream.thenRequest(1)
                        .then(() -> time.advanceTimeBy(ALMOST))
                        .then(silence::alive)
                        .then(() -> time.advanceTimeBy(ALMOST)))
                .then(() -> time.advanceTimeBy(REST))
                .verifyErrorMessage("silent");
    }

    @Test
    void signsOfLifeWithoutAnElementDoNotProlongItForEver() {
        verify(stream -> stream.thenRequest(1)
                        .then(() -> time.advanceTimeBy(ALMOST))
                        .then(silence::alive)
                        .then(() -> time.advanceTimeBy(ALMOST))
                        .then(silence::alive)
                        .then(() -> time.advanceTimeBy(REST)))
                .then(() -> time.advanceTimeBy(REST))
                .verifyErrorMessage("silent");
    }

    @Test
    void tellsForHowLongNothingCame() {
        StepVerifier.create(silence.guard(
                        source.flux(), waited -> new IllegalStateException("silent for " + waited.toSeconds() + " s")))
                .then(() -> time.advanceTimeBy(ALMOST))
                .then(() -> source.next("a"))
                .expectNext("a")
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(20)))
                .then(silence::alive)
                .then(() -> time.advanceTimeBy(LONGEST))
                .verifyErrorMessage("silent for 50 s");
    }

    @Test
    void moreDemandIsNoSignOfLife() {
        verify(stream -> stream.thenRequest(1)
                        .then(() -> time.advanceTimeBy(ALMOST))
                        .thenRequest(5))
                .then(() -> time.advanceTimeBy(REST))
                .verifyErrorMessage("silent");
    }

    @Test
    void oneTimerServesAllBuffers() {
        StepVerifier.create(new SilenceTimeout(LONGEST, counting).guard(Flux.range(1, 100), _ -> new AssertionError()))
                .expectNextCount(100)
                .verifyComplete();
        assertThat(counting.set).hasValue(1);
    }

    @Test
    void itsTimerEndsWithTheStream() {
        StepVerifier.create(new SilenceTimeout(LONGEST, counting).guard(source.flux(), _ -> new AssertionError()))
                .then(() -> time.advanceTimeBy(ALMOST))
                .thenCancel()
                .verify();
        time.advanceTimeBy(LONGEST);
        assertThat(counting.set).hasValue(1);
    }

    private StepVerifier.Step<String> verify(UnaryOperator<StepVerifier.Step<String>> steps) {
        return steps.apply(
                StepVerifier.create(silence.guard(source.flux(), _ -> new IllegalStateException("silent")), 0)
                        .expectSubscription());
    }

    /** A timer that counts how often it was set. */
    private static final class CountingTimer implements Scheduler {

        private final Scheduler timer;
        private final AtomicInteger set = new AtomicInteger();

        CountingTimer(Scheduler timer) {
            this.timer = timer;
        }

        @Override
        public Disposable schedule(Runnable task) {
            throw new UnsupportedOperationException("only timed tasks are expected");
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            set.incrementAndGet();
            return timer.schedule(task, delay, unit);
        }

        @Override
        public Worker createWorker() {
            return timer.createWorker();
        }

        @Override
        public long now(TimeUnit unit) {
            return timer.now(unit);
        }
    }
}
