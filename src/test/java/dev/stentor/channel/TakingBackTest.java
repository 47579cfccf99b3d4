package dev.stentor.channel;

import static dev.stentor.channel.Booth.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.channel.ChannelEvent.SpeechCleared;
import dev.stentor.channel.ChannelEvent.UtteranceStarted;
import dev.stentor.channel.Utterance.State;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Rules for cancelling single utterances while they wait, are sent or are heard. */
class TakingBackTest {

    private final Booth booth = new Booth(ScriptedEngine.speaking(Signals.selfIndexing(5 * SECOND), 9_600));

    @Test
    void oneThatWaitsIsTakenBackWithoutANoise() {
        booth.speak("one");
        booth.speak("two");
        booth.speak("three");
        booth.clock.advance(Duration.ofMillis(500));
        assertThat(booth.answer(booth.channel.cancel("u2")).state()).isEqualTo(State.CLEARED);
        booth.clock.advance(Duration.ofSeconds(12));
        assertThat(booth.output.all(SpeechCleared.class)).isEmpty();
        assertThat(booth.output.all(UtteranceStarted.class))
                .extracting(UtteranceStarted::id)
                .containsExactly("u1", "u3");
    }

    @Test
    void theOneThatIsHeardIsCutOff() {
        booth.speak("one");
        booth.speak("two");
        booth.clock.advance(Duration.ofMillis(500));
        assertThat(booth.answer(booth.channel.cancel("u1")).state()).isEqualTo(State.CLEARED);
        booth.clock.advance(Duration.ofSeconds(6));
        assertThat(booth.output.all(SpeechCleared.class)).hasSize(1);
        assertThat(booth.utterance("u2").state()).isEqualTo(State.DONE);
    }

    @Test
    void oneThatIsSentButNotHeardYetIsCutOffWhenItsTurnComes() {
        Booth ahead = new Booth(
                ScriptedEngine.speaking(Signals.selfIndexing(SECOND), 4_800),
                ChannelSettings.conversation().withLead(Duration.ofSeconds(5)));
        ahead.speak("one");
        ahead.speak("two");
        ahead.speak("three");
        ahead.clock.advance(Duration.ofMillis(500));
        ahead.answer(ahead.channel.cancel("u2"));
        assertThat(ahead.output.all(SpeechCleared.class)).isEmpty();
        ahead.clock.advance(Duration.ofMillis(540));
        assertThat(ahead.output.all(SpeechCleared.class)).hasSize(1);
        assertThat(ahead.utterance("u1").heard().samples()).isEqualTo(SECOND);
        assertThat(ahead.utterance("u2").heard().samples()).isLessThanOrEqualTo(960);
        ahead.clock.advance(Duration.ofSeconds(5));
        assertThat(ahead.utterance("u1").state()).isEqualTo(State.DONE);
        assertThat(ahead.utterance("u2").state()).isEqualTo(State.CLEARED);
        assertThat(ahead.utterance("u3").heard().samples()).isEqualTo(SECOND);
    }

    @Test
    void oneThatWasTakenBackIsNotSentAgainAfterAClear() {
        Booth ahead = Booth.ahead();
        ahead.clock.advance(Duration.ofMillis(500));
        ahead.answer(ahead.channel.cancel("u2"));
        ahead.clear(ClearRequest.current("skip"));
        ahead.clock.advance(Duration.ofSeconds(5));
        assertThat(ahead.output.all(UtteranceStarted.class).stream()
                        .filter(started -> started.generation() > 1)
                        .map(UtteranceStarted::id))
                .containsExactly("u3");
        assertThat(ahead.output.all(SpeechCleared.class)).hasSize(1);
        assertThat(ahead.utterance("u2").state()).isEqualTo(State.CLEARED);
    }

    @Test
    void takingBackWhatIsOverChangesNothing() {
        booth.speak("one");
        booth.clock.advance(Duration.ofSeconds(10));
        int events = booth.output.events.size();
        assertThat(booth.answer(booth.channel.cancel("u1")).state()).isEqualTo(State.DONE);
        assertThat(booth.output.events).hasSize(events);
    }
}
