package dev.stentor.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.publisher.TestPublisher;

class WarmUpTest {

    @Test
    void aWarmUpIsOverWhenItsUtterancesHaveEnded() {
        TestPublisher<Void> utterances = TestPublisher.create();
        WarmUp warmUp = WarmUp.start(enough -> utterances.mono());
        AtomicBoolean over = watch(warmUp);
        assertThat(over).isFalse();
        utterances.complete();
        assertThat(over).isTrue();
        assertThat(watch(warmUp)).as("for whoever asks later").isTrue();
    }

    @Test
    void aWarmUpThatFailsIsOver() {
        assertThat(watch(WarmUp.start(enough -> Mono.error(new IllegalStateException("no loopback address")))))
                .isTrue();
    }

    @Test
    void aWarmUpThatTakesTooLongIsToldAndThenGivenUp() {
        var told = new AtomicBoolean();
        StepVerifier.withVirtualTime(() -> WarmUp.start(enough ->
                                enough.doOnTerminate(() -> told.set(true)).then(Mono.never()))
                        .over())
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(9_999))
                .then(() -> assertThat(told).isFalse())
                .thenAwait(Duration.ofMillis(1))
                .then(() -> assertThat(told).isTrue())
                .expectNoEvent(Duration.ofMillis(1_999))
                .thenAwait(Duration.ofMillis(1))
                .verifyComplete();
    }

    @Test
    void theEndOfTheGatewayEndsTheWarmUpAndWaitsForIt() {
        TestPublisher<Void> rest = TestPublisher.create();
        WarmUp warmUp = WarmUp.start(enough -> enough.then(rest.mono()));
        warmUp.start();
        assertThat(warmUp.isRunning()).isTrue();
        var stopped = new AtomicBoolean();
        warmUp.stop(() -> stopped.set(true));
        assertThat(stopped).isFalse();
        rest.complete();
        assertThat(stopped).isTrue();
        assertThat(warmUp.isRunning()).isFalse();
    }

    @Test
    void aWarmUpAtOnceHoldsReadinessUpUntilItIsOver() {
        TestPublisher<Void> utterances = TestPublisher.create();
        WarmUp warmUp = WarmUp.start(enough -> utterances.mono());
        AtomicBoolean passed = watch(warmUp.passed());
        assertThat(passed).isFalse();
        utterances.complete();
        assertThat(passed).isTrue();
    }

    @Test
    void aWarmUpWhenReadyBeginsWithRequestsAndAnEngineAndHoldsNothingUp() {
        TestPublisher<Void> engine = TestPublisher.create();
        TestPublisher<Void> utterances = TestPublisher.create();
        WarmUp warmUp = WarmUp.startWhenReady(engine.mono(), enough -> utterances.mono());
        assertThat(watch(warmUp.passed())).isTrue();
        engine.complete();
        warmUp.onApplicationEvent(new AvailabilityChangeEvent<>(this, ReadinessState.REFUSING_TRAFFIC));
        utterances.assertWasNotSubscribed();
        warmUp.onApplicationEvent(new AvailabilityChangeEvent<>(this, ReadinessState.ACCEPTING_TRAFFIC));
        utterances.assertWasSubscribed();
        assertThat(watch(warmUp)).isFalse();
        utterances.complete();
        assertThat(watch(warmUp)).isTrue();
    }

    @Test
    void aWarmUpThatIsEndedBeforeTheGatewayIsReadyNeverBegins() {
        TestPublisher<Void> utterances = TestPublisher.create();
        WarmUp warmUp = WarmUp.startWhenReady(Mono.empty(), enough -> utterances.mono());
        warmUp.close();
        assertThat(watch(warmUp)).isTrue();
        warmUp.onApplicationEvent(new AvailabilityChangeEvent<>(this, ReadinessState.ACCEPTING_TRAFFIC));
        utterances.assertWasNotSubscribed();
    }

    private static AtomicBoolean watch(WarmUp warmUp) {
        return watch(warmUp.over());
    }

    private static AtomicBoolean watch(Mono<Void> signal) {
        var over = new AtomicBoolean();
        var _ = signal.subscribe(nothing -> {}, failed -> {}, () -> over.set(true));
        return over;
    }
}
