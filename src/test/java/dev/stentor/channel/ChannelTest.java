package dev.stentor.channel;

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
import dev.stentor.clock.VirtualClock;
import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

class ChannelTest {

    private static final int SECOND = 24_000;

    private final VirtualClock clock = new VirtualClock();
    private final RecordingOutput output = new RecordingOutput();
    private final AtomicInteger ids = new AtomicInteger();

    @Test
    void releasesTheLeadAtOnceAndThenOneFramePerTick() {
        speak(channel(ScriptedEngine.speaking(Signals.selfIndexing(SECOND), 9_600)), "one");
        clock.settle();
        assertThat(output.frames()).isEqualTo(6);
        clock.advance(Duration.ofMillis(100));
        assertThat(output.frames()).isEqualTo(11);
        clock.advance(Duration.ofMillis(200));
        assertThat(output.frames()).isEqualTo(21);
    }

    @Test
    void theSamplesPassUntouchedWhateverTheirChunks() {
        byte[] sound = Signals.selfIndexing(SECOND + 77);
        for (int chunk : new int[] {2, 58, 958, 960, 962, 48_000, 200_000}) {
            output.events.clear();
            speak(channel(ScriptedEngine.speaking(sound, chunk)), "chunks of " + chunk);
            clock.advance(Duration.ofSeconds(2));
            assertThat(output.sound()).isEqualTo(sound);
            UtteranceEnded ended = output.all(UtteranceEnded.class).getFirst();
            assertThat(ended.samples()).isEqualTo(SECOND + 77);
            assertThat(ended.reason()).isEqualTo(Reason.DONE);
            assertThat(ended.pos())
                    .isEqualTo(output.all(UtteranceStarted.class).getFirst().pos());
        }
    }

    @Test
    void positionsAreGaplessAndTheFramesOfAnUtteranceAreMarked() {
        Channel channel = channel(ScriptedEngine.speaking(Signals.selfIndexing(1_000), 500));
        speak(channel, "one");
        speak(channel, "two");
        clock.advance(Duration.ofSeconds(1));
        List<Audio> frames = output.all(Audio.class);
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
        Channel channel = channel(ScriptedEngine.speaking(Signals.selfIndexing(SECOND), 4_800));
        speak(channel, "one");
        speak(channel, "two");
        clock.advance(Duration.ofSeconds(3));
        assertThat(output.all(UtteranceStarted.class))
                .extracting(UtteranceStarted::text)
                .containsExactly("one", "two");
        assertThat(output.all(UtteranceStarted.class))
                .extracting(UtteranceStarted::pos)
                .containsExactly(0L, 24_000L);
        assertThat(output.all(TimelineMoved.class)).hasSize(1);
        assertThat(output.all(PhaseChanged.class))
                .extracting(PhaseChanged::phase)
                .containsExactly(Phase.SYNTHESIZING, Phase.PLAYING, Phase.IDLE);
    }

    @Test
    void frameTimesFollowThePositionAlone() {
        speak(channel(ScriptedEngine.speaking(Signals.selfIndexing(SECOND), 4_800)), "one");
        clock.advance(Duration.ofSeconds(2));
        long start = output.all(TimelineMoved.class).getFirst().playMicros();
        assertThat(output.all(Audio.class))
                .allSatisfy(frame -> assertThat(frame.playMicros()).isEqualTo(start + frame.pos() / 24 * 1_000));
    }

    @Test
    void aPauseWithinTheLeadIsMadeUpAtOnce() {
        speak(channel(ScriptedEngine.speaking(Signals.selfIndexing(10 * SECOND), 48_000)), "one");
        clock.advance(Duration.ofMillis(200));
        int before = output.frames();
        clock.pause(Duration.ofMillis(90));
        assertThat(output.frames() - before).isEqualTo(4);
        clock.advance(Duration.ofMillis(10));
        assertThat(output.frames() - before).isEqualTo(5);
        assertThat(output.all(TimelineMoved.class)).hasSize(1);
    }

    @Test
    void aPauseBeyondTheLeadMovesTheTimelineAndDropsNothing() {
        byte[] sound = Signals.selfIndexing(5 * SECOND);
        speak(channel(ScriptedEngine.speaking(sound, 48_000)), "one");
        clock.advance(Duration.ofMillis(200));
        int before = output.frames();
        clock.pause(Duration.ofSeconds(2));
        assertThat(output.frames() - before).isEqualTo(6);
        assertThat(output.all(TimelineMoved.class)).hasSize(2);
        clock.advance(Duration.ofSeconds(6));
        assertThat(output.sound()).isEqualTo(sound);
    }

