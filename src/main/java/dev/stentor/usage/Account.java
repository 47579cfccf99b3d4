package dev.stentor.usage;

import java.time.Duration;
import java.util.Objects;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * The account of one caller: a name under which all that it uses is counted, and its limits. Immutable.
 *
 * @param name name of the caller; several keys may have the same one, and then share the account
 * @param quotas where it is counted
 */
public record Account(String name, Limits limits, Quotas quotas) {

    /** Stands for callers of whom nothing is counted: those of a gateway without rules about callers. */
    public static final Account NONE = new Account("", Limits.NONE, Quotas.NONE);

    /** Returns the account of a request from its Reactor context, where it stands under this class. */
    public static Account in(ContextView context) {
        return Objects.requireNonNullElse(context.getOrDefault(Account.class, null), NONE);
    }

    /** Lets a count go on to its end even if nobody waits for it any more, so that nothing is taken that nobody knows of. */
    static Mono<Void> toItsEnd(Mono<Void> count) {
        return Mono.fromFuture(count::toFuture, true);
    }

    /** Tells whether anything is counted. */
    boolean isCounted() {
        return !(quotas instanceof NoQuotas);
    }

    /** Counts one request, as {@link Quotas#request} does. */
    public Mono<Duration> request() {
        return limits.requestsPerSecond() == 0 ? Mono.just(Duration.ZERO) : quotas.request(this);
    }

    /** Returns the charge of one text, for which nothing is reserved yet. */
    public Charge charge() {
        return isCounted() ? new Charge(this, null) : Charge.NONE;
    }

    /** Returns a lease of one of a kind, which is not taken yet. */
    public Lease lease(Quota kind) {
        return new Lease(this, kind);
    }

    /** Returns what is used of the day's characters. */
    public Mono<DayUse> today() {
        return quotas.today(this);
    }
}
