package dev.stentor.channel;

import static dev.stentor.channel.Booth.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stentor.channel.ChannelEvent.Reason;
import dev.stentor.channel.ChannelEvent.UtteranceEnded;
import dev.stentor.channel.ChannelEvent.UtteranceStarted;
import dev.stentor.channel.Order.Mode;
import dev.stentor.channel.Utterance.State;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class QueueingTest {

    private final ScriptedEngine engine = ScriptedEngine.speaking(Signals.selfIndexing(SECOND), 9_600);
    private final Booth booth = new Booth(engine);

    @Test
    void theNextOneIsSpokenBehindTheCurrentOne() {
        booth.speak("one");
        booth.speak("two");
        booth.clock.advance(Duration.ofMillis(500));
        booth.speak("urgent", Mode.NEXT);
        booth.speak("more urgent", Mode.NEXT);
        booth.clock.advance(Duration.ofSeconds(6));
        assertThat(booth.output.all(UtteranceStarted.class))
                .extracting(UtteranceStarted::text)
                .containsExactly("one", "more urgent", "urgent", "two");
    }

    @Test
    void oneThatCannotBeginInTimeIsNotSpoken() {
        booth.speak("one");
        Utterance late = booth.answer(
                booth.channel.speak(new Order(SpeechRequest.of("late"), Mode.ENQUEUE, Duration.ofMillis(500), null)));
        Utterance early = booth.answer(booth.channel.speak(
                new Order(SpeechRequest.of("in time"), Mode.ENQUEUE, Duration.ofMillis(1_500), null)));
        booth.clock.advance(Duration.ofMillis(600));
        assertThat(booth.utterance(late.id()).state()).isEqualTo(State.EXPIRED);
        booth.clock.advance(Duration.ofSeconds(3));
        assertThat(booth.utterance(early.id()).state()).isEqualTo(State.DONE);
        assertThat(booth.output.all(UtteranceEnded.class))
                .extracting(UtteranceEnded::id, UtteranceEnded::reason)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(late.id(), Reason.EXPIRED),
                        org.assertj.core.groups.Tuple.tuple("u1", Reason.DONE),
                        org.assertj.core.groups.Tuple.tuple(early.id(), Reason.DONE));
    }

    @Test
    void theSameKeyIsSpokenOnce() {
        var order = new Order(SpeechRequest.of("one"), Mode.ENQUEUE, null, "k-1");
        Utterance first = booth.answer(booth.channel.speak(order));
        booth.clock.advance(Duration.ofSeconds(2));
        Utterance again = booth.answer(booth.channel.speak(order));
        booth.clock.advance(Duration.ofSeconds(2));
        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.state()).isEqualTo(State.DONE);
        assertThat(engine.requests()).hasSize(1);
    }

    @Test
    void tooMuchTextIsRefusedButNeverAnInterruption() {
        ChannelSettings base = ChannelSettings.conversation();
        Booth small = new Booth(
                engine,
                new ChannelSettings(
                        base.preset(), base.lead(), base.prefetch(), 100, 10, base.patience(), base.longestPause()));
        small.speak("a text that is long by itself");
        assertThatThrownBy(() -> small.speak("b"))
                .isInstanceOfSatisfying(
                        ChannelException.class,
                        refused -> assertThat(refused.refusal()).isInstanceOf(ChannelRefusal.TooMuchText.class));
        assertThat(small.speak("c", Mode.INTERRUPT).state()).isNotEqualTo(State.CLEARED);
    }
}
