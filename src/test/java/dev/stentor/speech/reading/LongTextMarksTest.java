package dev.stentor.speech.reading;

import static dev.stentor.speech.SpeechEngineContract.all;
import static dev.stentor.speech.SpeechEngineContract.bytes;
import static dev.stentor.speech.reading.LongTexts.TEXT;
import static dev.stentor.speech.reading.LongTexts.longText;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.SpokenWord;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import dev.stentor.testing.SpelledOut;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

/** Marks of a long text's segments, and speaking from a mark on. */
class LongTextMarksTest {

    private static final SpeechRequest REQUEST = SpeechRequest.of(TEXT);

    private final ScriptedEngine parts = ScriptedEngine.of(LongTexts::spelled);
    private final LongText engine = longText(parts);

    @Test
    void marksSayWhereEachSegmentBeginsAlsoToThoseWhoComeLate() {
        Speech speech = engine.speak(REQUEST);
        byte[] sound = bytes(all(speech));
        List<SegmentMark> marks =
                Objects.requireNonNull(speech.marks().collectList().block());
        assertThat(marks).hasSize(parts.requests().size());
        for (int i = 0; i < marks.size(); i++) {
            SegmentMark mark = marks.get(i);
            assertThat(mark.index()).isEqualTo(i);
            assertThat(mark.count()).isEqualTo(marks.size());
            String before = TEXT.substring(0, mark.from());
            assertThat(mark.firstSample()).isEqualTo(SpelledOut.of(before).length / 2);
            byte[] segment = SpelledOut.of(TEXT.substring(mark.from(), mark.to()));
            int from = (int) mark.firstSample() * 2;
            assertThat(Arrays.copyOfRange(sound, from, from + segment.length)).isEqualTo(segment);
        }
    }

    @Test
    void theWordsOfEachSegmentAreThoseOfTheTextAndComeBeforeTheirSound() {
        // Each call tells a word when it begins and another one in its midst.
        SpeechEngine worded = request -> {
            String text = request.text();
            var whole = new SegmentMark(0, 1, 0, text.length(), 0);
            int half = SpelledOut.of(text.substring(0, 2)).length / 2;
            return parts.speak(request)
                    .withMarks(Flux.just(
                            whole.with(List.of(new SpokenWord(0, 2, 0, half))),
                            whole.with(List.of(new SpokenWord(2, 3, half, half + 1)))));
        };
        Speech speech = longText(worded).speak(REQUEST);
        var told = new ArrayList<SegmentMark>();
        var heard = new AtomicInteger();
        speech.marks().subscribe(mark -> {
            if (!mark.words().isEmpty()) {
                assertThat(mark.firstSample()).isGreaterThanOrEqualTo(heard.get());
                told.add(mark);
            }
        });
        speech.audio()
                .doOnNext(buffer -> heard.addAndGet(buffer.remaining() / 2))
                .blockLast();
        assertThat(told).hasSize(2 * parts.requests().size());
        for (SegmentMark mark : told) {
            for (SpokenWord word : mark.words()) {
                String before = TEXT.substring(0, word.from());
                assertThat(mark.firstSample() + word.firstSample()).isEqualTo(SpelledOut.of(before).length / 2);
            }
        }
    }

    @Test
    void theMarkComesBeforeTheSoundOfItsSegment() {
        Speech speech = engine.speak(REQUEST);
        var last = new AtomicInteger(-1);
        List<Integer> heardAfter = new ArrayList<>();
        speech.marks().subscribe(mark -> last.set(mark.index()));
        speech.audio().doOnNext(_ -> heardAfter.add(last.get())).blockLast();
        assertThat(heardAfter)
                .isSorted()
                .startsWith(0)
                .endsWith(parts.requests().size() - 1);
    }

    @Test
    void theRestIsSpokenFromAMarkOnWithoutTheBeginning() {
        Speech whole = engine.speak(REQUEST);
        byte[] sound = bytes(all(whole));
        SegmentMark mark = Objects.requireNonNull(whole.marks().elementAt(7).block());
        int before = parts.requests().size();
        Speech rest = engine.speakFrom(REQUEST, mark);
        assertThat(bytes(all(rest))).isEqualTo(Arrays.copyOfRange(sound, (int) mark.firstSample() * 2, sound.length));
        assertThat(parts.requests()).hasSize(before + before - 7);
        assertThat(rest.marks().collectList().block())
                .isEqualTo(whole.marks().skip(7).collectList().block());
        assertThatIllegalArgumentException().isThrownBy(() -> engine.speakFrom(SpeechRequest.of("Short."), mark));
    }

    @Test
    void theSoundBeforeAMarkCanBeLeftOut() {
        Speech whole = engine.speak(REQUEST);
        byte[] sound = bytes(all(whole));
        SegmentMark mark = Objects.requireNonNull(whole.marks().elementAt(5).block());
        Speech rest = LongText.from(engine.speak(REQUEST), 5);
        StepVerifier.create(rest.audio(), 1).expectNextCount(1).thenCancel().verify();
        Speech again = LongText.from(engine.speak(REQUEST), 5);
        byte[] heard = bytes(all(again));
        assertThat(heard).isEqualTo(Arrays.copyOfRange(sound, (int) mark.firstSample() * 2, sound.length));
        assertThat(again.marks().blockFirst()).isEqualTo(mark);
        assertThat(Objects.requireNonNull(again.receipt().block()).samples()).isEqualTo(heard.length / 2);
    }

    @Test
    void aSpeechWithoutTheMarkIsHeardWhole() {
        byte[] sound = Signals.selfIndexing(100);
        var speech = new Speech(
                Flux.fromIterable(Signals.chunks(sound, 20)),
                engine.speak(REQUEST).receipt(),
                Flux.just(new SegmentMark(0, 1, 0, 9, 0)));
        Speech rest = LongText.from(speech, 3);
        assertThat(bytes(all(rest))).isEqualTo(sound);
        assertThat(rest.marks().blockFirst()).isEqualTo(new SegmentMark(0, 1, 0, 9, 0));
    }

    @Test
    void aMarkAmidABufferCutsItThere() {
        ByteBuffer buffer = ByteBuffer.wrap(Signals.selfIndexing(100)).asReadOnlyBuffer();
        var speech = new Speech(
                Flux.just(buffer.duplicate(), buffer.duplicate()),
                engine.speak(REQUEST).receipt(),
                Flux.just(new SegmentMark(0, 2, 0, 1, 0), new SegmentMark(1, 2, 1, 2, 130)));
        assertThat(bytes(all(LongText.from(speech, 1)))).isEqualTo(Signals.selfIndexing(30, 70));
    }
}
