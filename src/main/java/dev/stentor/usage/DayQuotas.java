package dev.stentor.usage;

import java.time.LocalDate;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The characters of today for each account that has a limit: paid ones and reserved ones. A new day begins with those that are still
 * reserved. At most 10,000 names have a place; those that find none share one. Thread-safe.
 */
final class DayQuotas {

    private static final int MOST_NAMES = 10_000;
    private static final String ALL_OTHERS = "";

    private final ToLongFunction<String> paidToday;
    private final ConcurrentMap<String, Count> counts = new ConcurrentHashMap<>();

    private record Count(LocalDate day, long paid, long reserved) {
        boolean isUnused(LocalDate today) {
            return reserved == 0 && !day.equals(today);
        }
    }

    /** @param paidToday gives what an account has paid for today, as far as it was counted before */
    DayQuotas(ToLongFunction<String> paidToday) {
        this.paidToday = paidToday;
    }

    /** Reserves characters, unless there would be more than {@code limit} then; returns whether it did. */
    boolean reserve(String name, long limit, long characters, LocalDate today) {
        var granted = new boolean[1];
        var _ = counts.compute(place(name, today), (place, known) -> {
            Count count = at(today, place, known);
            granted[0] = characters <= limit - count.paid() - count.reserved();
            return granted[0] ? new Count(today, count.paid(), count.reserved() + characters) : count;
        });
        return granted[0];
    }

    /**
     * Gives reserved characters back and counts paid ones, in one step.
     *
     * @param counting counts the paid ones elsewhere, where {@code paidToday} finds them
     */
    void settle(String name, long released, long paid, LocalDate today, Runnable counting) {
        var _ = counts.compute(place(name, today), (place, known) -> {
            Count count = known == null ? null : at(today, place, known);
            counting.run();
            return count == null
                    ? null
                    : new Count(today, count.paid() + paid, Math.max(0, count.reserved() - released));
        });
    }

    /** Counts anew what was paid for, since more is known now. */
    void recount(LocalDate today) {
        counts.replaceAll((name, count) -> new Count(today, paidToday.applyAsLong(name), count.reserved()));
    }

    /** Returns the reserved characters of an account. */
    long reserved(String name) {
        Count count = counts.get(name);
        return count == null ? 0 : count.reserved();
    }

    /** Returns the reserved characters of all accounts that have a limit. */
    long reserved() {
        return counts.values().stream().mapToLong(Count::reserved).sum();
    }

    private Count at(LocalDate today, String name, @Nullable Count known) {
        if (known != null && known.day().equals(today)) {
            return known;
        }
        return new Count(today, paidToday.applyAsLong(name), known == null ? 0 : known.reserved());
    }

    private String place(String name, LocalDate today) {
        if (counts.containsKey(name) || counts.size() < MOST_NAMES) {
            return name;
        }
        var _ = counts.values().removeIf(count -> count.isUnused(today));
        return counts.size() < MOST_NAMES ? name : ALL_OTHERS;
    }
}
