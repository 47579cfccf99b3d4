package dev.stentor.channel;

import static dev.stentor.channel.Booth.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelEvent.Caption;
import dev.stentor.channel.ChannelEvent.Phase;
import dev.stentor.channel.ChannelEvent.PhaseChanged;
import dev.stentor.channel.ChannelEvent.Reason;
import dev.stentor.channel.ChannelEvent.TimelineMoved;
import dev.stentor.channel.ChannelEvent.UtteranceEnded;
import dev.stentor.channel.ChannelEvent.UtteranceStarted;
import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class ChannelTest {

    @Test
    void releasesTheLeadAtOnceAndThenOneFramePerTick() {
        Booth booth = new Booth(ScriptedEngine.speaking(Signals.selfIndexing(SECOND), 9_600));
        booth.speak("one");
        booth.clock.settle();
        assertThat(booth.output.frames()).isEqualTo(6);
        booth.clock.advance(Duration.ofMillis(100));
        assertThat(booth.output.frames()).isEqualTo(11);
        booth.clock.advance(Duration.ofMillis(200));
        assertThat(booth.output.frames()).isEqualTo(21);
    }

    @Test
    void theSamplesPassUntouchedWhateverTheirChunks() {
        byte[] sound = Signals.selfIndexing(SECOND + 77);
        for (int chunk : new int[] {2, 58, 958, 960, 962, 48_000, 200_000}) {
            Booth booth = new Booth(ScriptedEngine.speaking(sound, chunk));
            booth.speak("chunks of " + chunk);
            booth.clock.advance(Duration.ofSeconds(2));
            assertThat(booth.output.sound()).isEqualTo(sound);
            UtteranceEnded ended = booth.output.all(UtteranceEnded.class).getFirst();
            assertThat(ended.samples()).isEqualTo(SECOND + 77);
            assertThat(ended.reason()).isEqualTo(Reason.DONE);
            assertThat(ended.pos())
                    .isEqualTo(
                            booth.output.all(UtteranceStarted.class).getFirst().pos());
        }
    }

    @Test
    void positionsAreGaplessAndTheFramesOfAnUtteranceAreMarked() {
        Booth booth = new Booth(ScriptedEngine.speaking(Signals.selfIndexing(1_000), 500));
        booth.speak("one");
        booth.speak("two");
        booth.clock.advance(Duration.ofSeconds(1));
        List<Audio> frames = booth.output.all(Audio.class);
        assertThat(frames).extracting(Audio::pos).containsExactly(0L, 480L, 960L, 1440L, 1920L, 2400L);
        assertThat(frames).extracting(Audio::first).containsExactly(true, false, false, true, false, false);
        assertThat(frames).extracting(Audio::last).containsExactly(false, false, true, false, false, true);
        assertThat(frames).extracting(Audio::samples).containsExactly(480, 480, 40, 480, 480, 40);
        assertThat(frames)
                .allSatisfy(frame -> assertThat(frame.audio().remaining()).isEqualTo(960));
        assertThat(frames.get(2).audio().getShort(80)).isZero();
    }

    @Test
    void utterancesPlayInOrderWithoutAHoleBetweenThem() {
        Booth booth = new Booth(ScriptedEngine.speaking(Signals.selfIndexing(SECOND), 4_800));
        booth.speak("one");
        booth.speak("two");
        booth.clock.advance(Duration.ofSeconds(3));
        assertThat(booth.output.all(UtteranceStarted.class))
                .extracting(UtteranceStarted::text)
                .containsExactly("one", "two");
        assertThat(booth.output.all(UtteranceStarted.class))
                .extracting(UtteranceStarted::pos)
                .containsExactly(0L, 24_000L);
        assertThat(booth.output.all(TimelineMoved.class)).hasSize(1);
        assertThat(booth.output.all(PhaseChanged.class))
                .extracting(PhaseChanged::phase)
                .containsExactly(Phase.SYNTHESIZING, Phase.PLAYING, Phase.IDLE);
    }

    @Test
    void frameTimesFollowThePositionAlone() {
        Booth booth = new Booth(ScriptedEngine.speaking(Signals.selfIndexing(SECOND), 4_800));
        booth.speak("one");
        booth.clock.advance(Duration.ofSeconds(2));
        long start = booth.output.all(TimelineMoved.class).getFirst().playMicros();
        assertThat(booth.output.all(Audio.class))
                .allSatisfy(frame -> assertThat(frame.playMicros()).isEqualTo(start + frame.pos() / 24 * 1_000));
    }

    @Test
    void aPauseWithinTheLeadIsMadeUpAtOnce() {
        Booth booth = new Booth(ScriptedEngine.speaking(Signals.selfIndexing(10 * SECOND), 48_000));
        booth.speak("one");
        booth.clock.advance(Duration.ofMillis(200));
        int before = booth.output.frames();
        booth.clock.pause(Duration.ofMillis(90));
        assertThat(booth.output.frames() - before).isEqualTo(4);
        booth.clock.advance(Duration.ofMillis(10));
        assertThat(booth.output.frames() - before).isEqualTo(5);
        assertThat(booth.output.all(TimelineMoved.class)).hasSize(1);
    }

    @Test
    void aPauseBeyondTheLeadMovesTheTimelineAndDropsNothing() {
        byte[] sound = Signals.selfIndexing(5 * SECOND);
        Booth booth = new Booth(ScriptedEngine.speaking(sound, 48_000));
        booth.speak("one");
        booth.clock.advance(Duration.ofMillis(200));
        int before = booth.output.frames();
        booth.clock.pause(Duration.ofSeconds(2));
        assertThat(booth.output.frames() - before).isEqualTo(6);
        assertThat(booth.output.all(TimelineMoved.class)).hasSize(2);
        booth.clock.advance(Duration.ofSeconds(6));
        assertThat(booth.output.sound()).isEqualTo(sound);
    }

    @Test
    void aCaptionIsToldBeforeTheFrameInWhichItsPartBegins() {
        String text = "First one. Second.";
        var first = new SegmentMark(0, 2, 0, 10, 0);
        var second = new SegmentMark(1, 2, 11, 18, 1_200);
        SpeechEngine sounds = ScriptedEngine.speaking(Signals.selfIndexing(3_000), 2_400);
        Booth booth = new Booth(request -> {
            Speech speech = sounds.speak(request);
            return new Speech(
                    speech.audio(),
                    speech.receipt(),
                    request.text().equals(text) ? Flux.just(first, second) : Flux.empty());
        });
        booth.speak("before");
        booth.speak(text);
        booth.clock.advance(Duration.ofSeconds(1));
        long start = booth.output.all(UtteranceStarted.class).getLast().pos();
        assertThat(booth.output.events)
                .containsSubsequence(
                        new Caption("u2", start, "First one.", 0, 10, 1, 2),
                        booth.output.frameAt(start),
                        booth.output.frameAt(start + 480),
                        new Caption("u2", start + 1_200, "Second.", 11, 18, 2, 2),
                        booth.output.frameAt(start + 960));
        assertThat(booth.utterance("u2").progress()).isEqualTo(new Utterance.Progress(2, 2, 18, false));
    }

    @Test
    void aFullQueueRefusesAndLosesNothing() {
        var settings = ChannelSettings.conversation().withMaxUtterances(2);
        Booth booth = new Booth(ScriptedEngine.speaking(Signals.selfIndexing(SECOND), 4_800), settings);
        booth.speak("one");
        booth.speak("two");
        assertThatThrownBy(() -> booth.speak("three")).isInstanceOfSatisfying(ChannelException.class, refused -> {
            assertThat(refused.refusal().kind()).isEqualTo(ChannelRefusal.Kind.QUEUE_FULL);
            assertThat(refused.refusal().message()).startsWith("2 utterances ");
        });
        booth.clock.advance(Duration.ofSeconds(3));
        assertThat(booth.output.all(UtteranceEnded.class)).hasSize(2);
    }

    @Test
    void anIdleChannelHasNoTick() {
        Booth booth = new Booth(ScriptedEngine.speaking(Signals.selfIndexing(480), 960));
        booth.speak("one");
        booth.clock.advance(Duration.ofSeconds(1));
        int flushes = booth.output.flushes;
        booth.clock.advance(Duration.ofSeconds(10));
        assertThat(booth.output.flushes).isEqualTo(flushes);
    }
}
