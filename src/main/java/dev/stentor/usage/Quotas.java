package dev.stentor.usage;

import java.time.Duration;
import java.util.List;
import reactor.core.publisher.Mono;

/**
 * The port to what callers use, and to the limits of it. It answers asynchronously, since several nodes may have to share what is
 * counted. Each method works as soon as its answer is subscribed to. Thread-safe. See ADR 39.
 */
public interface Quotas {

    /** Limits nothing, and counts nothing. */
    Quotas NONE = new NoQuotas();

    /**
     * Counts one request of a caller. Emits zero if the request may pass, else the time after which another one may; a request that may
     * not pass counts nothing. Never fails.
     */
    Mono<Duration> request(Account account);

    /**
     * Reserves characters of the day. Fails with {@link QuotaException}, and has reserved nothing then, if what was paid for today and
     * all that is reserved would be more than the limit with them.
     */
    Mono<Void> reserve(Account account, long characters);

    /**
     * Counts characters, and gives reserved ones back, in one step.
     *
     * @param released reserved characters that are given back
     * @param service the service that the characters are counted for
     */
    Mono<Void> settle(Account account, long released, Service service, Characters characters);

    /** Takes one of a kind. Fails with {@link QuotaException}, and has taken nothing then, if the account has as many as it may. */
    Mono<Void> enter(Account account, Quota kind);

    /** Gives one of a kind back, for each {@link #enter} that went well. */
    Mono<Void> leave(Account account, Quota kind);

    /** Emits what is used of the day's characters. */
    Mono<DayUse> today(Account account);

    /** Emits what was counted, the latest days first, each by account, model and service. */
    Mono<List<UsageRow>> usage(UsageQuery query);
}
