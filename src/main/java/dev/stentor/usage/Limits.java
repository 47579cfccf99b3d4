package dev.stentor.usage;

import java.util.Collection;
import java.util.Set;

/**
 * The limits of one caller; 0 means no limit. Immutable.
 *
 * @param requestsPerSecond requests, handshakes and commands in the long run; else at least 0.001
 * @param requestBurst how many of them may come at once; must be positive
 * @param charactersPerDay characters that are spoken in a day
 * @param channels channels that are open at once
 * @param listeners connections that listen at once
 * @param uploads uploads at once
 */
public record Limits(
        double requestsPerSecond, int requestBurst, long charactersPerDay, int channels, int listeners, int uploads) {

    /** Limits nothing. */
    static final Limits NONE = new Limits(0, 1, 0, 0, 0, 0);

    private static final Set<String> NAMES =
            Set.of("requests-per-second", "request-burst", "characters-per-day", "channels", "listeners", "uploads");
    private static final double SLOWEST = 0.001;
    private static final double FASTEST = 1_000_000;

    public Limits {
        if (requestsPerSecond != 0 && !(requestsPerSecond >= SLOWEST && requestsPerSecond <= FASTEST)) {
            throw new IllegalArgumentException(
                    "requests-per-second must be 0, or 0.001 to 1000000, was " + requestsPerSecond);
        }
        if (requestBurst < 1) {
            throw new IllegalArgumentException("request-burst must be positive, was " + requestBurst);
        }
        requireCount("characters-per-day", charactersPerDay);
        requireCount("channels", channels);
        requireCount("listeners", listeners);
        requireCount("uploads", uploads);
    }

    private static void requireCount(String name, long count) {
        if (count < 0) {
            throw new IllegalArgumentException(name + " must not be negative, was " + count);
        }
    }

    /** Tells whether a word, such as {@code channels=2}, is one of these limits. */
    public static boolean isOne(String word) {
        int end = word.indexOf('=');
        return end > 0 && NAMES.contains(word.substring(0, end));
    }

    /**
     * Returns a copy in which these words replace limits, such as {@code characters-per-day=100000}. Throws {@link
     * IllegalArgumentException} if one is wrong.
     */
    public Limits with(Collection<String> words) {
        Limits changed = this;
        for (String word : words) {
            int end = word.indexOf('=');
            String name = word.substring(0, Math.max(0, end));
            try {
                changed = changed.with(name, word.substring(end + 1));
            } catch (NumberFormatException _) {
                throw new IllegalArgumentException("its limit " + name + " is not a number");
            }
        }
        return changed;
    }

    private Limits with(String name, String number) {
        return switch (name) {
            case "requests-per-second" ->
                new Limits(Double.parseDouble(number), requestBurst, charactersPerDay, channels, listeners, uploads);
            case "request-burst" ->
                new Limits(requestsPerSecond, Integer.parseInt(number), charactersPerDay, channels, listeners, uploads);
            case "characters-per-day" ->
                new Limits(requestsPerSecond, requestBurst, Long.parseLong(number), channels, listeners, uploads);
            case "channels" ->
                new Limits(
                        requestsPerSecond,
                        requestBurst,
                        charactersPerDay,
                        Integer.parseInt(number),
                        listeners,
                        uploads);
            case "listeners" ->
                new Limits(
                        requestsPerSecond, requestBurst, charactersPerDay, channels, Integer.parseInt(number), uploads);
            case "uploads" ->
                new Limits(
                        requestsPerSecond,
                        requestBurst,
                        charactersPerDay,
                        channels,
                        listeners,
                        Integer.parseInt(number));
            default -> throw new IllegalArgumentException("there is no such limit");
        };
    }

    /** Returns how many of a kind there may be; 0 means no limit. */
    public long of(Quota quota) {
        return switch (quota) {
            case CHARACTERS -> charactersPerDay;
            case CHANNELS -> channels;
            case LISTENERS -> listeners;
            case UPLOADS -> uploads;
        };
    }
}
