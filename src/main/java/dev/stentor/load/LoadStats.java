package dev.stentor.load;

import java.time.Duration;

/** A receiver of measurements of the load. Called on the clock's thread, {@link #refused} from any; must not block. */
public interface LoadStats {

    /** Counts nothing. */
    LoadStats NONE = new LoadStats() {};

    /** Takes the lateness of the clock's thread. */
    default void clockLate(Duration lateness) {}

    /** Takes the lateness of an event loop. */
    default void loopLate(Duration lateness) {}

    /** Counts a piece of work that was refused. */
    default void refused(RefusedWork work) {}
}
