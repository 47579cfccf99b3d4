package dev.stentor.speech.reading;

import dev.stentor.text.Border;
import dev.stentor.text.Segment;
import dev.stentor.text.SettledSegment;
import java.util.List;
import reactor.core.publisher.Mono;

/** The segments of one text, whether all of them are known or the text is still being written. Thread-safe. */
public interface SegmentList {

    /** That segment, as soon as it is settled; empty once the text has ended before it. May be asked any number of times. */
    Mono<SettledSegment> segment(int index);

    /** The same for the segment whose turn it is: all sound before it was given, and from here on the text is what is waited for. */
    default Mono<SettledSegment> turn(int index) {
        return segment(index);
    }

    /** How many are settled by now. */
    int count();

    /** Whether that one is not there, but may still come. */
    boolean mayCome(int index);

    /** A text that is known. */
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
