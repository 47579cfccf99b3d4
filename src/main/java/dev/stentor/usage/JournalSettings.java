package dev.stentor.usage;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import reactor.core.scheduler.Scheduler;

/**
 * Settings of the file in which usage is kept.
 *
 * @param file path of the file; its folder is made
 * @param days number of days that are kept, today among them; must be positive
 * @param time the time of the day
 * @param disk the scheduler that writes, one task at a time; it may block. Not disposed
 */
public record JournalSettings(Path file, int days, InstantSource time, Scheduler disk) {

    /** Time between two writes, which is the most that a killed process loses. */
    static final Duration INTERVAL = Duration.ofMillis(500);
    /** Time after which a file that could not be used is tried again. */
    static final Duration PAUSE = Duration.ofSeconds(5);

    public JournalSettings {
        if (days < 1) {
            throw new IllegalArgumentException("days must be positive, was " + days);
        }
    }
}
