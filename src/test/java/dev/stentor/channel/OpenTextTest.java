package dev.stentor.channel;

import static dev.stentor.channel.Writer.SETTINGS;
import static dev.stentor.channel.Writer.asked;
import static dev.stentor.channel.Writer.refusal;
import static dev.stentor.channel.Writer.sound;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.channel.ChannelEvent.Phase;
import dev.stentor.channel.ChannelEvent.UtteranceEnded;
import dev.stentor.channel.Utterance.State;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.SignalType;

/** Rules for the pieces of a text that is still being written: which are taken, how often, and until when; in virtual time. */
class OpenTextTest {

    private final Writer writer = new Writer();

    @Test
    void aTextThatGetsNothingForTooLongIsEndedAndSpokenAsFarAsItCame() {
        writer.open("Here is what I know: it was a");
        writer.advance(20_000);
        writer.write(1L, " dark");
        writer.advance(29_900);
        assertThat(writer.booth.utterance("u1").state()).isEqualTo(State.PLAYING);
        writer.advance(200);
        Utterance over = writer.booth.utterance("u1");
        assertThat(over.state()).isEqualTo(State.DONE);
        assertThat(over.written()).isEqualTo(new TextProgress("u1", State.DONE, TextState.TIMED_OUT, 34, 2));
        assertThat(refusal(() -> writer.write(2L, " and stormy night"))).isEqualTo(ChannelRefusal.textTimedOut());
        assertThat(writer.end().text()).isEqualTo(TextState.TIMED_OUT);
    }

    @Test
    void oneThatNeverGotATextIsDoneWithoutASound() {
        writer.open("");
        writer.advance(30_100);
        assertThat(writer.booth.utterance("u1").state()).isEqualTo(State.DONE);
        assertThat(writer.booth.output.all(UtteranceEnded.class)).hasSize(1);
        assertThat(writer.booth.answer(writer.booth.channel.status()).phase()).isEqualTo(Phase.IDLE);
    }

    @Test
    void aPieceIsTakenOnceHoweverOftenItComes() {
        writer.open("");
        writer.write(1L, "Say it. ");
        assertThat(writer.write(1L, "Say it. "))
                .isEqualTo(new TextProgress("u1", State.SYNTHESIZING, TextState.OPEN, 8, 2));
        assertThat(refusal(() -> writer.write(1L, "Say it! "))).isEqualTo(ChannelRefusal.pieceDiffers(1, 2));
        assertThat(refusal(() -> writer.write(3L, "Thrice."))).isEqualTo(ChannelRefusal.piecesMissing(3, 2));
        writer.write(2L, "Twice. ");
        writer.write(null, "Thrice.");
        assertThat(writer.write(2L, "Twice. ").next()).isEqualTo(4);
        assertThat(refusal(() -> writer.booth.answer(writer.booth.channel.end("u1", 5L))))
                .isEqualTo(ChannelRefusal.piecesMissing(5, 4));
        assertThat(writer.booth.answer(writer.booth.channel.end("u1", 4L)).text())
                .isEqualTo(TextState.ENDED);
        assertThat(writer.booth.answer(writer.booth.channel.end("u1", 4L)).text())
                .isEqualTo(TextState.ENDED);
        assertThat(writer.write(3L, "Thrice.").characters())
                .as("also after the end")
                .isEqualTo(22);
        assertThat(refusal(() -> writer.write(4L, "More"))).isEqualTo(ChannelRefusal.textEnded());
        assertThat(writer.booth.utterance("u1").request().text()).isEqualTo("Say it. Twice. Thrice.");
    }

    @Test
    void aTextThatWasGivenWholeDoesNotGrow() {
        writer.booth.speak("All of it.");
        assertThat(refusal(() -> writer.write(1L, "more"))).isEqualTo(ChannelRefusal.notOpen());
        assertThat(refusal(writer::end)).isEqualTo(ChannelRefusal.notOpen());
        assertThat(writer.booth.utterance("u1").written()).isNull();
    }

    @Test
    void aTextHasALimitAndNothingIsLostBeyondIt() {
        writer.open("x".repeat(390));
        assertThat(refusal(() -> writer.write(1L, "01234567890"))).isEqualTo(ChannelRefusal.textTooLong(400));
        assertThat(writer.write(1L, "0123456789").characters()).isEqualTo(400);
    }

