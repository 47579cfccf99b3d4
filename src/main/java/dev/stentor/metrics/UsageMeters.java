package dev.stentor.metrics;

import dev.stentor.usage.Characters;
import dev.stentor.usage.LocalQuotas;
import dev.stentor.usage.Quota;
import dev.stentor.usage.UsageStats;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The meters of what callers use: characters of all together, what was refused, and whether counts are written down. Thread-safe. */
public final class UsageMeters implements UsageStats {

    private final MeterRegistry registry;
    private final Map<Quota, Counter> refused = new EnumMap<>(Quota.class);
    private final Counter paid;
    private final Counter shared;
    private final Counter unheard;
    private final Counter failures;

    /** Creates the meters in that registry. */
    public UsageMeters(MeterRegistry registry) {
        this.registry = registry;
        for (Quota quota : Quota.values()) {
            refused.put(
                    quota, Meters.QUOTA_REFUSED.counter(registry, quota.name().toLowerCase(Locale.ROOT)));
        }
        paid = Meters.USAGE_CHARACTERS.counter(registry, "paid");
        shared = Meters.USAGE_CHARACTERS.counter(registry, "shared");
        unheard = Meters.USAGE_CHARACTERS.counter(registry, "unheard");
        failures = Meters.USAGE_JOURNAL_FAILURES.counter(registry);
    }

    /** Shows what is reserved, and whether counts are written down. */
    public void watch(LocalQuotas quotas) {
        Meters.USAGE_RESERVED.gauge(registry, quotas::reserved);
        Meters.USAGE_JOURNAL_FAILING.gauge(registry, () -> quotas.isJournalFailing() ? 1 : 0);
    }

    @Override
    public void refused(Quota quota) {
        Objects.requireNonNull(refused.get(quota)).increment();
    }

    @Override
    public void counted(Characters characters) {
        paid.increment((double) characters.paid());
        shared.increment((double) characters.shared());
        unheard.increment((double) characters.unheard());
    }

    @Override
    public void journalFailed() {
        failures.increment();
    }
}