    @Test
    void aCaptionIsToldBeforeTheFrameInWhichItsPartBegins() {
        String text = "First one. Second.";
        var first = new SegmentMark(0, 2, 0, 10, 0);
        var second = new SegmentMark(1, 2, 11, 18, 1_200);
        SpeechEngine sounds = ScriptedEngine.speaking(Signals.selfIndexing(3_000), 2_400);
        Channel channel = channel(request -> {
            Speech speech = sounds.speak(request);
            return new Speech(
                    speech.audio(),
                    speech.receipt(),
                    request.text().equals(text) ? Flux.just(first, second) : Flux.empty());
        });
        speak(channel, "before");
        speak(channel, text);
        clock.advance(Duration.ofSeconds(1));
        long start = output.all(UtteranceStarted.class).getLast().pos();
        assertThat(output.events)
                .containsSubsequence(
                        new Caption("u2", start, "First one.", 0, 10),
                        output.frameAt(start),
                        output.frameAt(start + 480),
                        new Caption("u2", start + 1_200, "Second.", 11, 18),
                        output.frameAt(start + 960));
        assertThat(answer(channel.utterance("u2")).progress()).isEqualTo(new Utterance.Progress(2, 2, 18, false));
    }

    @Test
    void aLateEngineStallsTheChannelAndItsNextSoundGoesOutOnArrival() {
        Sinks.Many<ByteBuffer> source = Sinks.many().unicast().onBackpressureBuffer();
        speak(channel(ScriptedEngine.of(request -> source.asFlux())), "one");
        clock.settle();
        source.tryEmitNext(second(0)).orThrow();
        clock.advance(Duration.ofMillis(1_500));
        assertThat(output.all(PhaseChanged.class))
                .extracting(PhaseChanged::phase)
                .containsExactly(Phase.SYNTHESIZING, Phase.PLAYING, Phase.STALLED);
        int before = output.frames();
        clock.advance(Duration.ofMillis(7));
        source.tryEmitNext(second(1)).orThrow();
        clock.settle();
        assertThat(output.frames() - before).isEqualTo(6);
        TimelineMoved moved = output.all(TimelineMoved.class).getLast();
        assertThat(moved.playMicros()).isEqualTo(clock.micros());
        source.tryEmitComplete().orThrow();
        clock.advance(Duration.ofSeconds(2));
        assertThat(output.sound()).isEqualTo(Signals.selfIndexing(2 * SECOND));
    }

    @Test
    void demandStopsAtThePrefetchBoundAndComesBack() {
        var engine = ScriptedEngine.speaking(Signals.selfIndexing(30 * SECOND), 48_000);
        var settings = ChannelSettings.conversation().withPrefetch(Duration.ofSeconds(8));
        speak(channel(engine, settings), "long");
        clock.settle();
        assertThat(engine.requested()).isBetween(8L, 9L);
        clock.advance(Duration.ofMillis(1_500));
        assertThat(engine.requested()).isBetween(8L, 9L);
        clock.advance(Duration.ofMillis(1_500));
        assertThat(engine.requested()).isBetween(10L, 12L);
        clock.advance(Duration.ofSeconds(40));
        assertThat(output.sound()).isEqualTo(Signals.selfIndexing(30 * SECOND));
    }

    @Test
    void theNextUtteranceIsFetchedWhileTheFirstPlays() {
        var engine = ScriptedEngine.speaking(Signals.selfIndexing(3 * SECOND), 48_000);
        Channel channel = channel(engine);
        speak(channel, "one");
        speak(channel, "two");
        clock.advance(Duration.ofMillis(100));
        assertThat(engine.requests()).hasSize(2);
        assertThat(output.all(UtteranceStarted.class)).hasSize(1);
    }

