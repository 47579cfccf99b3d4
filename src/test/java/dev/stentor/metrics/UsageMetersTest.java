package dev.stentor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.testing.Unlimited;
import dev.stentor.usage.Account;
import dev.stentor.usage.Limits;
import dev.stentor.usage.LocalQuotas;
import dev.stentor.usage.Quota;
import dev.stentor.usage.QuotaException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

class UsageMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final UsageMeters meters = new UsageMeters(registry);
    private final LocalQuotas quotas = new LocalQuotas(InstantSource.system(), () -> 0, null, meters);

    @Test
    void whatIsReservedCountedAndRefusedIsShown() {
        meters.watch(quotas);
        var limits = new Limits(0, 1, 10, 0, 1, 0);
        var account = new Account("studio", limits, quotas);
        StepVerifier.create(account.charge().reserve(8)).verifyComplete();
        StepVerifier.create(account.charge().reserve(8)).verifyError(QuotaException.class);
        StepVerifier.create(account.lease(Quota.LISTENERS).take()).verifyComplete();
        StepVerifier.create(account.lease(Quota.LISTENERS).take()).verifyError(QuotaException.class);
        var unlimited = new Account("stage", Unlimited.CALLER, quotas);
        unlimited.charge().shared("m", 5);
        assertThat(registry.get("stentor.usage.reserved").gauge().value()).isEqualTo(8);
        assertThat(registry.get("stentor.usage.journal.failing").gauge().value())
                .isZero();
        assertThat(count("stentor.quota.refused", "characters")).isEqualTo(1);
        assertThat(count("stentor.quota.refused", "listeners")).isEqualTo(1);
        assertThat(count("stentor.quota.refused", "uploads")).isZero();
        assertThat(count("stentor.usage.characters", "shared")).isEqualTo(5);
        assertThat(count("stentor.usage.characters", "paid")).isZero();
    }

    @Test
    void triesToWriteThatFailedAreCounted() {
        meters.journalFailed();
        assertThat(registry.get("stentor.usage.journal.failures").counter().count())
                .isEqualTo(1);
    }

    private double count(String name, String cause) {
        return registry.get(name).tag("cause", cause).counter().count();
    }
}
