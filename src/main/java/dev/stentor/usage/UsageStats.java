package dev.stentor.usage;

/** Receiver of what is counted of callers. Called on any thread; must not block. */
public interface UsageStats {

    /** Counts nothing. */
    UsageStats NONE = new UsageStats() {};

    /** Counts something that was refused, since its caller has used too much. */
    default void refused(Quota quota) {}

    /** Counts characters. */
    default void counted(Characters characters) {}

    /** Counts a try to write the counts down that went wrong. */
    default void journalFailed() {}
}
