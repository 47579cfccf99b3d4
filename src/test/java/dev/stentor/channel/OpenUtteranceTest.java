package dev.stentor.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stentor.channel.ChannelEvent.Caption;
import dev.stentor.channel.ChannelEvent.Phase;
import dev.stentor.channel.ChannelEvent.PhaseChanged;
import dev.stentor.channel.ChannelEvent.UtteranceEnded;
import dev.stentor.channel.ChannelEvent.UtteranceStarted;
import dev.stentor.channel.ChannelRefusal.TextOver.Why;
import dev.stentor.channel.Utterance.State;
import dev.stentor.speech.Pauses;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** Utterances whose text is still being written, in virtual time. */
class OpenUtteranceTest {

    private static final Duration IDLE = Duration.ofMillis(400);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Without pauses the sound of a text is that of its segments. */
    private static final ChannelSettings SETTINGS =
            ChannelSettings.conversation().withWriting(new WritingSettings(IDLE, PATIENCE, 2, 400, Pauses.NONE));
    /** 600 samples for each character. */
    private static final int PER_CHARACTER = 600;

    private final ScriptedEngine engine = ScriptedEngine.of(OpenUtteranceTest::sound);
    private final Booth booth = new Booth(engine, SETTINGS);

    private static Flux<ByteBuffer> sound(SpeechRequest request) {
        return Flux.fromIterable(
                Signals.chunks(Signals.selfIndexing(request.text().length() * PER_CHARACTER), 4_800));
    }

    private static Order order(String beginning) {
        return Order.of(SpeechRequest.of(beginning)).opened();
    }

    @CanIgnoreReturnValue
    private Utterance open(String beginning) {
        return booth.answer(booth.channel.speak(order(beginning)));
    }

    @CanIgnoreReturnValue
    private Written write(@Nullable Long number, String piece) {
        return booth.answer(booth.channel.write("u1", number, piece));
    }

    @CanIgnoreReturnValue
    private Written end() {
        return booth.answer(booth.channel.end("u1", null));
    }

    private void advance(long millis) {
        booth.clock.advance(Duration.ofMillis(millis));
    }

    private ChannelRefusal refusal(Runnable asked) {
        try {
            asked.run();
        } catch (ChannelException refused) {
            return refused.refusal();
        }
        throw new AssertionError("it was not refused");
    }

    private List<String> spoken() {
        return engine.requests().stream().map(SpeechRequest::text).toList();
    }

    @Test
    void theFirstSentenceSoundsBeforeTheSecondIsWritten() {
        Utterance opened = open("");
        assertThat(opened.written()).isEqualTo(new Written("u1", State.SYNTHESIZING, TextState.OPEN, 0, 1));
        assertThat(write(1L, "This is the first sentence of all.").next()).isEqualTo(2);
        advance(100);
        assertThat(booth.output.frames()).isZero();
        write(2L, " And");
        advance(0);
        assertThat(spoken()).containsExactly("This is the first sentence of all.");
        assertThat(booth.output.frames()).isPositive();
        assertThat(booth.output.all(UtteranceStarted.class).getFirst())
                .extracting(UtteranceStarted::text, UtteranceStarted::open)
                .containsExactly("This is the first sentence of all. And", true);
    }

    @Test
    void theSegmentsFollowEachOtherToTheSampleAndAreToldInTheirPlaces() {
        open("One sentence that is long enough. ");
        write(1L, "Another one that comes a little later. The last of them ends");
        write(2L, " here.");
        end();
        advance(10_000);
        Utterance over = booth.utterance("u1");
        String text =
                "One sentence that is long enough. Another one that comes a little later. The last of them ends here.";
        assertThat(over.request().text()).isEqualTo(text);
        assertThat(over.state()).isEqualTo(State.DONE);
        List<Caption> captions = booth.output.all(Caption.class);
        assertThat(captions).extracting(Caption::text).isEqualTo(spoken());
        assertThat(captions)
                .hasSize(3)
                .allSatisfy(caption ->
                        assertThat(text.substring(caption.from(), caption.to())).isEqualTo(caption.text()));
        long pos = 0;
        for (Caption caption : captions) {
            assertThat(caption.pos()).isEqualTo(pos);
            assertThat(over.heard(pos)).isEqualTo(new Utterance.Heard(pos, caption.from(), false));
            int samples = caption.text().length() * PER_CHARACTER;
            byte[] all = booth.output.sound();
            assertThat(Arrays.copyOfRange(all, (int) pos * 2, (int) (pos + samples) * 2))
                    .isEqualTo(Signals.selfIndexing(samples));
            pos += samples;
        }
        assertThat(over.samples()).isEqualTo(pos);
        assertThat(over.heard(pos)).isEqualTo(new Utterance.Heard(pos, text.length(), false));
    }

