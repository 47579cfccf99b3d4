package dev.stentor.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * The open tickets: short secrets in addresses, for what can send no header. They live in memory, here or in what several nodes share,
 * and end with the key of the caller who asked for them. One that is shared is used up there alone: without what the nodes share it
 * opens nothing, since another node might use it too. One that could not be shared is valid here; before it is used it is taken from what the
 * nodes share, in case it has come there after all. Thread-safe.
 */
public final class Tickets {

    private final TicketSettings settings;
    private final InstantSource time;
    private final @Nullable SharedTickets shared;
    private final ConcurrentMap<SecretHash, Place> open = new ConcurrentHashMap<>();

    /** Where a ticket of this node can be used up. */
    private record Place(OpenTicket ticket, boolean isShared) {}

    /**
     * Creates an empty store.
     *
     * @param shared what the nodes share; null if this one is alone
     */
    public Tickets(TicketSettings settings, InstantSource time, @Nullable SharedTickets shared) {
        this.settings = settings;
        this.time = time;
        this.shared = shared;
    }

    /** Returns the bounds. */
    public TicketSettings settings() {
        return settings;
    }

    /** Returns how many tickets of this node can still be used. Looks at each of them. */
    public long open() {
        Instant now = time.instant();
        return open.values().stream()
                .filter(place -> !place.ticket().isOver(now))
                .count();
    }

    /**
     * Makes a ticket that acts in the caller's name. The order must be within the caller's rights, and its lifetime within the
     * settings. Emits nothing if this node has as many tickets as may be. It reads random bits, which is access to a file.
     */
    public Mono<IssuedTicket> issue(TicketOrder order, Caller caller) {
        return Mono.defer(() -> {
            Instant now = time.instant();
            if (open.size() >= settings.max()) {
                var _ = open.values().removeIf(place -> place.ticket().isOver(now));
            }
            if (open.size() >= settings.max()) {
                return Mono.empty();
            }
            Instant until = earlier(now.plus(order.lifetime()), caller);
            var ticket = OpenTicket.of(order, until, caller);
            String secret = Secrets.newTicket();
            SecretHash hash = SecretHash.of(secret);
            open.put(hash, new Place(ticket, false));
            return share(hash, ticket, Duration.between(now, until)).thenReturn(new IssuedTicket(secret, until));
        });
    }

    /**
     * Emits the caller of a ticket, and uses it up if it is for one use and the action is what it is for. Fails if what the nodes share is
     * out of reach.
     */
    Mono<Caller> redeem(String ticket, Action action, Reach reach) {
        if (!Secrets.isTicket(ticket)) {
            return Mono.empty();
        }
        SecretHash hash = SecretHash.of(ticket);
        Place place = open.get(hash);
        if (place != null && !place.isShared()) {
            Mono<Caller> here = Mono.fromSupplier(
                    () -> redeemHere(hash, place, action, reach).orElse(null));
            return shared == null || !place.ticket().once()
                    ? here
                    : shared.use(hash.digits()).onErrorReturn(false).then(here);
        }
        return shared == null ? Mono.empty() : redeemThere(shared, hash, action, reach);
    }

    private Optional<Caller> redeemHere(SecretHash hash, Place place, Action action, Reach reach) {
        OpenTicket ticket = place.ticket();
        boolean over = ticket.isOver(time.instant());
        if (over || (ticket.once() && ticket.permits(action, reach))) {
            return open.remove(hash, place) && !over ? Optional.of(ticket.caller()) : Optional.empty();
        }
        return Optional.of(ticket.caller());
    }

    private Mono<Caller> redeemThere(SharedTickets nodes, SecretHash hash, Action action, Reach reach) {
        return nodes.find(hash.digits())
                .flatMap(text -> Mono.justOrEmpty(OpenTicket.parse(text)))
                .filter(ticket -> !ticket.isOver(time.instant()))
                .filterWhen(ticket -> ticket.once() && ticket.permits(action, reach)
                        ? nodes.use(hash.digits()).doOnNext(_ -> open.remove(hash))
                        : Mono.just(true))
                .map(OpenTicket::caller);
    }

    private Mono<Void> share(SecretHash hash, OpenTicket ticket, Duration lifetime) {
        if (shared == null || lifetime.toMillis() < 1) {
            return Mono.empty();
        }
        return shared.keep(hash.digits(), ticket.text(), lifetime)
                .then(Mono.<Void>fromRunnable(() -> open.put(hash, new Place(ticket, true))))
                .onErrorResume(_ -> Mono.empty());
    }

    private static Instant earlier(Instant until, Caller caller) {
        Instant end = caller.until();
        return end != null && end.isBefore(until) ? end : until;
    }
}
