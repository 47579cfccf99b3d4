package dev.stentor.channel;

import static dev.stentor.channel.Booth.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.channel.ChannelEvent.Phase;
import dev.stentor.channel.ChannelEvent.PhaseChanged;
import dev.stentor.channel.ChannelEvent.Reason;
import dev.stentor.channel.ChannelEvent.TimelineMoved;
import dev.stentor.channel.ChannelEvent.UtteranceEnded;
import dev.stentor.channel.ChannelEvent.UtteranceStarted;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/** Rules for what a channel asks of its engine, and what it does if the engine is late or fails. */
class PrefetcherTest {

    @Test
    void aLateEngineStallsTheChannelAndItsNextSoundGoesOutOnArrival() {
        Sinks.Many<ByteBuffer> source = Sinks.many().unicast().onBackpressureBuffer();
        Booth booth = new Booth(ScriptedEngine.of(request -> source.asFlux()));
        booth.speak("one");
        booth.clock.settle();
        source.tryEmitNext(second(0)).orThrow();
        booth.clock.advance(Duration.ofMillis(1_500));
        assertThat(booth.output.all(PhaseChanged.class))
                .extracting(PhaseChanged::phase)
                .containsExactly(Phase.SYNTHESIZING, Phase.PLAYING, Phase.STALLED);
        int before = booth.output.frames();
        booth.clock.advance(Duration.ofMillis(7));
        source.tryEmitNext(second(1)).orThrow();
        booth.clock.settle();
        assertThat(booth.output.frames() - before).isEqualTo(6);
        TimelineMoved moved = booth.output.all(TimelineMoved.class).getLast();
        assertThat(moved.playMicros()).isEqualTo(booth.clock.micros());
        source.tryEmitComplete().orThrow();
        booth.clock.advance(Duration.ofSeconds(2));
        assertThat(booth.output.sound()).isEqualTo(Signals.selfIndexing(2 * SECOND));
    }

    @Test
    void demandStopsAtThePrefetchBoundAndComesBack() {
        var engine = ScriptedEngine.speaking(Signals.selfIndexing(30 * SECOND), 48_000);
        var settings = ChannelSettings.conversation().withPrefetch(Duration.ofSeconds(8));
        Booth booth = new Booth(engine, settings);
        booth.speak("long");
        booth.clock.settle();
        assertThat(engine.requested()).isBetween(8L, 9L);
        booth.clock.advance(Duration.ofMillis(1_500));
        assertThat(engine.requested()).isBetween(8L, 9L);
        booth.clock.advance(Duration.ofMillis(1_500));
        assertThat(engine.requested()).isBetween(10L, 12L);
        booth.clock.advance(Duration.ofSeconds(40));
        assertThat(booth.output.sound()).isEqualTo(Signals.selfIndexing(30 * SECOND));
    }

    @Test
    void theNextUtteranceIsFetchedWhileTheFirstPlays() {
        var engine = ScriptedEngine.speaking(Signals.selfIndexing(3 * SECOND), 48_000);
        Booth booth = new Booth(engine);
        booth.speak("one");
        booth.speak("two");
        booth.clock.advance(Duration.ofMillis(100));
        assertThat(engine.requests()).hasSize(2);
        assertThat(booth.output.all(UtteranceStarted.class)).hasSize(1);
    }

    @Test
    void whatCameBeforeAFailureIsPlayedAndTheChannelGoesOn() {
        byte[] sound = Signals.selfIndexing(3_000);
        var failure = new SpeechFailure.Truncated("cut", 3_000);
        var engine = ScriptedEngine.of(request -> request.text().equals("bad")
                ? Flux.fromIterable(Signals.chunks(sound, 960))
                        .concatWith(Flux.error(new dev.stentor.speech.SpeechException(failure)))
                : Flux.fromIterable(Signals.chunks(sound, 960)));
        Booth booth = new Booth(engine);
        Utterance bad = booth.speak("bad");
        booth.speak("good");
        booth.clock.advance(Duration.ofSeconds(1));
        assertThat(booth.output.all(UtteranceEnded.class))
                .extracting(UtteranceEnded::reason)
                .containsExactly(Reason.FAILED, Reason.DONE);
        assertThat(booth.output.all(UtteranceEnded.class).getFirst().samples()).isEqualTo(3_000);
        Utterance after = booth.utterance(bad.id());
        assertThat(after.state()).isEqualTo(Utterance.State.FAILED);
        assertThat(after.failure()).isEqualTo(failure);
    }

    @Test
    void anUtteranceThatFailsBeforeItsFirstSampleEndsWithoutHavingStarted() {
        var failure = new SpeechFailure.InvalidInput("voice", "There is no voice 'x'.");
        Booth booth = new Booth(ScriptedEngine.failingAfter(new byte[0], 2, failure));
        booth.speak("one");
        booth.clock.advance(Duration.ofMillis(100));
        assertThat(booth.output.all(UtteranceStarted.class)).isEmpty();
        assertThat(booth.output.all(UtteranceEnded.class)).singleElement().satisfies(ended -> {
            assertThat(ended.samples()).isZero();
            assertThat(ended.failure()).isEqualTo(new ChannelEvent.Failure(failure.code(), failure.message()));
        });
    }

    @Test
    void anEngineThatSaysNothingForTooLongIsGivenUp() {
        var engine = ScriptedEngine.of(request -> Flux.never());
        Booth booth = new Booth(engine);
        booth.speak("one");
        booth.clock.advance(Duration.ofMillis(60_100));
        assertThat(booth.output.all(UtteranceEnded.class))
                .singleElement()
                .satisfies(ended -> assertThat(ended.failure())
                        .extracting(ChannelEvent.Failure::code)
                        .isEqualTo("UpstreamSilent"));
        assertThat(engine.cancellations()).isEqualTo(1);
    }

    private static ByteBuffer second(int index) {
        return ByteBuffer.wrap(Signals.selfIndexing((long) index * SECOND, SECOND))
                .asReadOnlyBuffer();
    }
}