    @Test
    void aChannelThatWaitsForTextIsStalledAndTheEngineIsNotBlamed() {
        Booth booth = new Booth(engine, natural());
        booth.output.listening = true;
        var _ = booth.answer(booth.channel.speak(order("A short beginning that is spoken now.")));
        booth.clock.advance(Duration.ofMillis(400));
        assertThat(spoken()).hasSize(1);
        booth.clock.advance(Duration.ofSeconds(3));
        assertThat(phases(booth)).endsWith(Phase.PLAYING, Phase.STALLED);
        Utterance waiting = booth.utterance("u1");
        assertThat(waiting.state()).isEqualTo(State.PLAYING);
        assertThat(waiting.heard())
                .as("all that was there was heard: no guess")
                .extracting(Utterance.Heard::character, Utterance.Heard::estimated)
                .containsExactly(37, false);
        for (int i = 1; i <= 10; i++) {
            booth.clock.advance(Duration.ofSeconds(25));
            var _ = booth.answer(booth.channel.write("u1", (long) i, ""));
        }
        assertThat(booth.utterance("u1").state())
                .as("well beyond the patience with an engine")
                .isEqualTo(State.PLAYING);
        var _ = booth.answer(booth.channel.write("u1", 11L, " It goes on."));
        var _ = booth.answer(booth.channel.end("u1", null));
        booth.clock.advance(Duration.ofMillis(100));
        assertThat(phases(booth)).endsWith(Phase.STALLED, Phase.PLAYING);
        booth.clock.advance(Duration.ofSeconds(5));
        assertThat(booth.utterance("u1").state()).isEqualTo(State.DONE);
        assertThat(spoken()).containsExactly("A short beginning that is spoken now.", "It goes on.");
    }

    @Test
    void anEngineThatOwesSoundIsStillGivenUp() {
        Booth silent = new Booth(ScriptedEngine.of(request -> Flux.never()), SETTINGS);
        var _ = silent.answer(silent.channel.speak(order("This one is never spoken.\n")));
        silent.clock.advance(Duration.ofSeconds(29));
        var _ = silent.answer(silent.channel.write("u1", 1L, ""));
        silent.clock.advance(Duration.ofSeconds(32));
        assertThat(silent.utterance("u1").state()).isEqualTo(State.FAILED);
        assertThat(refusal(() -> silent.answer(silent.channel.write("u1", 2L, "more"))))
                .isEqualTo(new ChannelRefusal.TextOver(Why.UTTERANCE_OVER));
    }

    @Test
    void anUnfinishedSentenceIsSpokenAfterAWhileWithoutText() {
        open("Good evening.");
        advance(399);
        assertThat(spoken()).isEmpty();
        advance(1);
        assertThat(spoken()).containsExactly("Good evening.");
        write(1L, " And now to some inter");
        advance(1_190);
        assertThat(spoken()).as("a word that may go on is waited for longer").hasSize(1);
        advance(10);
        assertThat(spoken()).containsExactly("Good evening.", "And now to some inter");
    }

    @Test
    void aWriterThatKeepsOnIsNotFlushed() {
        open("");
        for (int i = 1; i <= 20; i++) {
            write((long) i, i == 1 ? "So" : " and so");
            advance(390);
        }
        assertThat(spoken()).isEmpty();
    }

    @Test
    void anUnfinishedSentenceIsNotTornWhileThereIsSomethingToHear() {
        open("The very first of the sentences. The second of all the sentences. The third of all the sentences. "
                + "The fourth of all the sentences. The rest");
        advance(1_190); // of 3.2 s
        assertThat(spoken()).hasSize(4).doesNotContain("The rest");
        advance(1_200);
        assertThat(spoken()).endsWith("The rest");
    }

