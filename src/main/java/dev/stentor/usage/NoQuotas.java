package dev.stentor.usage;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import reactor.core.publisher.Mono;

/** Quotas that limit nothing, and count nothing. */
final class NoQuotas implements Quotas {

    @Override
    public Mono<Duration> request(Account account) {
        return Mono.just(Duration.ZERO);
    }

    @Override
    public Mono<Void> reserve(Account account, long characters) {
        return Mono.empty();
    }

    @Override
    public Mono<Void> settle(Account account, long released, Service service, Characters characters) {
        return Mono.empty();
    }

    @Override
    public Mono<Void> enter(Account account, Quota kind) {
        return Mono.empty();
    }

    @Override
    public Mono<Void> leave(Account account, Quota kind) {
        return Mono.empty();
    }

    @Override
    public Mono<DayUse> today(Account account) {
        return Mono.just(new DayUse(0, 0, Instant.MAX));
    }

    @Override
    public Mono<List<UsageRow>> usage(UsageQuery query) {
        return Mono.just(List.of());
    }
}
