package dev.stentor.channel;

import static dev.stentor.channel.Writer.PER_CHARACTER;
import static dev.stentor.channel.Writer.SETTINGS;
import static dev.stentor.channel.Writer.asked;
import static dev.stentor.channel.Writer.natural;
import static dev.stentor.channel.Writer.refusal;
import static dev.stentor.channel.Writer.sound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stentor.channel.ChannelEvent.Caption;
import dev.stentor.channel.ChannelEvent.Phase;
import dev.stentor.channel.ChannelEvent.PhaseChanged;
import dev.stentor.channel.ChannelEvent.UtteranceStarted;
import dev.stentor.channel.Utterance.State;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import dev.stentor.usage.Charge;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** Rules for utterances whose text is still being written, in virtual time. */
class OpenUtteranceTest {

    private final Writer writer = new Writer();

    @Test
    void theFirstSentenceSoundsBeforeTheSecondIsWritten() {
        Utterance opened = writer.open("");
        assertThat(opened.written()).isEqualTo(new TextProgress("u1", State.SYNTHESIZING, TextState.OPEN, 0, 1));
        assertThat(writer.write(1L, "This is the first sentence of all.").next())
                .isEqualTo(2);
        writer.advance(100);
        assertThat(writer.booth.output.frames()).isZero();
        writer.write(2L, " And");
        writer.advance(0);
        assertThat(writer.spoken()).containsExactly("This is the first sentence of all.");
        assertThat(writer.booth.output.frames()).isPositive();
        assertThat(writer.booth.output.all(UtteranceStarted.class).getFirst())
                .extracting(UtteranceStarted::text, UtteranceStarted::open)
                .containsExactly("This is the first sentence of all. And", true);
    }

    @Test
    void theSegmentsFollowEachOtherToTheSampleAndAreToldInTheirPlaces() {
        writer.open("One sentence that is long enough. ");
        writer.write(1L, "Another one that comes a little later. The last of them ends");
        writer.write(2L, " here.");
        writer.end();
        writer.advance(10_000);
        Utterance over = writer.booth.utterance("u1");
        String text =
                "One sentence that is long enough. Another one that comes a little later. The last of them ends here.";
        assertThat(over.request().text()).isEqualTo(text);
        assertThat(over.state()).isEqualTo(State.DONE);
        List<Caption> captions = writer.booth.output.all(Caption.class);
        assertThat(captions).extracting(Caption::text).isEqualTo(writer.spoken());
        assertThat(captions)
                .hasSize(3)
                .allSatisfy(caption ->
                        assertThat(text.substring(caption.from(), caption.to())).isEqualTo(caption.text()));
        long pos = 0;
        for (Caption caption : captions) {
            assertThat(caption.pos()).isEqualTo(pos);
            assertThat(over.heard(pos)).isEqualTo(new Utterance.Heard(pos, caption.from(), false));
            int samples = caption.text().length() * PER_CHARACTER;
            byte[] all = writer.booth.output.sound();
            assertThat(Arrays.copyOfRange(all, (int) pos * 2, (int) (pos + samples) * 2))
                    .isEqualTo(Signals.selfIndexing(samples));
            pos += samples;
        }
        assertThat(over.samples()).isEqualTo(pos);
        assertThat(over.heard(pos)).isEqualTo(new Utterance.Heard(pos, text.length(), false));
    }

    @Test
    void aChannelThatWaitsForTextIsStalledAndTheEngineIsNotBlamed() {
        Booth booth = new Booth(writer.engine, natural());
        booth.output.listening = true;
        var _ = booth.answer(booth.channel.speak(asked("A short beginning that is spoken now.")));
        booth.clock.advance(Duration.ofMillis(400));
        assertThat(writer.spoken()).hasSize(1);
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
        assertThat(writer.spoken()).containsExactly("A short beginning that is spoken now.", "It goes on.");
    }