    @Test
    void whatCameBeforeAFailureIsPlayedAndTheChannelGoesOn() {
        byte[] sound = Signals.selfIndexing(3_000);
        var failure = new SpeechFailure.Truncated("cut", 3_000);
        var engine = ScriptedEngine.of(request -> request.text().equals("bad")
                ? Flux.fromIterable(Signals.chunks(sound, 960))
                        .concatWith(Flux.error(new dev.stentor.speech.SpeechException(failure)))
                : Flux.fromIterable(Signals.chunks(sound, 960)));
        Channel channel = channel(engine);
        Utterance bad = speak(channel, "bad");
        speak(channel, "good");
        clock.advance(Duration.ofSeconds(1));
        assertThat(output.all(UtteranceEnded.class))
                .extracting(UtteranceEnded::reason)
                .containsExactly(Reason.FAILED, Reason.DONE);
        assertThat(output.all(UtteranceEnded.class).getFirst().samples()).isEqualTo(3_000);
        Utterance after = answer(channel.utterance(bad.id()));
        assertThat(after.state()).isEqualTo(Utterance.State.FAILED);
        assertThat(after.failure()).isEqualTo(failure);
    }

    @Test
    void anUtteranceThatFailsBeforeItsFirstSampleEndsWithoutHavingStarted() {
        var failure = new SpeechFailure.InvalidInput("voice", "There is no voice 'x'.");
        speak(channel(ScriptedEngine.failingAfter(new byte[0], 2, failure)), "one");
        clock.advance(Duration.ofMillis(100));
        assertThat(output.all(UtteranceStarted.class)).isEmpty();
        assertThat(output.all(UtteranceEnded.class)).singleElement().satisfies(ended -> {
            assertThat(ended.samples()).isZero();
            assertThat(ended.failure()).isEqualTo(new ChannelEvent.Failure(failure.code(), failure.message()));
        });
    }

    @Test
    void anEngineThatSaysNothingForTooLongIsGivenUp() {
        var engine = ScriptedEngine.of(request -> Flux.never());
        speak(channel(engine), "one");
        clock.advance(Duration.ofMillis(60_100));
        assertThat(output.all(UtteranceEnded.class))
                .singleElement()
                .satisfies(ended -> assertThat(ended.failure())
                        .extracting(ChannelEvent.Failure::code)
                        .isEqualTo("UpstreamSilent"));
        assertThat(engine.cancellations()).isEqualTo(1);
    }

    @Test
    void aFullQueueRefusesAndLosesNothing() {
        var settings = ChannelSettings.conversation().withMaxUtterances(2);
        Channel channel = channel(ScriptedEngine.speaking(Signals.selfIndexing(SECOND), 4_800), settings);
        speak(channel, "one");
        speak(channel, "two");
        assertThatThrownBy(() -> speak(channel, "three"))
                .isInstanceOfSatisfying(
                        ChannelException.class,
                        refused -> assertThat(refused.refusal())
                                .isInstanceOfSatisfying(
                                        ChannelRefusal.QueueFull.class,
                                        full -> assertThat(full.limit()).isEqualTo(2)));
        clock.advance(Duration.ofSeconds(3));
        assertThat(output.all(UtteranceEnded.class)).hasSize(2);
    }

    @Test
    void anIdleChannelHasNoTick() {
        speak(channel(ScriptedEngine.speaking(Signals.selfIndexing(480), 960)), "one");
        clock.advance(Duration.ofSeconds(1));
        int flushes = output.flushes;
        clock.advance(Duration.ofSeconds(10));
        assertThat(output.flushes).isEqualTo(flushes);
    }

    private Channel channel(SpeechEngine engine) {
        return channel(engine, ChannelSettings.conversation());
    }

    private Channel channel(SpeechEngine engine, ChannelSettings settings) {
        return new Channel(
                new ChannelName("lobby"),
                settings,
                clock,
                engine,
                Schedulers.immediate(),
                () -> "u" + ids.incrementAndGet(),
                output,
                ChannelStats.NONE);
    }

    @com.google.errorprone.annotations.CanIgnoreReturnValue
    private Utterance speak(Channel channel, String text) {
        return answer(channel.speak(SpeechRequest.of(text)));
    }

    private <T> T answer(Mono<T> question) {
        var future = question.toFuture();
        clock.settle();
        try {
            return Objects.requireNonNull(future.getNow(null));
        } catch (java.util.concurrent.CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static ByteBuffer second(int index) {
        return ByteBuffer.wrap(Signals.selfIndexing((long) index * SECOND, SECOND))
                .asReadOnlyBuffer();
    }
}
