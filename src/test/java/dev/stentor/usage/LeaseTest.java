package dev.stentor.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** Leases and charges whose taker goes away while what the nodes share is asked. */
class LeaseTest {

    private final SlowQuotas quotas = new SlowQuotas();
    private final Account account = new Account("studio", new Limits(0, 1, 100, 5, 5, 5), quotas);

    @Test
    void whatIsTakenBehindACancelledRequestIsGivenBack() {
        Lease lease = account.lease(Quota.LISTENERS);
        lease.take().subscribe().dispose();
        lease.close();
        quotas.answer.tryEmitEmpty().orThrow();
        assertThat(quotas.entered).isEqualTo(1);
        assertThat(quotas.left).isEqualTo(1);
    }

    @Test
    void charactersThatAreReservedBehindACancelledRequestAreGivenBack() {
        Charge charge = account.charge();
        charge.reserve(7).subscribe().dispose();
        charge.end();
        quotas.answer.tryEmitEmpty().orThrow();
        assertThat(quotas.released).isEqualTo(7);
    }

    @Test
    void aRefusalReachesWhoWaits() {
        var refused = new QuotaException(Quota.LISTENERS, Duration.ofSeconds(1), null);
        quotas.answer.tryEmitError(refused).orThrow();
        StepVerifier.create(account.lease(Quota.LISTENERS).take())
                .verifyErrorSatisfies(error -> assertThat(error).isSameAs(refused));
    }

    /** Quotas that grant when they are told to, and count only what is done to the end. */
    private static final class SlowQuotas implements Quotas {

        private final Sinks.Empty<Void> answer = Sinks.empty();
        private int entered;
        private int left;
        private long released;

        @Override
        public Mono<Duration> request(Account account) {
            return Mono.just(Duration.ZERO);
        }

        @Override
        public Mono<Void> reserve(Account account, long characters) {
            return answer.asMono();
        }

        @Override
        public Mono<Void> settle(Account account, long less, Service service, Characters characters) {
            return Mono.fromRunnable(() -> released += less);
        }

        @Override
        public Mono<Void> enter(Account account, Quota kind) {
            return answer.asMono().then(Mono.fromRunnable(() -> entered++));
        }

        @Override
        public Mono<Void> leave(Account account, Quota kind) {
            return Mono.fromRunnable(() -> left++);
        }

        @Override
        public Mono<DayUse> today(Account account) {
            return Mono.empty();
        }

        @Override
        public Mono<List<UsageRow>> usage(UsageQuery query) {
            return Mono.just(List.of());
        }
    }
}
