package dev.stentor.speech.reading;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.audio.TimeScaler;
import dev.stentor.speech.Receipt;
import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.SpokenWord;
import dev.stentor.speech.WholeFile;
import dev.stentor.testing.Heard;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** Speech at another speed than the engine's own. */
class ScaledEngineTest {

    private static final SpeechRequest REQUEST = SpeechRequest.of("Twice as fast, or half.");
    private static final byte[] SOUND = Signals.selfIndexing(24_000);

    @Test
    void atSpeed1TheEnginesOwnSpeechIsHandedOn() {
        var engine = ScriptedEngine.speaking(SOUND, 960);

        assertThat(Heard.of(new ScaledEngine(engine).speak(REQUEST), () -> {}).audio())
                .isEqualTo(SOUND);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.25, 0.7, 1.5, 4})
    void atAnotherSpeedTheTextIsSpokenAtSpeed1AndItsSoundScaled(double speed) {
        var engine = ScriptedEngine.speaking(SOUND, 960);

        Heard heard = Heard.of(new ScaledEngine(engine).speak(REQUEST.atSpeed(speed)), () -> {});

        assertThat(heard.audio()).isEqualTo(scaled(SOUND, speed)).hasSize(2 * (int) Math.round(24_000 / speed));
        assertThat(engine.requests()).containsExactly(REQUEST);
    }

    @Test
    void theReceiptTellsTheSamplesGivenTheCharactersSpokenAndNoFileOfAnotherSpeed() {
        SpeechEngine engine = _ -> new Speech(
                Flux.fromIterable(Signals.chunks(SOUND, 960)),
                Mono.just(new Receipt("r", 24_000, 23, Receipt.Ending.COMPLETE, new WholeFile.Archived("a"))));

        Receipt receipt = Heard.of(new ScaledEngine(engine).speak(REQUEST.atSpeed(2)), () -> {})
                .receipt();

        assertThat(receipt).isEqualTo(new Receipt("r", 12_000, 23, Receipt.Ending.COMPLETE, null));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.25, 0.9, 1.7, 4})
    void wordsStandAtTheirScaledPlaces(double speed) {
        var mark = new SegmentMark(
                1, 2, 8, 23, 7_001, List.of(new SpokenWord(8, 10, 333, 1_777), new SpokenWord(11, 15, 1_777, 9_998)));
        SpeechEngine engine =
                request -> ScriptedEngine.speaking(SOUND, 960).speak(request).withMarks(Flux.just(mark));

        SegmentMark scaled = Objects.requireNonNull(
                new ScaledEngine(engine).speak(REQUEST.atSpeed(speed)).marks().blockFirst());
        for (int n = 0; n < 2; n++) {
            SpokenWord word = mark.words().get(n);
            SpokenWord moved = scaled.words().get(n);
            assertThat(scaled.firstSample() + moved.firstSample())
                    .isEqualTo(TimeScaler.scaled(7_001 + word.firstSample(), speed));
            assertThat(scaled.firstSample() + moved.endSample())
                    .isEqualTo(TimeScaler.scaled(7_001 + word.endSample(), speed));
            assertThat(moved.from()).isEqualTo(word.from());
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.25, 0.9, 1.7, 4})
    void marksStandAtTheirScaledPlacesAndComeBeforeTheirSound(double speed) {
        var told = new ArrayList<SegmentMark>();
        var before = new ArrayList<Long>();
        long[] given = {0};
        Speech speech = new ScaledEngine(speakingThreeSentences()).speak(REQUEST.atSpeed(speed));
        speech.marks().subscribe(mark -> {
            told.add(mark);
            before.add(given[0]);
        });
        speech.audio().doOnNext(buffer -> given[0] += buffer.remaining() / 2).blockLast();

        assertThat(told)
                .extracting(SegmentMark::firstSample)
                .containsExactly(0L, Math.round(7_001 / speed), Math.round(15_999 / speed));
        for (int i = 0; i < told.size(); i++) {
            assertThat(before.get(i)).isLessThanOrEqualTo(told.get(i).firstSample());
        }
    }

    @Test
    void demandReachesTheEngine() {
        var engine = ScriptedEngine.of(_ -> Flux.fromIterable(Signals.chunks(SOUND, 4_800)));
        StepVerifier.create(new ScaledEngine(engine).speak(REQUEST.atSpeed(2)).audio(), 0)
                .expectSubscription()
                .then(() -> assertThat(engine.requested()).isZero())
                .thenRequest(1)
                .expectNextCount(1)
                .then(() -> assertThat(engine.requested()).isLessThanOrEqualTo(2))
                .thenCancel()
                .verify(Duration.ofSeconds(5));
        assertThat(engine.cancellations()).isEqualTo(1);
    }

    @Test
    void theReceiptOfACancelledSpeechCountsWhatWasGiven() {
        var engine = ScriptedEngine.speaking(SOUND, 9_600);
        Speech speech = new ScaledEngine(engine).speak(REQUEST.atSpeed(2));
        long[] given = {0};
        StepVerifier.create(speech.audio().doOnNext(buffer -> given[0] += buffer.remaining() / 2), 2)
                .expectNextCount(2)
                .thenCancel()
                .verify(Duration.ofSeconds(5));

        Receipt receipt = Objects.requireNonNull(speech.receipt().block());
        assertThat(receipt.ending()).isEqualTo(Receipt.Ending.CANCELLED);
        assertThat(receipt.samples()).isEqualTo(given[0]).isPositive();
    }

    @Test
    void aFailureComesAfterTheSoundThatWasCertainBeforeIt() {
        var broken = new SpeechFailure.Unreachable("No connection to the speech service.");
        var engine = ScriptedEngine.failingAfter(SOUND, 960, broken);

        Heard heard = Heard.of(new ScaledEngine(engine).speak(REQUEST.atSpeed(2)), () -> {});

        assertThat(heard.failure()).isEqualTo(broken);
        byte[] whole = scaled(SOUND, 2);
        assertThat(heard.audio().length).isBetween(whole.length - 2 * 24 * 60, whole.length - 1);
        assertThat(heard.audio()).isEqualTo(Arrays.copyOf(whole, heard.audio().length));
    }

    @Test
    void theAudioCanBeSubscribedToOnce() {
        Speech speech = new ScaledEngine(ScriptedEngine.speaking(SOUND, 960)).speak(REQUEST.atSpeed(2));
        speech.audio().blockLast();

        StepVerifier.create(speech.audio()).verifyError(IllegalStateException.class);
    }

    @Test
    void anEngineThatKnowsTheSpeedSpeaksAtItByItself() {
        var own = ScriptedEngine.speaking(SOUND, 960);
        var recorded = ScriptedEngine.speaking(new byte[4_800], 960);
        var engine = new ScaledEngine(own, recorded, request -> request.speed() < 2);

        assertThat(Heard.of(engine.speak(REQUEST.atSpeed(1.5)), () -> {}).audio())
                .isEqualTo(SOUND);
        assertThat(own.requests()).containsExactly(REQUEST.atSpeed(1.5));
        assertThat(Heard.of(engine.speak(REQUEST.atSpeed(2)), () -> {}).audio()).hasSize(2_400);
        assertThat(recorded.requests()).containsExactly(REQUEST);
    }

    @Test
    void theBoundOfTheSoundIsThatOfTheSpeed() {
        SoundBound bound = new SoundBound(Duration.ofSeconds(60), Duration.ofSeconds(1), Duration.ofMinutes(3));

        assertThat(bound.atSpeed(2).samples(20)).isEqualTo(40 * 24_000);
        assertThat(bound.atSpeed(0.5).samples(20)).isEqualTo(160 * 24_000);
        assertThat(bound.atSpeed(0.25).samples(20))
                .as("the longest of all texts")
                .isEqualTo(180 * 24_000);
        var endless = ScriptedEngine.of(_ -> Flux.generate(sink -> sink.next(ByteBuffer.allocate(48_000))));
        var engine = new BoundedEngine(endless, bound, () -> {});
        Heard heard = Heard.of(engine.speak(REQUEST.atSpeed(4)), () -> {});
        assertThat(heard.failure()).isInstanceOf(SpeechFailure.Overlong.class);
        assertThat(heard.audio()).hasSize((60 + REQUEST.text().length()) * 48_000 / 4);
    }

    @Test
    void pausesAreThoseOfTheSpeed() {
        assertThat(Pauses.NATURAL.atSpeed(2))
                .isEqualTo(new Pauses(Duration.ofMillis(60), Duration.ofMillis(125), Duration.ofMillis(225)));
        assertThat(Pauses.NONE.atSpeed(0.5)).isEqualTo(Pauses.NONE);
    }

    /** Returns an engine whose marks come right before the buffers that they stand for. */
    private static SpeechEngine speakingThreeSentences() {
        return _ -> {
            var marks = Sinks.many().replay().<SegmentMark>all();
            long[] places = {0, 7_001, 15_999, 24_000};
            Flux<ByteBuffer> audio = Flux.range(0, 3)
                    .concatMap(
                            n -> {
                                marks.tryEmitNext(new SegmentMark(n, 3, n, n + 1, places[n]))
                                        .orThrow();
                                byte[] part = Arrays.copyOfRange(SOUND, (int) places[n] * 2, (int) places[n + 1] * 2);
                                return Flux.fromIterable(Signals.chunks(part, 960));
                            },
                            0)
                    .doOnComplete(marks::tryEmitComplete);
            var receipt = new Receipt("r", 24_000, 23, Receipt.Ending.COMPLETE, null);
            return new Speech(audio, Mono.just(receipt)).withMarks(marks.asFlux());
        };
    }

    private static byte[] scaled(byte[] sound, double speed) {
        var scaler = new TimeScaler(speed);
        var out = new ByteArrayOutputStream();
        for (ByteBuffer part : List.of(scaler.scale(ByteBuffer.wrap(sound)), scaler.finish())) {
            byte[] bytes = new byte[part.remaining()];
            part.get(bytes);
            out.writeBytes(bytes);
        }
        return out.toByteArray();
    }
}
