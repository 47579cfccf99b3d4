package dev.stentor.speech.sentences;

import dev.stentor.speech.SegmentMark;
import dev.stentor.text.Segment;
import java.util.List;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * The marks of one text: each sentence is told when the sound of its first segment begins. Belongs to the one subscription of the sound,
 * whose signals are serialized, except for {@link #end} and {@link #told}, which may be called from any thread.
 */
final class SentenceMarks {

    private final Sinks.Many<SegmentMark> told = Sinks.many().replay().all();
    private List<Segment> sentences = List.of();
    private int begun;
    private long samples;

    /** Returns the marks; those that were told are repeated to each subscriber. */
    Flux<SegmentMark> told() {
        return told.asFlux();
    }

    /** Sets the sentences, of which none has begun. */
    void begin(List<Segment> ofText) {
        sentences = List.copyOf(ofText);
    }

    /** Adds a segment whose sound comes next, and tells its sentence if it is the first of it. */
    void add(Segment segment, int itsSamples) {
        if (begun < sentences.size() && sentences.get(begun).from() == segment.from()) {
            Segment sentence = sentences.get(begun);
            tell(new SegmentMark(begun, sentences.size(), sentence.from(), sentence.to(), samples));
            begun++;
        }
        samples += itsSamples;
    }

    /** Completes the marks: no more sound comes, or nobody listens any more. */
    void end() {
        var _ = told.tryEmitComplete();
    }

    /** Tells a mark, unless the listener has just left. */
    private void tell(SegmentMark mark) {
        Sinks.EmitResult result = told.tryEmitNext(mark);
        if (result != Sinks.EmitResult.FAIL_TERMINATED) {
            result.orThrow();
        }
    }
}
