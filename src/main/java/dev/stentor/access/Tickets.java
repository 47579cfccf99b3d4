package dev.stentor.access;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The open tickets: short secrets in addresses, for what can send no header. They live in memory only, and end with the process and
 * with the key of the caller who asked for them. Thread-safe.
 */
public final class Tickets {

    private final TicketSettings settings;
    private final InstantSource time;
    private final ConcurrentMap<SecretHash, Open> open = new ConcurrentHashMap<>();

    private record Open(Caller caller, boolean once) {
        boolean isOver(Instant now) {
            Instant until = caller.until();
            return until != null && !now.isBefore(until);
        }
    }

    /** Creates an empty store. */
    public Tickets(TicketSettings settings, InstantSource time) {
        this.settings = settings;
        this.time = time;
    }

    /** Returns the bounds. */
    public TicketSettings settings() {
        return settings;
    }

    /** Returns how many tickets can still be used. Looks at each of them. */
    public long open() {
        Instant now = time.instant();
        return open.values().stream().filter(ticket -> !ticket.isOver(now)).count();
    }

    /**
     * Makes a ticket that acts in the caller's name. The order must be within the caller's rights, and its lifetime within the
     * settings. Returns nothing if there are as many tickets as may be.
     */
    public Optional<IssuedTicket> issue(TicketOrder order, Caller caller) {
        Instant now = time.instant();
        if (open.size() >= settings.max()) {
            var _ = open.values().removeIf(ticket -> ticket.isOver(now));
        }
        if (open.size() >= settings.max()) {
            return Optional.empty();
        }
        List<String> channel = List.of(order.channel());
        Rights rights = Rights.of(channel, order.speak() ? channel : List.of(), List.of());
        Instant until = earlier(now.plus(order.lifetime()), caller);
        String ticket = Secrets.newTicket();
        open.put(SecretHash.of(ticket), new Open(caller.withTicket(rights, until), order.once()));
        return Optional.of(new IssuedTicket(ticket, until));
    }

    /** Returns the caller of a ticket, and uses it up if it is for one use and the action is what it is for. */
    Optional<Caller> redeem(String ticket, Action action, Reach reach) {
        if (!Secrets.isTicket(ticket)) {
            return Optional.empty();
        }
        SecretHash hash = SecretHash.of(ticket);
        Open found = open.get(hash);
        if (found == null) {
            return Optional.empty();
        }
        boolean over = found.isOver(time.instant());
        if (over || (found.once() && found.caller().rights().permits(action, reach))) {
            return open.remove(hash, found) && !over ? Optional.of(found.caller()) : Optional.empty();
        }
        return Optional.of(found.caller());
    }

    private static Instant earlier(Instant until, Caller caller) {
        Instant end = caller.until();
        return end != null && end.isBefore(until) ? end : until;
    }
}
