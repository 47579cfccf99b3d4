package dev.stentor.speech.sentences;

import dev.stentor.text.Segment;
import java.time.Duration;
import java.util.List;

/** The rule by which the first sound of a text waits, so that all that follows is made in time. Thread-safe. */
@FunctionalInterface
public interface StartDelay {

    /** Lets sound begin when it is there. */
    StartDelay NONE = (_, _) -> Duration.ZERO;

    /**
     * Returns how long the first segment waits after it was made.
     *
     * @param samples length of its sound
     * @param later the segments that follow, none of which is made yet
     */
    Duration of(int samples, List<Segment> later);
}