    @Test
    void aTextThatGetsNothingForTooLongIsEndedAndSpokenAsFarAsItCame() {
        open("Here is what I know: it was a");
        advance(20_000);
        write(1L, " dark");
        advance(29_900);
        assertThat(booth.utterance("u1").state()).isEqualTo(State.PLAYING);
        advance(200);
        Utterance over = booth.utterance("u1");
        assertThat(over.state()).isEqualTo(State.DONE);
        assertThat(over.written()).isEqualTo(new Written("u1", State.DONE, TextState.TIMED_OUT, 34, 2));
        assertThat(refusal(() -> write(2L, " and stormy night"))).isEqualTo(new ChannelRefusal.TextOver(Why.TIMED_OUT));
        assertThat(end().text()).isEqualTo(TextState.TIMED_OUT);
    }

    @Test
    void oneThatNeverGotATextIsDoneWithoutASound() {
        open("");
        advance(30_100);
        assertThat(booth.utterance("u1").state()).isEqualTo(State.DONE);
        assertThat(booth.output.all(UtteranceEnded.class)).hasSize(1);
        assertThat(booth.answer(booth.channel.status()).phase()).isEqualTo(Phase.IDLE);
    }

    @Test
    void aPieceIsTakenOnceHoweverOftenItComes() {
        open("");
        write(1L, "Say it. ");
        assertThat(write(1L, "Say it. ")).isEqualTo(new Written("u1", State.SYNTHESIZING, TextState.OPEN, 8, 2));
        assertThat(refusal(() -> write(1L, "Say it! "))).isEqualTo(new ChannelRefusal.OtherText(1, 2));
        assertThat(refusal(() -> write(3L, "Thrice."))).isEqualTo(new ChannelRefusal.WrongNumber(3, 2));
        write(2L, "Twice. ");
        write(null, "Thrice.");
        assertThat(write(2L, "Twice. ").next()).isEqualTo(4);
        assertThat(refusal(() -> booth.answer(booth.channel.end("u1", 5L))))
                .isEqualTo(new ChannelRefusal.WrongNumber(5, 4));
        assertThat(booth.answer(booth.channel.end("u1", 4L)).text()).isEqualTo(TextState.ENDED);
        assertThat(booth.answer(booth.channel.end("u1", 4L)).text()).isEqualTo(TextState.ENDED);
        assertThat(write(3L, "Thrice.").characters()).as("also after the end").isEqualTo(22);
        assertThat(refusal(() -> write(4L, "More"))).isEqualTo(new ChannelRefusal.TextOver(Why.ENDED));
        assertThat(booth.utterance("u1").request().text()).isEqualTo("Say it. Twice. Thrice.");
    }

    @Test
    void aTextThatWasGivenWholeDoesNotGrow() {
        booth.speak("All of it.");
        assertThat(refusal(() -> write(1L, "more"))).isEqualTo(new ChannelRefusal.NotOpen());
        assertThat(refusal(this::end)).isEqualTo(new ChannelRefusal.NotOpen());
        assertThat(booth.utterance("u1").written()).isNull();
    }

    @Test
    void aTextHasALimitAndNothingIsLostBeyondIt() {
        open("x".repeat(390));
        assertThat(refusal(() -> write(1L, "01234567890"))).isEqualTo(new ChannelRefusal.TextTooLong(400));
        assertThat(write(1L, "0123456789").characters()).isEqualTo(400);
    }

