package dev.stentor.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelEvent.MarkReached;
import dev.stentor.channel.UtteranceRequest.Mode;
import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.Speech;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

class MarksTest {

    private static final String TEXT = "First one. Second.";
    private static final SegmentMark FIRST = new SegmentMark(0, 2, 0, 10, 0);
    private static final SegmentMark SECOND = new SegmentMark(1, 2, 11, 18, 24_000);

    private final ScriptedEngine sound = ScriptedEngine.speaking(Signals.selfIndexing(48_000), 9_600);

    @Test
    void aMarkIsExactWhereASegmentBeginsAndEstimatedWithinOne() {
        Booth booth = new Booth(this::inTwoSegments);
        speak(booth, mark("end", 18), mark("second", 11), mark("middle", 5), mark("start", 0));
        booth.clock.advance(Duration.ofSeconds(3));
        assertThat(booth.output.all(MarkReached.class))
                .containsExactly(
                        new MarkReached("u1", "start", 0, false),
                        new MarkReached("u1", "middle", 12_000, true),
                        new MarkReached("u1", "second", 24_000, false),
                        new MarkReached("u1", "end", 48_000, false));
    }

    @Test
    void aMarkComesBeforeTheFrameThatHoldsIt() {
        Booth booth = new Booth(this::inTwoSegments);
        speak(booth, mark("second", 11));
        booth.clock.advance(Duration.ofSeconds(3));
        List<ChannelEvent> events = booth.output.events;
        int at = events.indexOf(new MarkReached("u1", "second", 24_000, false));
        Audio next = events.subList(at, events.size()).stream()
                .filter(Audio.class::isInstance)
                .map(Audio.class::cast)
                .findFirst()
                .orElseThrow();
        assertThat(next.pos()).isEqualTo(24_000);
    }

    @Test
    void withoutSegmentsAllButTheEndsIsEstimated() {
        Booth booth = new Booth(sound);
        speak(booth, mark("start", 0), mark("half", 9), mark("end", 18));
        booth.clock.advance(Duration.ofSeconds(3));
        assertThat(booth.output.all(MarkReached.class))
                .extracting(MarkReached::mark, MarkReached::estimated)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("start", false),
                        org.assertj.core.groups.Tuple.tuple("half", true),
                        org.assertj.core.groups.Tuple.tuple("end", false));
        assertThat(booth.output.all(MarkReached.class).getLast().pos()).isEqualTo(48_000);
    }

    @Test
    void whatWasNotSpokenIsNotReached() {
        var broken = ScriptedEngine.failingAfter(
                Signals.selfIndexing(24_000), 9_600, new SpeechFailure.Truncated("cut", 24_000));
        Booth booth = new Booth(request -> {
            Speech speech = broken.speak(request);
            return new Speech(speech.audio(), speech.receipt(), Flux.just(FIRST));
        });
        speak(booth, mark("start", 0), mark("second", 11), mark("end", 18));
        booth.clock.advance(Duration.ofSeconds(3));
        assertThat(booth.output.all(MarkReached.class))
                .extracting(MarkReached::mark)
                .containsExactly("start");
    }

    @Test
    void whatIsSpokenAgainIsMarkedAgain() {
        Booth booth = new Booth(this::inTwoSegments);
        booth.speak(TEXT);
        speak(booth, mark("start", 0));
        booth.clock.advance(Duration.ofMillis(1_950)); // within the lead of the second
        booth.clear(ClearRequest.current("cancel"));
        booth.clock.advance(Duration.ofSeconds(3));
        List<MarkReached> marks = booth.output.all(MarkReached.class);
        assertThat(marks).extracting(MarkReached::mark).containsExactly("start", "start");
        assertThat(marks.getLast().pos()).isGreaterThan(marks.getFirst().pos());
    }

    private Speech inTwoSegments(SpeechRequest request) {
        Speech speech = sound.speak(request);
        return new Speech(speech.audio(), speech.receipt(), Flux.just(FIRST, SECOND));
    }

    private static TextMark mark(String id, int at) {
        return new TextMark(id, at);
    }

    private static void speak(Booth booth, TextMark... marks) {
        var _ = booth.answer(booth.channel.speak(
                new UtteranceRequest(SpeechRequest.of(TEXT), Mode.ENQUEUE, null, null, false, List.of(marks))));
    }
}
