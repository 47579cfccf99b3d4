package dev.stentor.speech.reading;

import dev.stentor.text.Border;
import dev.stentor.text.Segment;
import dev.stentor.text.SettledSegment;
import java.util.List;
import reactor.core.publisher.Mono;

/** The segments of one text; all of them may be known, or the text may still be being written. Thread-safe. */
public interface SegmentList {

    /** Returns a segment as soon as it is settled; empty once the text has ended before it. May be called any number of times. */
    Mono<SettledSegment> segment(int index);

    /**
     * Returns the segment that is heard next, like {@link #segment}. All sound before it was given; the speech now waits for this
     * one.
     */
    default Mono<SettledSegment> next(int index) {
        return segment(index);
    }

    /** Returns how many are settled by now. */
    int count();

    /** Tells whether a segment is not there yet, but may still come. */
    boolean mayCome(int index);

    /** Creates the list of a text that is known. */
    static SegmentList of(List<Segment> segments) {
        List<Segment> all = List.copyOf(segments);
        return new SegmentList() {
            @Override
            public Mono<SettledSegment> segment(int index) {
                return index < all.size() ? Mono.just(new SettledSegment(all.get(index), Border.NONE)) : Mono.empty();
            }

            @Override
            public int count() {
                return all.size();
            }

            @Override
            public boolean mayCome(int index) {
                return false;
            }
        };
    }
}
