package dev.stentor.speech.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

class TimedCallTest {

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final TestPublisher<ByteBuffer> sound = TestPublisher.create();
    private final List<String> told = new ArrayList<>();
    private final CallStats stats = new CallStats() {
        @Override
        public void began(String upstream, Duration after) {
            told.add(upstream + " began after " + after.toMillis());
        }

        @Override
        public void ended(String upstream, long bytes, Duration waited) {
            told.add(upstream + " gave " + bytes + " in " + waited.toMillis());
        }
    };

    private final Flux<ByteBuffer> call = TimedCall.of(sound.flux(), "cloud", stats, time);

    @Test
    void timeInWhichNothingIsWantedDoesNotCount() {
        StepVerifier.create(call, 1)
                .then(() -> wait(300))
                .then(() -> sound.next(ByteBuffer.allocate(480)))
                .expectNextCount(1)
                .then(() -> wait(60_000))
                .thenRequest(1)
                .then(() -> wait(50))
                .then(() -> sound.next(ByteBuffer.allocate(480)))
                .expectNextCount(1)
                .then(sound::complete)
                .verifyComplete();
        assertThat(told).containsExactly("cloud began after 300", "cloud gave 960 in 350");
    }

    @Test
    void allTimeCountsForWhoWantsEverything() {
        StepVerifier.create(call)
                .then(() -> wait(100))
                .then(() -> sound.next(ByteBuffer.allocate(480)))
                .then(() -> wait(200))
                .then(() -> sound.next(ByteBuffer.allocate(480)))
                .expectNextCount(2)
                .then(sound::complete)
                .verifyComplete();
        assertThat(told).containsExactly("cloud began after 100", "cloud gave 960 in 300");
    }

    private void wait(int millis) {
        time.advanceTimeBy(Duration.ofMillis(millis));
    }
}
