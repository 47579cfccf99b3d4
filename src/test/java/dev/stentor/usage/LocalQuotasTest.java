package dev.stentor.usage;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

class LocalQuotasTest extends QuotasContract {

    private final AtomicReference<Instant> now = new AtomicReference<>(EVENING);
    private final LocalQuotas quotas = new LocalQuotas(now::get, () -> 0, null, UsageStats.NONE);

    @Override
    protected Quotas quotas() {
        return quotas;
    }

    @Override
    protected void setTime(Instant time) {
        now.set(time);
    }
}