    @Test
    void whatDoesNotFitNowMayBeSentAgainLater() {
        ChannelSettings base = SETTINGS;
        var small = new Booth(
                writer.engine,
                new ChannelSettings(
                        base.preset(),
                        base.lead(),
                        base.prefetch(),
                        100,
                        60,
                        base.maxWaiting(),
                        base.patience(),
                        base.longestPause(),
                        base.writing()));
        var _ = small.answer(small.channel.speak(asked("This fits into the sixty that may wait.\n")));
        String more = "And this does not fit before that was heard.\n";
        ChannelRefusal full = refusal(() -> small.answer(small.channel.write("u1", 1L, more)));
        assertThat(full.kind()).isEqualTo(ChannelRefusal.Kind.TOO_MUCH_TEXT);
        assertThat(full.retryAfter()).isNotNull().isPositive();
        small.clock.advance(Duration.ofSeconds(1));
        assertThat(small.answer(small.channel.write("u1", 1L, more)).next()).isEqualTo(2);
    }

    @ParameterizedTest(name = "\"{0}\"")
    @ValueSource(strings = {"", "One. Two"})
    void aTextThatIsClearedIsNotTakenForWhole(String written) {
        List<SignalType> endings = new ArrayList<>();
        SpeechEngine keeping = new SpeechEngine() {
            @Override
            public Speech speak(SpeechRequest request) {
                return writer.engine.speak(request);
            }

            @Override
            public Speech kept(SpeechRequest request, Speech speech) {
                return new Speech(speech.audio().doFinally(endings::add), speech.receipt(), speech.marks());
            }
        };
        var booth = new Booth(keeping, SETTINGS);
        var _ = booth.answer(booth.channel.speak(asked(written)));
        booth.clock.advance(Duration.ofMillis(100));
        var _ = booth.clear(ClearRequest.all("user spoke"));
        assertThat(booth.utterance("u1").state()).isEqualTo(State.CLEARED);
        assertThat(endings).containsExactly(SignalType.CANCEL);
    }

    @Test
    void clearingEndsTheTextAndCancelsWhatIsFetched() {
        var calls = ScriptedEngine.of(request -> sound(request).concatWith(Flux.never()));
        var busy = new Booth(calls, SETTINGS);
        var _ = busy.answer(busy.channel.speak(asked("The first sentence is here. The second sentence too. Third")));
        busy.clock.advance(Duration.ofMillis(200));
        assertThat(calls.requests()).hasSize(2);
        busy.clear(ClearRequest.all("user spoke"));
        assertThat(calls.cancellations()).isEqualTo(2);
        assertThat(busy.utterance("u1").state()).isEqualTo(State.CLEARED);
        assertThat(refusal(() -> busy.answer(busy.channel.write("u1", 1L, "stale"))))
                .isEqualTo(ChannelRefusal.utteranceOver());
        assertThat(busy.answer(busy.channel.end("u1", null)).state()).isEqualTo(State.CLEARED);
        busy.clock.advance(Duration.ofSeconds(40));
        assertThat(calls.requests()).hasSize(2);
    }

    @Test
    void oneThatIsTakenBackOrTooLateTakesNoMoreText() {
        writer.booth.speak("x".repeat(100));
        var second = writer.booth.answer(writer.booth.channel.speak(asked("waits")));
        var third = writer.booth.answer(writer.booth.channel.speak(new UtteranceRequest(
                SpeechRequest.of("late"), UtteranceRequest.Mode.ENQUEUE, Duration.ofMillis(500), null, true)));
        var _ = writer.booth.answer(writer.booth.channel.cancel(second.id()));
        writer.advance(600);
        for (Utterance over : List.of(second, third)) {
            assertThat(refusal(() -> writer.booth.answer(writer.booth.channel.write(over.id(), 1L, "more"))))
                    .isEqualTo(ChannelRefusal.utteranceOver());
        }
    }

    @Test
    void theSameKeyIsTheSameOpenUtterance() {
        var keyed = new UtteranceRequest(SpeechRequest.of(""), UtteranceRequest.Mode.ENQUEUE, null, "k", true);
        var first = writer.booth.answer(writer.booth.channel.speak(keyed));
        writer.write(1L, "Hello. ");
        var again = writer.booth.answer(writer.booth.channel.speak(keyed));
        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.written()).isNotNull().extracting(TextProgress::next).isEqualTo(2L);
    }
}
