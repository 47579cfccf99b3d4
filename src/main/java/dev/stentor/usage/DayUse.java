package dev.stentor.usage;

import java.time.Instant;

/**
 * The characters of one account today.
 *
 * @param paid characters that were paid for
 * @param reserved characters that are set apart for what is being spoken, or waits to be
 * @param resetAt the end of the day, at midnight UTC
 */
public record DayUse(long paid, long reserved, Instant resetAt) {}
