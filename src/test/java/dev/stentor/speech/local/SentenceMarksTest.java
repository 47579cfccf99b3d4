package dev.stentor.speech.local;

import static dev.stentor.speech.SpeechEngineContract.all;
import static dev.stentor.speech.local.Rehearsal.FIVE;
import static dev.stentor.speech.local.Rehearsal.LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

/** Places at which the local engine tells that a sentence begins. */
class SentenceMarksTest {

    private final Rehearsal rehearsal = new Rehearsal();

    @BeforeEach
    void warmUp() throws Exception {
        rehearsal.warmUp();
    }

    @AfterEach
    void close() {
        rehearsal.close();
    }

    @Test
    void eachSentenceIsToldAtItsFirstSampleBeforeItsSound() {
        Speech speech = rehearsal.engine.speak(SpeechRequest.of(FIVE));
        var told = new ArrayList<SegmentMark>();
        speech.marks().subscribe(told::add);
        var samples = new AtomicLong();
        speech.audio()
                .doOnNext(buffer -> {
                    assertThat(told.getLast().firstSample()).isLessThanOrEqualTo(samples.get());
                    samples.addAndGet(buffer.remaining() / 2);
                })
                .blockLast(LIMIT);
        assertThat(told).hasSize(5);
        long sample = 0;
        for (int i = 0; i < 5; i++) {
            SegmentMark mark = told.get(i);
            String sentence = FIVE.substring(mark.from(), mark.to());
            assertThat(sentence).isEqualTo(FIVE.split("(?<=[.]) ", -1)[i]);
            assertThat(mark).isEqualTo(new SegmentMark(i, 5, mark.from(), mark.to(), sample));
            sample += sentence.length() * 2_400L + 1;
        }
        assertThat(samples).hasValue(sample);
        assertThat(speech.marks().collectList().block(LIMIT)).isEqualTo(told);
    }

    @Test
    void aSentenceThatIsSpokenInPartsIsToldWhole() {
        String text = "Well, let us see what there is.\n...\nThen we shall talk about it again.";
        Speech speech = rehearsal.engine.speak(SpeechRequest.of(text));
        var _ = all(speech);
        assertThat(rehearsal.voice.said).hasSize(3);
        assertThat(speech.marks()
                        .map(mark -> text.substring(mark.from(), mark.to()))
                        .collectList()
                        .block(LIMIT))
                .containsExactly("Well, let us see what there is.", "Then we shall talk about it again.");
    }

    @Test
    void marksEndWithTheSoundHoweverThatEnds() {
        for (String text : List.of("This goes well enough. This will break down. Never said.", "hush now")) {
            Speech speech = rehearsal.engine.speak(SpeechRequest.of(text));
            speech.audio().onErrorComplete().blockLast(LIMIT);
            StepVerifier.create(speech.marks())
                    .thenConsumeWhile(_ -> true)
                    .expectComplete()
                    .verify(LIMIT);
        }
        Speech left = rehearsal.engine.speak(SpeechRequest.of(FIVE));
        StepVerifier.create(left.audio(), 1).expectNextCount(1).thenCancel().verify(LIMIT);
        StepVerifier.create(left.marks())
                .thenConsumeWhile(_ -> true)
                .expectComplete()
                .verify(LIMIT);
    }
}
