package dev.stentor.speech.upstream;

import static dev.stentor.speech.upstream.Attempts.BUSY;
import static dev.stentor.speech.upstream.Attempts.DOWN;
import static dev.stentor.speech.upstream.Attempts.NO_KEY;
import static dev.stentor.speech.upstream.Attempts.NO_MODEL;
import static dev.stentor.speech.upstream.Attempts.SOUND;
import static dev.stentor.speech.upstream.Attempts.WRONG;
import static dev.stentor.speech.upstream.Attempts.failing;
import static dev.stentor.speech.upstream.Attempts.trying;
import static dev.stentor.speech.upstream.Attempts.whole;
import static dev.stentor.speech.upstream.Exchange.listening;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** Limits of a service's calls: their number, their pace, and pauses after failures. */
class GuardTest {

    private final Exchange exchange = new Exchange();

    @AfterEach
    void end() {
        exchange.close();
    }

    @Test
    void onlySoManyCallsAreMadeAtOnceAndTheNextInOrder() {
        var voices = new ArrayList<Sinks.Empty<ByteBuffer>>();
        var engine = ScriptedEngine.of(_ -> {
            voices.add(Sinks.empty());
            return voices.getLast().asMono().flux();
        });
        var upstream = exchange.upstream(engine, 2, 0, 2);
        var all = List.of("a", "b", "c", "d").stream()
                .map(text -> listening(upstream, text))
                .toList();
        assertThat(texts(engine)).containsExactly("a", "b");
        var tooMany = listening(upstream, "e");
        assertThat(tooMany.failure())
                .isEqualTo(new SpeechFailure.Throttled(
                        "Throttling", "Too many requests wait for the speech service.", null));
        voices.get(1).tryEmitEmpty().orThrow();
        assertThat(texts(engine)).containsExactly("a", "b", "c");
        all.get(3).listening.dispose();
        var next = listening(upstream, "f");
        voices.getFirst().tryEmitEmpty().orThrow();
        assertThat(texts(engine)).as("who left gave the place away").containsExactly("a", "b", "c", "f");
        assertThat(next.failure()).isNull();
        assertThat(upstream.stats().throttled()).isEqualTo(1);
        assertThat(upstream.stats().failures()).isZero();
    }

    @Test
    void nobodyWaitsForAPlaceForEver() {
        var upstream = exchange.upstream(ScriptedEngine.of(_ -> Flux.never()), 1, 0, 2);
        var first = listening(upstream, "a");
        var second = listening(upstream, "b");
        exchange.time.advanceTimeBy(Duration.ofSeconds(10));
        assertThat(second.failure())
                .isEqualTo(
                        new SpeechFailure.Throttled("Throttling", "The speech service was busy for too long.", null));
        assertThat(first.failure()).isNull();
    }

    @Test
    void callsBeginAtAnEvenPace() {
        var begun = new ArrayList<Long>();
        var engine = ScriptedEngine.of(_ -> {
            begun.add(exchange.time.now(TimeUnit.MILLISECONDS));
            return Flux.empty();
        });
        var upstream = exchange.upstream(engine, 10, 4, 10);
        for (int i = 0; i < 8; i++) {
            var _ = listening(upstream);
        }
        var gone = listening(upstream);
        gone.listening.dispose();
        var _ = listening(upstream);
        exchange.time.advanceTimeBy(Duration.ofSeconds(4));
        assertThat(begun).containsExactly(0L, 250L, 500L, 750L, 1_000L, 1_250L, 1_500L, 1_750L, 2_000L);
    }

    @Test
    void aServiceThatFailsTooOftenIsLeftAloneForAWhileAndThenTried() {
        var engine = trying(
                failing(DOWN), failing(DOWN), failing(DOWN), failing(DOWN), failing(DOWN), failing(DOWN), whole());
        var upstream = exchange.upstream(engine);
        for (int i = 0; i < 2; i++) {
            assertThat(exchange.heard(upstream, Duration.ofSeconds(5)).failure())
                    .isEqualTo(DOWN);
        }
        assertThat(upstream.stats().state()).isEqualTo(UpstreamStats.State.DOWN);
        assertThat(exchange.heard(upstream, Duration.ZERO).failure()).isInstanceOf(SpeechFailure.Unreachable.class);
        assertThat(engine.requests()).hasSize(6);
        exchange.time.advanceTimeBy(Duration.ofSeconds(16));
        assertThat(exchange.heard(upstream, Duration.ZERO).audio()).isEqualTo(SOUND);
        assertThat(upstream.stats().state()).isEqualTo(UpstreamStats.State.TRYING);
        assertThat(exchange.heard(upstream, Duration.ZERO).audio()).isEqualTo(SOUND);
        assertThat(upstream.stats()).isEqualTo(new UpstreamStats("cloud", UpstreamStats.State.UP, 8, 6, 4, 0));
    }