    @Test
    void anEngineThatOwesSoundIsStillGivenUp() {
        Booth silent = new Booth(ScriptedEngine.of(request -> Flux.never()), SETTINGS);
        var _ = silent.answer(silent.channel.speak(asked("This one is never spoken.\n")));
        silent.clock.advance(Duration.ofSeconds(29));
        var _ = silent.answer(silent.channel.write("u1", 1L, ""));
        silent.clock.advance(Duration.ofSeconds(32));
        assertThat(silent.utterance("u1").state()).isEqualTo(State.FAILED);
        assertThat(refusal(() -> silent.answer(silent.channel.write("u1", 2L, "more"))))
                .isEqualTo(ChannelRefusal.utteranceOver());
    }

    @Test
    void anUnfinishedSentenceIsSpokenAfterAWhileWithoutText() {
        writer.open("Good evening.");
        writer.advance(399);
        assertThat(writer.spoken()).isEmpty();
        writer.advance(1);
        assertThat(writer.spoken()).containsExactly("Good evening.");
        writer.write(1L, " And now to some inter");
        writer.advance(1_190);
        assertThat(writer.spoken())
                .as("a word that may go on is waited for longer")
                .hasSize(1);
        writer.advance(10);
        assertThat(writer.spoken()).containsExactly("Good evening.", "And now to some inter");
    }

    @Test
    void aWriterThatKeepsOnIsNotFlushed() {
        writer.open("");
        for (int i = 1; i <= 20; i++) {
            writer.write((long) i, i == 1 ? "So" : " and so");
            writer.advance(390);
        }
        assertThat(writer.spoken()).isEmpty();
    }

    @Test
    void anUnfinishedSentenceIsNotTornWhileThereIsSomethingToHear() {
        writer.open("The very first of the sentences. The second of all the sentences. The third of all the sentences. "
                + "The fourth of all the sentences. The rest");
        writer.advance(1_190); // of 3.2 s
        assertThat(writer.spoken()).hasSize(4).doesNotContain("The rest");
        writer.advance(1_200);
        assertThat(writer.spoken()).endsWith("The rest");
    }

    @Test
    void aHeldChannelTakesTextAndGoesOnWithAllOfIt() {
        writer.open("This is what is said first of all.\n");
        writer.advance(200);
        var _ = writer.booth.answer(writer.booth.channel.pause());
        writer.write(1L, "And this is written in the pause.\n");
        writer.end();
        writer.advance(5_000);
        var _ = writer.booth.answer(writer.booth.channel.resume());
        writer.advance(5_000);
        assertThat(writer.booth.output.sound()).hasSize((34 + 33) * PER_CHARACTER * 2);
    }

    @Test
    void aSegmentThatFailsFailsTheUtteranceAfterWhatWasSaid() {
        var failing = ScriptedEngine.of(request -> request.text().startsWith("Bad")
                ? Flux.error(() -> new SpeechException(new SpeechFailure.EngineFault("No.")))
                : sound(request));
        var failed = new Booth(failing, SETTINGS);
        var _ = failed.answer(failed.channel.speak(asked("Good words come first.\nBad ones follow.\n")));
        failed.clock.advance(Duration.ofSeconds(3));
        assertThat(failed.utterance("u1").state()).isEqualTo(State.FAILED);
        assertThat(failed.output.sound()).hasSize(22 * PER_CHARACTER * 2);
        assertThatThrownBy(() -> failed.answer(failed.channel.speakRest("u1", Charge.NONE)))
                .isInstanceOf(ChannelException.class);
    }

    @Test
    void whatWaitsBehindAnOpenOneIsSpokenAfterIt() {
        writer.open("The first text, which is long enough.");
        writer.booth.speak("The second text.");
        writer.advance(2_000);
        writer.write(1L, " Still the first.");
        writer.end();
        writer.advance(10_000);
        assertThat(writer.spoken())
                .containsExactly("The first text, which is long enough.", "Still the first.", "The second text.");
    }

    @Test
    void theLastSoundBeforeAStallIsNotHeldBack() {
        var paused = new Booth(writer.engine, natural());
        var _ = paused.answer(paused.channel.speak(asked("Odd.\n"))); // 2,400 samples: five frames
        paused.clock.advance(Duration.ofSeconds(1));
        assertThat(paused.output.sound()).hasSizeGreaterThanOrEqualTo(4 * PER_CHARACTER * 2);
    }

    private static List<Phase> phases(Booth booth) {
        return booth.output.all(PhaseChanged.class).stream()
                .map(PhaseChanged::phase)
                .toList();
    }
}
