package dev.stentor.speech.sentences;

import dev.stentor.speech.SegmentMark;
import dev.stentor.speech.SpokenWord;
import dev.stentor.text.Segment;
import java.util.List;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;

/**
 * The marks of one text: each sentence is told when the sound of its first segment begins, and the words of each segment with it. Belongs to the one subscription of the sound,
 * whose signals are serialized, except for {@link #end} and {@link #told}, which may be called from any thread.
 */
final class SentenceMarks {

    private final Sinks.Many<SegmentMark> told = Sinks.many().replay().all();
    private List<Segment> sentences = List.of();
    private int begun;
    /** The latest mark, which further words belong to; null before the first. */
    private @Nullable SegmentMark sentence;

    private long samples;

    /** Returns the marks; those that were told are repeated to each subscriber. */
    Flux<SegmentMark> told() {
        return told.asFlux();
    }

    /** Sets the sentences, of which none has begun. */
    void begin(List<Segment> ofText) {
        sentences = List.copyOf(ofText);
    }

    /**
     * Adds a segment whose sound comes next. Tells its sentence if it is the first of it, and its words if they are known.
     *
     * @param words counted from the beginning of the segment and of its sound
     */
    void add(Segment segment, int itsSamples, List<SpokenWord> words) {
        SegmentMark mark = sentence;
        boolean begins = begun < sentences.size() && sentences.get(begun).from() == segment.from();
        if (begins) {
            Segment next = sentences.get(begun);
            mark = new SegmentMark(begun, sentences.size(), next.from(), next.to(), samples);
            sentence = mark;
            begun++;
        }
        if (mark != null && (begins || !words.isEmpty())) {
            long before = samples - mark.firstSample();
            tell(mark.with(words.stream()
                    .map(word -> word.later(segment.from(), before))
                    .toList()));
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
