package dev.stentor.channel;

import static dev.stentor.channel.Booth.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stentor.channel.ChannelEvent.Caption;
import dev.stentor.channel.ChannelEvent.Reason;
import dev.stentor.channel.ChannelEvent.UtteranceEnded;
import dev.stentor.channel.ChannelEvent.UtteranceStarted;
import dev.stentor.channel.Utterance.State;
import dev.stentor.channel.UtteranceRequest.Mode;
import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import dev.stentor.usage.Charge;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

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
    void theNextOneIsSpokenEvenIfThoseBehindItFillAllTheRoom() {
        Booth booth = new Booth(
                ScriptedEngine.of(request -> Flux.fromIterable(Signals.chunks(
                        Signals.selfIndexing((request.text().equals("long") ? 30 : 2) * SECOND), 9_600))),
                ChannelSettings.conversation().withPrefetch(Duration.ofSeconds(10)));
        booth.speak("one");
        booth.speak("long");
        booth.clock.advance(Duration.ofMillis(500));
        booth.speak("urgent", Mode.NEXT);
        booth.clock.advance(Duration.ofSeconds(40));
        assertThat(booth.output.all(UtteranceStarted.class))
                .extracting(UtteranceStarted::text)
                .containsExactly("one", "urgent", "long");
        assertThat(booth.utterance("u2").state()).isEqualTo(State.DONE);
    }

    @Test
    void oneThatCannotBeginInTimeIsNotSpoken() {
        booth.speak("one");
        Utterance late = booth.answer(booth.channel.speak(
                new UtteranceRequest(SpeechRequest.of("late"), Mode.ENQUEUE, Duration.ofMillis(500), null)));
        Utterance early = booth.answer(booth.channel.speak(
                new UtteranceRequest(SpeechRequest.of("in time"), Mode.ENQUEUE, Duration.ofMillis(1_500), null)));
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
    void moreSoundThanMayWaitIsRefusedUntilThereIsRoom() {
        Booth small = new Booth(
                ScriptedEngine.speaking(Signals.selfIndexing(10 * SECOND), 9_600),
                ChannelSettings.conversation().withMaxWaiting(Duration.ofSeconds(15)));
        String ten = "x".repeat(143); // ten seconds, by its characters
        small.speak("one");
        small.clock.advance(Duration.ofSeconds(1));
        assertThatThrownBy(() -> small.speak(ten))
                .isInstanceOfSatisfying(
                        ChannelException.class,
                        refused -> assertThat(refused.refusal())
                                .as("9 s wait, and 10 more are asked for: 4 too many, less the lead")
                                .isEqualTo(ChannelRefusal.tooMuchSound(Duration.ofSeconds(15), Duration.ofSeconds(4))));
        small.clock.advance(Duration.ofSeconds(4));
        assertThat(small.speak(ten).state()).isEqualTo(State.SYNTHESIZING);
    }

    @Test
    void oneLongTextAloneIsNeverTooMuchSound() {
        Booth small = new Booth(engine, ChannelSettings.conversation().withMaxWaiting(Duration.ofSeconds(1)));
        assertThat(small.speak("x".repeat(1_000)).state()).isEqualTo(State.SYNTHESIZING);
    }

    @Test
    void theSameKeyIsSpokenOnce() {
        var asked = new UtteranceRequest(SpeechRequest.of("one"), Mode.ENQUEUE, null, "k-1");
        Utterance first = booth.answer(booth.channel.speak(asked));
        booth.clock.advance(Duration.ofSeconds(2));
        Utterance again = booth.answer(booth.channel.speak(asked));
        booth.clock.advance(Duration.ofSeconds(2));
        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.state()).isEqualTo(State.DONE);
        assertThat(engine.requests()).hasSize(1);
    }

    @Test
    void whatFailedIsResumedAtThePartAtWhichItDid() {
        var first = new SegmentMark(0, 3, 0, 4, 0);
        var second = new SegmentMark(1, 3, 5, 9, 2_400);
        var third = new SegmentMark(2, 3, 10, 15, 4_800);
        byte[] whole = Signals.selfIndexing(7_200);
        var sound = ScriptedEngine.speaking(whole, 1_000);
        var broken = ScriptedEngine.failingAfter(
                Signals.selfIndexing(4_800), 1_000, new SpeechFailure.Truncated("cut", 4_800));
        var attempts = new AtomicInteger();
        Booth booth = new Booth(request -> {
            boolean fails = attempts.getAndIncrement() == 0;
            Speech speech = (fails ? broken : sound).speak(request);
            return new Speech(speech.audio(), speech.receipt(), Flux.just(first, second, third));
        });
        booth.speak("One. Two. Three");
        booth.clock.advance(Duration.ofSeconds(1));
        assertThat(booth.utterance("u1").state()).isEqualTo(State.FAILED);
        Utterance rest = booth.answer(booth.channel.speakRest("u1", Charge.NONE));
        assertThat(rest.continues()).isEqualTo("u1");
        booth.clock.advance(Duration.ofSeconds(1));
        assertThat(booth.output.sound()).isEqualTo(whole);
        assertThat(booth.output.all(Caption.class))
                .extracting(Caption::text, Caption::pos)
                .contains(org.assertj.core.groups.Tuple.tuple(
                        "Three",
                        booth.output.all(UtteranceStarted.class).getLast().pos()));
        assertThat(booth.utterance("u2").state()).isEqualTo(State.DONE);
        assertThatThrownBy(() -> booth.answer(booth.channel.speakRest("u2", Charge.NONE)))
                .isInstanceOfSatisfying(
                        ChannelException.class,
                        refused ->
                                assertThat(refused.refusal().kind()).isEqualTo(ChannelRefusal.Kind.NOTHING_TO_RESUME));
    }

    @Test
    void tooMuchTextIsRefusedButNeverAnInterruption() {
        ChannelSettings base = ChannelSettings.conversation();
        Booth small = new Booth(
                engine,
                new ChannelSettings(
                        base.preset(),
                        base.lead(),
                        base.prefetch(),
                        100,
                        10,
                        base.maxWaiting(),
                        base.patience(),
                        base.longestPause(),
                        base.writing()));
        small.speak("a text that is long by itself");
        assertThatThrownBy(() -> small.speak("b"))
                .isInstanceOfSatisfying(
                        ChannelException.class,
                        refused -> assertThat(refused.refusal().kind()).isEqualTo(ChannelRefusal.Kind.TOO_MUCH_TEXT));
        assertThat(small.speak("c", Mode.INTERRUPT).state()).isNotEqualTo(State.CLEARED);
    }
}