    @Test
    void whatDoesNotFitNowMayBeSentAgainLater() {
        ChannelSettings base = SETTINGS;
        var small = new Booth(
                engine,
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
        var _ = small.answer(small.channel.speak(order("This fits into the sixty that may wait.\n")));
        String more = "And this does not fit before that was heard.\n";
        ChannelRefusal full = refusal(() -> small.answer(small.channel.write("u1", 1L, more)));
        assertThat(full)
                .isInstanceOfSatisfying(
                        ChannelRefusal.TooMuchText.class,
                        tooMuch -> assertThat(tooMuch.retryAfter()).isPositive());
        small.clock.advance(Duration.ofSeconds(1));
        assertThat(small.answer(small.channel.write("u1", 1L, more)).next()).isEqualTo(2);
    }

    @Test
    void clearingEndsTheTextAndCancelsWhatIsFetched() {
        var calls = ScriptedEngine.of(request -> sound(request).concatWith(Flux.never()));
        var busy = new Booth(calls, SETTINGS);
        var _ = busy.answer(busy.channel.speak(order("The first sentence is here. The second sentence too. Third")));
        busy.clock.advance(Duration.ofMillis(200));
        assertThat(calls.requests()).hasSize(2);
        busy.clear(Clear.all("user spoke"));
        assertThat(calls.cancellations()).isEqualTo(2);
        assertThat(busy.utterance("u1").state()).isEqualTo(State.CLEARED);
        assertThat(refusal(() -> busy.answer(busy.channel.write("u1", 1L, "stale"))))
                .isEqualTo(new ChannelRefusal.TextOver(Why.UTTERANCE_OVER));
        assertThat(busy.answer(busy.channel.end("u1", null)).state()).isEqualTo(State.CLEARED);
        busy.clock.advance(Duration.ofSeconds(40));
        assertThat(calls.requests()).hasSize(2);
    }

    @Test
    void oneThatIsTakenBackOrTooLateTakesNoMoreText() {
        booth.speak("x".repeat(100));
        var second = booth.answer(booth.channel.speak(order("waits")));
        var third = booth.answer(booth.channel.speak(
                new Order(SpeechRequest.of("late"), Order.Mode.ENQUEUE, Duration.ofMillis(500), null, true)));
        var _ = booth.answer(booth.channel.cancel(second.id()));
        advance(600);
        for (Utterance over : List.of(second, third)) {
            assertThat(refusal(() -> booth.answer(booth.channel.write(over.id(), 1L, "more"))))
                    .isEqualTo(new ChannelRefusal.TextOver(Why.UTTERANCE_OVER));
        }
    }

    @Test
    void aHeldChannelTakesTextAndGoesOnWithAllOfIt() {
        open("This is what is said first of all.\n");
        advance(200);
        var _ = booth.answer(booth.channel.pause());
        write(1L, "And this is written in the pause.\n");
        end();
        advance(5_000);
        var _ = booth.answer(booth.channel.resume());
        advance(5_000);
        assertThat(booth.output.sound()).hasSize((34 + 33) * PER_CHARACTER * 2);
    }

    @Test
    void aSegmentThatFailsFailsTheUtteranceAfterWhatWasSaid() {
        var failing = ScriptedEngine.of(request -> request.text().startsWith("Bad")
                ? Flux.error(() -> new SpeechException(new SpeechFailure.EngineFault("No.")))
                : sound(request));
        var failed = new Booth(failing, SETTINGS);
        var _ = failed.answer(failed.channel.speak(order("Good words come first.\nBad ones follow.\n")));
        failed.clock.advance(Duration.ofSeconds(3));
        assertThat(failed.utterance("u1").state()).isEqualTo(State.FAILED);
        assertThat(failed.output.sound()).hasSize(22 * PER_CHARACTER * 2);
        assertThatThrownBy(() -> failed.answer(failed.channel.resume("u1"))).isInstanceOf(ChannelException.class);
    }

    @Test
    void whatWaitsBehindAnOpenOneIsSpokenAfterIt() {
        open("The first text, which is long enough.");
        booth.speak("The second text.");
        advance(2_000);
        write(1L, " Still the first.");
        end();
        advance(10_000);
        assertThat(spoken())
                .containsExactly("The first text, which is long enough.", "Still the first.", "The second text.");
    }

    @Test
    void theLastSoundBeforeAStallIsNotHeldBack() {
        var paused = new Booth(engine, natural());
        var _ = paused.answer(paused.channel.speak(order("Odd.\n"))); // 2,400 samples: five frames
        paused.clock.advance(Duration.ofSeconds(1));
        assertThat(paused.output.sound()).hasSizeGreaterThanOrEqualTo(4 * PER_CHARACTER * 2);
    }

    @Test
    void theSameKeyIsTheSameOpenUtterance() {
        var keyed = new Order(SpeechRequest.of(""), Order.Mode.ENQUEUE, null, "k", true);
        var first = booth.answer(booth.channel.speak(keyed));
        write(1L, "Hello. ");
        var again = booth.answer(booth.channel.speak(keyed));
        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.written()).isNotNull().extracting(Written::next).isEqualTo(2L);
    }

    private static ChannelSettings natural() {
        return SETTINGS.withWriting(new WritingSettings(IDLE, PATIENCE, 2, 400, Pauses.NATURAL));
    }

    private static List<Phase> phases(Booth booth) {
        return booth.output.all(PhaseChanged.class).stream()
                .map(PhaseChanged::phase)
                .toList();
    }
}
