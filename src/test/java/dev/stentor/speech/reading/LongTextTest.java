package dev.stentor.speech.reading;

import static dev.stentor.speech.reading.LongTexts.CUT;
import static dev.stentor.speech.reading.LongTexts.LIMIT;
import static dev.stentor.speech.reading.LongTexts.TEXT;
import static dev.stentor.speech.reading.LongTexts.longText;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.Receipt;
import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.SpeakerMemory;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechEngineContract;
import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.SpelledOut;
import dev.stentor.usage.Charge;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class LongTextTest extends SpeechEngineContract {

    private final ScriptedEngine parts = ScriptedEngine.of(LongTexts::spelled);
    private final LongText engine = longText(parts);

    @Override
    protected SpeechEngine engine() {
        return engine;
    }

    @Override
    protected SpeechRequest request() {
        return SpeechRequest.of(TEXT);
    }

    @Test
    void theSegmentsAreJoinedInOrderAndToTheSample() {
        assertThat(bytes(all(engine.speak(request())))).isEqualTo(SpelledOut.of(TEXT));
        assertThat(parts.requests())
                .hasSizeGreaterThan(15)
                .allMatch(part -> LIMIT.fits(part.text()))
                .extracting(SpeechRequest::text)
                .allMatch(TEXT::contains);
    }

    @Test
    void segmentsAreSpokenAsTheWholeWouldBe() {
        var request = new SpeechRequest(TEXT, "m", "v", "English", "slowly", true, 1.5, true, Charge.NONE);
        var _ = all(engine.speak(request));
        assertThat(parts.requests())
                .allSatisfy(part -> assertThat(part.withText(TEXT)).isEqualTo(request));
    }

    @Test
    void theEngineOfTheFirstSegmentIsRememberedForTheOthersOfThatText() {
        var speakers = new ConcurrentLinkedQueue<SpeechEngine>();
        ScriptedEngine choosing = ScriptedEngine.of(request -> Flux.deferContextual(context -> {
            speakers.add(SpeakerMemory.speaker(context, () -> ScriptedEngine.endless(2)));
            return LongTexts.spelled(request);
        }));
        var _ = all(longText(choosing).speak(request()));
        assertThat(speakers).hasSizeGreaterThan(15);
        assertThat(Set.copyOf(speakers)).hasSize(1);
        var _ = all(longText(choosing).speak(request()));
        assertThat(Set.copyOf(speakers)).as("another text has its own").hasSize(2);
    }

    @Test
    void theReceiptAddsUp() {
        Speech speech = engine.speak(request());
        var _ = all(speech);
        long characters = parts.requests().stream()
                .mapToLong(part -> part.text().length())
                .sum();
        assertThat(speech.receipt().block())
                .isEqualTo(new Receipt(
                        "scripted-request", SpelledOut.of(TEXT).length / 2, characters, Receipt.Ending.COMPLETE, null));
    }

    @Test
    void aTextThatFitsGoesToTheEngineAsItIs() {
        Speech speech = engine.speak(SpeechRequest.of(" Short. "));
        assertThat(bytes(all(speech))).isEqualTo(SpelledOut.of("Short."));
        assertThat(parts.requests()).containsExactly(SpeechRequest.of(" Short. "));
        StepVerifier.create(speech.marks())
                .expectNext(new SegmentMark(0, 1, 0, 8, 0))
                .verifyComplete();
    }

    @Test
    void blanksBeyondTheLimitAreNoText() {
        for (String blank : List.of(" ".repeat(100), "\u00a0".repeat(100))) {
            assertThat(engine.objection(SpeechRequest.of(blank))).isPresent();
            StepVerifier.create(engine.speak(SpeechRequest.of(blank)).audio()).verifyError(SpeechException.class);
        }
    }

    @Test
    void anObjectionIsThatToTheFirstSegment() {
        var picky = new LongText(
                new Picky(), _ -> LIMIT, LongText.AHEAD, LongText.Recorder.NONE, SoundBound.STANDARD, () -> {});
        assertThat(picky.objection(request())).isEmpty();
        assertThat(picky.objection(SpeechRequest.of("Forbidden. " + TEXT))).isPresent();
        assertThat(picky.objection(SpeechRequest.of(" ".repeat(1_000) + "Forbidden." + TEXT)))
                .isPresent();
    }

    private static final class Picky implements SpeechEngine {

        @Override
        public Speech speak(SpeechRequest request) {
            return Speech.failed(CUT);
        }

        @Override
        public Optional<SpeechFailure.InvalidInput> objection(SpeechRequest request) {
            return request.text().startsWith("Forbidden")
                    ? Optional.of(new SpeechFailure.InvalidInput("text", "No."))
                    : Optional.empty();
        }
    }

    @Test
    void onlyAWholeTextThatWasSplitIsRecorded() {
        var recorded = new ArrayList<SpeechRequest>();
        LongText.Recorder recorder = (request, speech) -> {
            recorded.add(request);
            return speech;
        };
        var recording = new LongText(parts, _ -> LIMIT, 2, recorder, SoundBound.STANDARD, () -> {});
        var _ = all(recording.speak(SpeechRequest.of("Short.")));
        assertThat(recorded).isEmpty();
        var _ = all(recording.speak(request()));
        assertThat(recorded).containsExactly(request());
    }
}
