package dev.stentor.usage;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

class LocalQuotasTest extends QuotasContract {

    private final AtomicReference<Instant> now = new AtomicReference<>(EVENING);
    private final LocalQuotas quotas = new LocalQuotas(now::get, () -> 0, null, UsageStats.NONE);

    @Override
    Quotas quotas() {
        return quotas;
    }

    @Override
    void setTime(Instant time) {
        now.set(time);
    }
}
