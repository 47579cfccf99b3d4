package dev.stentor.access;

import dev.stentor.usage.Account;
import dev.stentor.usage.Limits;
import dev.stentor.usage.Quotas;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * The one place where it is decided who may do what: each HTTP request, each handshake of a WebSocket and each command over one
 * asks {@link #decide}. Thread-safe. See ADR 38.
 */
public final class Access {

    private static final Logger LOG = LoggerFactory.getLogger(Access.class);
    private static final Duration LATER = Duration.ofSeconds(10);

    private final @Nullable Rules rules;
    private final OriginRule origins;
    private final Tickets tickets;
    private final Quotas quotas;
    private final FailedAttempts failed;
    private final InstantSource time;

    /**
     * Rules about callers.
     *
     * @param anonymous rights of those who show nothing
     * @param limits limits of those whose keys have none of their own
     * @param anonymousLimits limits of those who show nothing, of all of them together
     * @param tokens check of signed tokens; null if none are accepted
     */
    public record Rules(
            ApiKeys keys,
            Rights anonymous,
            Limits limits,
            Limits anonymousLimits,
            @Nullable TokenVerifier tokens) {}

    /** A caller whose credential is right, and the account on which its use is counted. */
    private record Known(Caller caller, Account account) {}

    /**
     * Creates the decision.
     *
     * @param rules null if there are none: every credential is then accepted, and not looked at
     * @param quotas where it is counted what callers use
     * @param failuresPerMinute wrong credentials of one address before it is told to wait; 0 means no limit
     * @param micros time that only goes forward
     */
    public Access(
            @Nullable Rules rules,
            OriginRule origins,
            Tickets tickets,
            Quotas quotas,
            int failuresPerMinute,
            InstantSource time,
            LongSupplier micros) {
        this.rules = rules;
        this.origins = origins;
        this.tickets = tickets;
        this.quotas = quotas;
        this.time = time;
        this.failed = new FailedAttempts(failuresPerMinute, micros);
    }

    /** Tells whether there are rules about callers. */
    public boolean isOpen() {
        return rules == null;
    }

    /**
     * Decides, and counts what is allowed as a request of its caller. Keys are decided at once; a signed token may have
     * to wait for the keys of its issuer, and a ticket for what the nodes of a cluster share. Never fails.
     */
    public Mono<Decision> decide(Attempt attempt) {
        return identified(attempt).flatMap(decision -> switch (decision) {
            case Decision.Allowed allowed -> counted(allowed);
            case Decision.Refused _ -> Mono.just(decision);
        });
    }

    /** Decides about a request that another node has let pass, which has counted it. Works as {@link #decide}, and counts nothing. */
    public Mono<Decision> decideAgain(Attempt attempt) {
        return identified(attempt);
    }

    /** Tells whether a caller who was admitted may do something else; counts nothing. */
    public boolean permits(Caller caller, Action action, Reach reach) {
        return known(caller).isPresent() && caller.rights().permits(action, reach);
    }

    private static Mono<Decision> counted(Decision.Allowed allowed) {
        return allowed.account()
                .request()
                .map(wait -> wait.isZero()
                        ? allowed
                        : new Decision.Refused(Decision.Reason.TOO_MANY_REQUESTS, allowed.caller(), wait));
    }

    private Mono<Decision> identified(Attempt attempt) {
        if (rules != null
                && rules.tokens() != null
                && attempt.credential() instanceof Credential.Bearer(String token)
                && !Secrets.isKey(token)
                && !Secrets.isTicket(token)) {
            return rules.tokens()
                    .verify(token)
                    .map(caller -> judge(attempt, new Known(caller, account(caller, rules.limits()))))
                    .switchIfEmpty(Mono.fromSupplier(() -> unknown(attempt)))
                    .onErrorResume(error -> Mono.just(unverifiable(error)));
        }
        Mono<Known> known = ticketOf(attempt.credential())
                .map(ticket -> ofTicket(ticket, attempt))
                .orElseGet(() -> Mono.justOrEmpty(known(attempt.credential())));
        return known.map(found -> judge(attempt, found))
                .switchIfEmpty(Mono.fromSupplier(() -> unknown(attempt)))
                .onErrorResume(error -> Mono.just(unverifiable(error)));
    }

    private static Optional<String> ticketOf(Credential credential) {
        return switch (credential) {
            case Credential.Ticket(String ticket) -> Optional.of(ticket);
            case Credential.Bearer(String token) when Secrets.isTicket(token) -> Optional.of(token);
            case Credential.Bearer _, Credential.Admitted _, Credential.Absent _ -> Optional.empty();
        };
    }

    /** Returns who shows something else than a ticket; empty if the credential is wrong. Each key is looked for once. */
    private Optional<Known> known(Credential credential) {
        return switch (credential) {
            case Credential.Admitted(Caller caller) -> known(caller);
            case Credential.Ticket _ -> Optional.empty();
            case Credential.Bearer(String token) -> ofKey(token);
            case Credential.Absent _ -> known(rules == null ? Caller.ANYBODY : Caller.anonymous(rules.anonymous()));
        };
    }

    private Mono<Known> ofTicket(String ticket, Attempt attempt) {
        Mono<Known> holder = tickets.redeem(ticket, attempt.action(), attempt.reach())
                .flatMap(caller -> Mono.justOrEmpty(known(caller)));
        if (rules != null) {
            return holder;
        }
        return holder.filter(known -> known.caller().rights().permits(attempt.action(), attempt.reach()))
                .switchIfEmpty(Mono.fromSupplier(() -> new Known(Caller.ANYBODY, Account.NONE)));
    }

    private Optional<Known> ofKey(String token) {
        if (rules == null) {
            return known(Caller.ANYBODY);
        }
        if (!Secrets.isKey(token)) {
            return Optional.empty();
        }
        SecretHash hash = SecretHash.of(token);
        return rules.keys().find(hash).map(key -> {
            var caller = new Caller(key.name(), Caller.Kind.KEY, key.rights(), hash, null);
            return new Known(caller, account(caller, key.limits()));
        });
    }

    /** Returns a caller with the account that holds now; empty if its key is not valid any more, or its time is over. */
    private Optional<Known> known(Caller caller) {
        Instant until = caller.until();
        if (caller.kind() == Caller.Kind.TOKEN
                && until != null
                && !time.instant().isBefore(until)) {
            return Optional.empty();
        }
        if (rules == null) {
            return Optional.of(new Known(caller, Account.NONE));
        }
        if (caller.key() != null) {
            return rules.keys().find(caller.key()).map(key -> new Known(caller, account(caller, key.limits())));
        }
        return Optional.of(
                new Known(caller, account(caller, caller.isNobody() ? rules.anonymousLimits() : rules.limits())));
    }

    private Account account(Caller caller, Limits limits) {
        return new Account(caller.name(), limits, quotas);
    }

    private Decision judge(Attempt attempt, Known known) {
        Caller caller = known.caller();
        if (!origins.permits(attempt.page()) && caller.kind() != Caller.Kind.TICKET) {
            return refused(Decision.Reason.ORIGIN_NOT_ALLOWED, caller);
        }
        if (caller.rights().permits(attempt.action(), attempt.reach())) {
            return new Decision.Allowed(caller, known.account());
        }
        return refused(caller.isNamed() ? Decision.Reason.FORBIDDEN : Decision.Reason.UNAUTHENTICATED, caller);
    }

    private Decision unknown(Attempt attempt) {
        if (!origins.permits(attempt.page())) {
            return refused(Decision.Reason.ORIGIN_NOT_ALLOWED, Caller.unknown());
        }
        Duration wait = failed.count(attempt.address());
        return wait.isZero()
                ? refused(Decision.Reason.UNAUTHENTICATED, Caller.unknown())
                : new Decision.Refused(Decision.Reason.TOO_MANY_ATTEMPTS, Caller.unknown(), wait);
    }

    private static Decision unverifiable(Throwable error) {
        LOG.atWarn()
                .addKeyValue("type", error.getClass().getName())
                .log(
                        "A token or ticket could not be checked: its issuer's keys, or what the nodes share, are out of reach.");
        return new Decision.Refused(Decision.Reason.UNVERIFIABLE, Caller.unknown(), LATER);
    }

    private static Decision refused(Decision.Reason reason, Caller caller) {
        return new Decision.Refused(reason, caller, Duration.ZERO);
    }
}