    @Test
    void callsThatTellNothingDoNotKeepAServiceFromBeingTried() {
        var upstream = down(Flux.never(), Flux.never());
        var silent = List.of(listening(upstream), listening(upstream));
        assertThat(silent).extracting(Listening::failure).containsOnlyNulls();
        assertThat(exchange.heard(upstream, Duration.ZERO).failure()).isInstanceOf(SpeechFailure.Unreachable.class);
        exchange.time.advanceTimeBy(Duration.ofSeconds(15));
        for (int i = 0; i < 2; i++) {
            assertThat(exchange.heard(upstream, Duration.ZERO).audio()).isEqualTo(SOUND);
        }
        assertThat(upstream.stats().state()).isEqualTo(UpstreamStats.State.UP);
        assertThat(silent).extracting(Listening::failure).containsOnlyNulls();
    }

    @Test
    void aCallThatIsCancelledOrFailsInAnUnknownWayGivesItsPlaceBackAtOnce() {
        var upstream = down(Flux.never(), Flux.error(new IllegalStateException("a fault of our own")));
        listening(upstream).listening.dispose();
        var _ = listening(upstream);
        assertThat(exchange.heard(upstream, Duration.ZERO).audio()).isEqualTo(SOUND);
        assertThat(exchange.heard(upstream, Duration.ZERO).audio()).isEqualTo(SOUND);
        assertThat(upstream.stats().state()).isEqualTo(UpstreamStats.State.UP);
    }

    /** Returns a service that was left alone for a while and may be tried by now. It gives these, and then whole sounds. */
    private Upstream down(Flux<ByteBuffer> first, Flux<ByteBuffer> second) {
        var attempts = new ArrayList<Flux<ByteBuffer>>(Collections.nCopies(6, failing(DOWN)));
        attempts.addAll(List.of(first, second));
        var upstream = exchange.upstream(ScriptedEngine.of(_ -> attempts.isEmpty() ? whole() : attempts.removeFirst()));
        for (int i = 0; i < 2; i++) {
            var _ = exchange.heard(upstream, Duration.ofSeconds(5));
        }
        assertThat(upstream.stats().state()).isEqualTo(UpstreamStats.State.DOWN);
        exchange.time.advanceTimeBy(Duration.ofSeconds(16));
        return upstream;
    }

    @Test
    void whatIsNotTheServicesFaultDoesNotTakeItDown() {
        for (SpeechFailure failure : List.of(BUSY, WRONG, NO_MODEL)) {
            var upstream = exchange.upstream(trying(failing(failure)));
            for (int i = 0; i < 30; i++) {
                assertThat(exchange.heard(upstream, Duration.ofMinutes(1)).failure())
                        .isEqualTo(failure);
            }
            assertThat(upstream.stats().state()).isEqualTo(UpstreamStats.State.UP);
        }
        var left = exchange.upstream(ScriptedEngine.of(_ -> Flux.never()));
        for (int i = 0; i < 30; i++) {
            listening(left).listening.dispose();
        }
        assertThat(left.stats().state()).isEqualTo(UpstreamStats.State.UP);
    }

    @Test
    void aRefusedKeyShowsUntilItIsTaken() {
        var upstream = exchange.upstream(trying(failing(NO_KEY), whole()));
        var _ = exchange.heard(upstream, Duration.ZERO);
        assertThat(upstream.stats().state()).isEqualTo(UpstreamStats.State.KEY_REFUSED);
        var _ = exchange.heard(upstream, Duration.ZERO);
        assertThat(upstream.stats().state()).isEqualTo(UpstreamStats.State.UP);
    }

    private static List<String> texts(ScriptedEngine engine) {
        return engine.requests().stream().map(SpeechRequest::text).toList();
    }
}
