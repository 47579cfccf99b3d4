package dev.stentor.channel;

import static dev.stentor.channel.Booth.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelEvent.Phase;
import dev.stentor.channel.ChannelEvent.SpeechCleared;
import dev.stentor.channel.ChannelEvent.SpeechPaused;
import dev.stentor.channel.ChannelEvent.SpeechResumed;
import dev.stentor.channel.ChannelEvent.TimelineMoved;
import dev.stentor.channel.Utterance.State;
import dev.stentor.channel.UtteranceRequest.Mode;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Rules for pauses: holding the sound, and letting it go on. */
class PauseTest {

    private static final byte[] FIVE_SECONDS = Signals.selfIndexing(5 * SECOND);

    private final Booth booth = new Booth(ScriptedEngine.speaking(FIVE_SECONDS, 9_600));

    @Test
    void aPauseHoldsTheSoundAndLosesNothing() {
        booth.speak("one");
        booth.clock.advance(Duration.ofSeconds(1));
        booth.answer(booth.channel.pause());
        int frames = booth.output.frames();
        long held = booth.output.all(SpeechPaused.class).getFirst().pos();
        assertThat(held).isBetween((long) SECOND - 960, (long) SECOND);
        booth.clock.advance(Duration.ofSeconds(3));
        assertThat(booth.output.frames()).isEqualTo(frames);
        assertThat(booth.answer(booth.channel.status()).phase()).isEqualTo(Phase.PAUSED);
        booth.answer(booth.channel.resume());
        assertThat(booth.output.all(SpeechResumed.class).getFirst().pos()).isEqualTo(held);
        TimelineMoved moved = booth.output.all(TimelineMoved.class).getLast();
        assertThat(moved.playMicros() - booth.clock.micros()).isEqualTo((moved.pos() - held) * 1_000 / 24);
        booth.clock.advance(Duration.ofSeconds(5));
        assertThat(booth.output.sound()).isEqualTo(FIVE_SECONDS);
        assertThat(booth.output.all(Audio.class)).extracting(Audio::generation).containsOnly(1);
    }

    @Test
    void aPauseOfAnIdleChannelHoldsWhatComes() {
        booth.answer(booth.channel.pause());
        booth.speak("one");
        booth.clock.advance(Duration.ofSeconds(1));
        assertThat(booth.output.frames()).isZero();
        booth.answer(booth.channel.resume());
        booth.clock.advance(Duration.ofSeconds(6));
        assertThat(booth.output.sound()).isEqualTo(FIVE_SECONDS);
    }

    @Test
    void aPauseThatNobodyEndsIsClearedInTheEnd() {
        booth.speak("one");
        booth.clock.advance(Duration.ofSeconds(1));
        booth.answer(booth.channel.pause());
        booth.clock.advance(Duration.ofMinutes(11));
        assertThat(booth.utterance("u1").state()).isEqualTo(State.CLEARED);
        assertThat(booth.output.all(SpeechCleared.class))
                .extracting(cleared -> cleared.clear().reason())
                .containsExactly("pause_expired");
        assertThat(booth.answer(booth.channel.status()).phase()).isEqualTo(Phase.IDLE);
    }

    @Test
    void aPauseThatACancellationEndedClearsNothingLater() {
        booth.speak("one");
        booth.clock.advance(Duration.ofSeconds(1));
        booth.answer(booth.channel.pause());
        var _ = booth.answer(booth.channel.cancel("u1"));
        booth.clock.advance(Duration.ofSeconds(598));
        booth.speak("two");
        booth.clock.advance(Duration.ofSeconds(6));
        assertThat(booth.utterance("u2").state()).isEqualTo(State.DONE);
        assertThat(booth.output.all(SpeechCleared.class))
                .extracting(cleared -> cleared.clear().reason())
                .containsExactly("cancel");
    }

    @Test
    void aChannelThatIsHeldIsNotGivenUp() {
        booth.answer(booth.channel.pause());
        booth.clock.advance(Duration.ofSeconds(61));
        assertThat(booth.channel.isIdleFor(Duration.ofSeconds(60))).isFalse();
        booth.answer(booth.channel.resume());
        booth.clock.advance(Duration.ofSeconds(61));
        assertThat(booth.channel.isIdleFor(Duration.ofSeconds(60))).isTrue();
    }

    @Test
    void interruptingEndsAPause() {
        booth.speak("one");
        booth.clock.advance(Duration.ofSeconds(1));
        booth.answer(booth.channel.pause());
        booth.speak("now", Mode.INTERRUPT);
        booth.clock.advance(Duration.ofSeconds(20));
        assertThat(booth.utterance("u2").state()).isEqualTo(State.DONE);
    }
}
