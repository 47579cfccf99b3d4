package dev.stentor.speech;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

class SilenceTimeoutTest {

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Duration ALMOST = LONGEST.minusMillis(1);
    private static final Duration REST = Duration.ofMillis(1);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final SilenceTimeout silence = new SilenceTimeout(LONGEST, time);
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
    void moreDemandIsNoSignOfLife() {
        verify(stream -> stream.thenRequest(1)
                        .then(() -> time.advanceTimeBy(ALMOST))
                        .thenRequest(5))
                .then(() -> time.advanceTimeBy(REST))
                .verifyErrorMessage("silent");
    }

    @Test
    void itsTimerEndsWithTheStream() {
        verify(UnaryOperator.identity()).thenCancel().verify();
        time.advanceTimeBy(LONGEST);
        assertThat(time.getScheduledTaskCount()).isZero();
    }

    private StepVerifier.Step<String> verify(UnaryOperator<StepVerifier.Step<String>> steps) {
        return steps.apply(
                StepVerifier.create(silence.guard(source.flux(), () -> new IllegalStateException("silent")), 0)
                        .expectSubscription());
    }
}
