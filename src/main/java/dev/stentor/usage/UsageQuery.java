package dev.stentor.usage;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A question about usage.
 *
 * @param from first day
 * @param to last day, not before the first
 * @param account name of the only account; null means all
 * @param model name of the only model; null means all
 * @param upstream name of the only service; null means all
 */
public record UsageQuery(
        LocalDate from,
        LocalDate to,
        @Nullable String account,
        @Nullable String model,
        @Nullable String upstream) {

    boolean fits(LocalDate day) {
        return !day.isBefore(from) && !day.isAfter(to);
    }

    boolean fits(String name, Service service) {
        return isOrAny(account, name) && isOrAny(model, service.model()) && isOrAny(upstream, service.upstream());
    }

    private static boolean isOrAny(@Nullable String wanted, String given) {
        return wanted == null || wanted.equals(given);
    }
}
