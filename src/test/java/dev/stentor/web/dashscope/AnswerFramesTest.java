package dev.stentor.web.dashscope;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.testing.Signals;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;
import reactor.test.scheduler.VirtualTimeScheduler;

class AnswerFramesTest {

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final TestPublisher<ByteBuffer> audio = TestPublisher.create();

    @Test
    void oneFrameForEachBufferAndOneForTheEnd() {
        StepVerifier.create(frames(Flux.fromIterable(Signals.chunks(new byte[6], 2))))
                .expectNextMatches(frame -> frame.startsWith("id:1\nevent:result\n"))
                .expectNextMatches(frame -> frame.startsWith("id:2\nevent:result\n"))
                .expectNextMatches(frame -> frame.startsWith("id:3\nevent:result\n"))
                .expectNextMatches(frame -> frame.startsWith("id:4\nevent:result\n") && frame.contains("\"stop\""))
                .verifyComplete();
    }

    @Test
    void noMoreThanOneBufferIsAskedForInAdvance() {
        StepVerifier.create(frames(audio.flux()), 0)
                .expectSubscription()
                .then(() -> audio.assertMinRequested(1).assertMaxRequested(1))
                .then(() -> audio.next(ByteBuffer.allocate(2)))
                .then(() -> audio.assertMinRequested(0).assertMaxRequested(1))
                .thenRequest(1)
                .expectNextMatches(frame -> frame.startsWith("id:1\n"))
                .then(() -> audio.assertMaxRequested(2))
                .thenCancel()
                .verify();
        audio.assertCancelled();
    }

    @Test
    void commentsComeOnlyInSilence() {
        StepVerifier.create(frames(audio.flux()))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(14)))
                .then(() -> audio.next(ByteBuffer.allocate(2)))
                .expectNextMatches(frame -> frame.startsWith("id:1\n"))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(15)))
                .then(() -> audio.next(ByteBuffer.allocate(2)))
                .expectNextMatches(frame -> frame.startsWith("id:2\n"))
                .then(() -> time.advanceTimeBy(Duration.ofSeconds(30)))
                .expectNext(": ping\n\n")
                .then(audio::complete)
                .expectNextMatches(frame -> frame.startsWith("id:3\n"))
                .expectComplete()
                .verify(Duration.ofSeconds(10));
    }

    @Test
    void commentsDoNotPileUpBeforeAClientThatDoesNotRead() {
        StepVerifier.create(frames(audio.flux()), 0)
                .expectSubscription()
                .then(() -> time.advanceTimeBy(Duration.ofHours(1)))
                .thenRequest(1)
                .expectNext(": ping\n\n")
                .thenRequest(10)
                .then(() -> audio.next(ByteBuffer.allocate(2)))
                .expectNextMatches(frame -> frame.startsWith("id:1\n"))
                .thenCancel()
                .verify(Duration.ofSeconds(10));
    }

    @Test
    void theEndStopsTheTimer() {
        StepVerifier.create(frames(Flux.empty())).expectNextCount(1).verifyComplete();
        assertNoTimerRuns();
    }

    @Test
    void aFailureWithoutASoundIsThrown() {
        var failure = new SpeechException(new SpeechFailure.Unreachable("No connection."));
        StepVerifier.create(frames(Flux.error(failure)))
                .expectErrorMatches(error -> error.equals(failure))
                .verify();
        assertNoTimerRuns();
    }

    @Test
    void aFailureDoesNotOvertakeASoundThatWaits() {
        StepVerifier.create(frames(audio.flux()), 0)
                .expectSubscription()
                .then(() -> audio.next(ByteBuffer.allocate(2)))
                .then(() -> audio.error(new SpeechException(new SpeechFailure.Truncated("It broke off.", 1))))
                .thenRequest(2)
                .expectNextMatches(frame -> frame.startsWith("id:1\nevent:result\n"))
                .expectNextMatches(frame -> frame.startsWith("id:2\nevent:error\n:HTTP_STATUS/502\nstatus:502\n"))
                .verifyComplete();
    }

    private void assertNoTimerRuns() {
        long before = time.getScheduledTaskCount();
        time.advanceTimeBy(HEARTBEAT.multipliedBy(3));
        assertThat(time.getScheduledTaskCount()).isEqualTo(before);
    }

    private Flux<String> frames(Flux<ByteBuffer> sound) {
        return new AnswerFrames("r", new FrameEncoder("r", 1, 1), HEARTBEAT, time)
                .frames(sound, Mono.empty())
                .map(frame -> new String(frame, UTF_8));
    }
}
