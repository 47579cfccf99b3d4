package dev.stentor.channel;

import static dev.stentor.channel.Booth.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.channel.ChannelEvent.Phase;
import dev.stentor.channel.ChannelEvent.PhaseChanged;
import dev.stentor.channel.ChannelEvent.TimelineMoved;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

class StartingTest {

    private static final Duration TENTH = Duration.ofMillis(100);
    private static final int WHOLE = 10 * SECOND;

    private final Sinks.Many<ByteBuffer> source = Sinks.many().unicast().onBackpressureBuffer();
    private int given;

    @Test
    void aConversationBeginsWithTheFirstFrame() {
        Booth booth = booth(Preset.CONVERSATION);
        give(booth, 40);
        assertThat(booth.output.frames()).isEqualTo(1);
    }

    @Test
    void aNarrationWaitsUntilAStallCannotBreakIt() {
        Booth booth = booth(Preset.NARRATION);
        for (int tenth = 0; tenth < 14; tenth++) {
            give(booth, 100);
            booth.clock.advance(TENTH);
        }
        assertThat(booth.output.frames()).isZero();
        for (int tenth = 14; tenth < 40; tenth++) {
            give(booth, 100);
            booth.clock.advance(TENTH);
        }
        booth.clock.advance(Duration.ofMillis(600));
        for (int tenth = 40; tenth < 100; tenth++) {
            give(booth, 100);
            booth.clock.advance(TENTH);
        }
        source.tryEmitComplete().orThrow();
        booth.clock.advance(Duration.ofSeconds(4));
        neverBroke(booth);
    }

    @Test
    void aSlowEngineIsWaitedForUntilTheRestLasts() {
        Booth booth = booth(Preset.NARRATION);
        int ticks = 0;
        while (given < WHOLE) {
            give(booth, 60); // 0.6 s of sound in each second
            booth.clock.advance(TENTH);
            ticks++;
        }
        source.tryEmitComplete().orThrow();
        booth.clock.advance(Duration.ofSeconds(11));
        assertThat(ticks).isGreaterThan(160);
        neverBroke(booth);
    }

    @Test
    void aShortTextBeginsWhenItIsWhole() {
        Booth booth = booth(Preset.NARRATION);
        give(booth, 300);
        booth.clock.advance(TENTH);
        assertThat(booth.output.frames()).isZero();
        source.tryEmitComplete().orThrow();
        booth.clock.settle();
        assertThat(booth.output.frames()).isEqualTo(15);
    }

    @Test
    void timeInWhichNothingWasAskedForIsNoDelayOfTheEngine() {
        var fast = Flux.fromIterable(Signals.chunks(Signals.selfIndexing(100 * SECOND), 9_600));
        Booth booth = new Booth(
                ScriptedEngine.of(request -> request.text().length() > 1_000 ? fast : source.asFlux()),
                ChannelSettings.of(Preset.NARRATION));
        booth.speak("x".repeat(1_430));
        booth.clock.advance(Duration.ofSeconds(102));
        int before = booth.output.frames();
        booth.speak("x".repeat(143));
        for (int tenth = 0; tenth < 20; tenth++) {
            give(booth, 100);
            booth.clock.advance(TENTH);
        }
        assertThat(booth.output.frames()).isGreaterThan(before);
    }

    @Test
    void aNarrationNeverWaitsForMoreThanItMayHold() {
        Booth booth = new Booth(
                ScriptedEngine.speaking(Signals.selfIndexing(WHOLE), 9_600),
                ChannelSettings.of(Preset.NARRATION).withPrefetch(Duration.ofSeconds(1)));
        booth.speak("x".repeat(143));
        booth.clock.advance(Duration.ofSeconds(11));
        assertThat(booth.output.sound()).isEqualTo(Signals.selfIndexing(WHOLE));
    }

    private Booth booth(Preset preset) {
        Booth booth = new Booth(ScriptedEngine.of(request -> source.asFlux()), ChannelSettings.of(preset));
        booth.speak("x".repeat(143)); // about ten seconds, as the channel guesses
        booth.clock.settle();
        return booth;
    }

    private void give(Booth booth, int millis) {
        int samples = Math.min(millis * 24, WHOLE - given);
        source.tryEmitNext(ByteBuffer.wrap(Signals.selfIndexing(given, samples)).asReadOnlyBuffer())
                .orThrow();
        given += samples;
        booth.clock.settle();
    }

    private static void neverBroke(Booth booth) {
        assertThat(booth.output.sound()).isEqualTo(Signals.selfIndexing(WHOLE));
        assertThat(booth.output.all(PhaseChanged.class))
                .extracting(PhaseChanged::phase)
                .containsExactly(Phase.SYNTHESIZING, Phase.PLAYING, Phase.IDLE);
        assertThat(booth.output.all(TimelineMoved.class)).hasSize(1);
    }
}
