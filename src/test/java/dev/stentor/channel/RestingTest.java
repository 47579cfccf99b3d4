package dev.stentor.channel;

import static dev.stentor.channel.Booth.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelEvent.TimelineMoved;
import dev.stentor.channel.UtteranceRequest.Mode;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Sinks;

/** Tests of the ticks that a channel leaves out because sound would only gather for the next send. */
class RestingTest {

    private static final Duration TICK = Duration.ofMillis(20);
    private static final byte[] FIVE_SECONDS = Signals.selfIndexing(5 * SECOND);

    private static final ChannelSettings SETTINGS =
            ChannelSettings.conversation().withLead(Duration.ofMillis(300));

    private final Booth booth = new Booth(ScriptedEngine.speaking(FIVE_SECONDS, 9_600), SETTINGS);

    @Test
    void inTheMiddleOfSpeechTheChannelRunsOnlyWhenSoundIsSent() {
        booth.output.ticksUntilSent = 5;
        booth.speak("one");
        booth.clock.advance(Duration.ofSeconds(1));
        assertThat(flushesWithin(Duration.ofSeconds(2))).isEqualTo(20);
    }

    @Test
    void allFramesComeInTimeThen() {
        booth.output.ticksUntilSent = 5;
        booth.speak("one");
        booth.clock.advance(TICK);
        int frames = booth.output.frames();
        while (booth.output.frames() < 250) {
            booth.clock.advance(TICK);
            long now = booth.clock.micros();
            assertThat(booth.audio().subList(frames, booth.output.frames()))
                    .allSatisfy(frame -> assertThat(frame.playMicros() - now).isBetween(200_000L, 320_000L));
            frames = booth.output.frames();
        }
        assertThat(booth.output.sound()).isEqualTo(FIVE_SECONDS);
        assertThat(booth.output.all(TimelineMoved.class)).hasSize(1);
    }

    @Test
    void anInterruptionEndsTheRest() {
        booth.output.ticksUntilSent = 5;
        booth.speak("one");
        booth.clock.advance(Duration.ofMillis(1_030));
        booth.output.ticksUntilSent = 1;
        int before = booth.output.frames();
        booth.speak("two", Mode.INTERRUPT);
        assertThat(booth.output.frames()).as("released at once").isGreaterThan(before);
        assertThat(flushesWithin(Duration.ofMillis(200))).isEqualTo(10);
        booth.clock.advance(Duration.ofSeconds(5));
        assertThat(booth.audio().getLast().last()).isTrue();
    }

    @Test
    void aRestThatWasEndedIsNotTickedTwice() {
        booth.output.ticksUntilSent = 5;
        booth.speak("one");
        booth.clock.advance(Duration.ofMillis(1_030));
        for (int i = 0; i < 10; i++) {
            booth.speak("again", Mode.INTERRUPT);
        }
        booth.clock.advance(Duration.ofSeconds(1));
        assertThat(flushesWithin(Duration.ofSeconds(1))).isEqualTo(10);
    }

    @Test
    void aChannelWhoseSoundComesJustInTimeDoesNotRest() {
        Sinks.Many<ByteBuffer> source = Sinks.many().unicast().onBackpressureBuffer();
        var slow = new Booth(ScriptedEngine.of(_ -> source.asFlux()), SETTINGS);
        slow.output.ticksUntilSent = 5;
        slow.speak("one");
        int flushes = 0;
        for (int frame = 0; frame < 100; frame++) {
            source.tryEmitNext(ByteBuffer.wrap(Signals.selfIndexing(frame * 480L, 480)))
                    .orThrow();
            int before = slow.output.flushes;
            slow.clock.advance(TICK);
            flushes += slow.output.flushes - before;
        }
        assertThat(flushes).isGreaterThanOrEqualTo(100);
    }

    @Test
    void aPauseDoesNotRest() {
        booth.output.ticksUntilSent = 5;
        booth.speak("one");
        booth.clock.advance(Duration.ofSeconds(1));
        booth.answer(booth.channel.pause());
        booth.clock.advance(Duration.ofSeconds(1));
        long held = booth.audio().getLast().pos();
        booth.answer(booth.channel.resume());
        booth.clock.advance(TICK);
        assertThat(booth.audio().getLast().pos()).isGreaterThan(held);
        booth.clock.advance(Duration.ofSeconds(6));
        assertThat(booth.output.sound()).isEqualTo(FIVE_SECONDS);
    }

    @Test
    void theEndOfAnUtteranceAndTheNextOneAreNotHeldUp() {
        booth.output.ticksUntilSent = 5;
        booth.speak("one");
        booth.speak("two");
        booth.clock.advance(Duration.ofSeconds(11));
        assertThat(booth.output.all(TimelineMoved.class))
                .as("one stream of sound")
                .hasSize(1);
        assertThat(booth.output.all(Audio.class)).hasSize(500);
    }

    private int flushesWithin(Duration time) {
        int before = booth.output.flushes;
        booth.clock.advance(time);
        return booth.output.flushes - before;
    }
}
