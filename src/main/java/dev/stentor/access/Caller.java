package dev.stentor.access;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.util.context.ContextView;

/**
 * The sender of a request, as far as it is known. Immutable.
 *
 * @param name the name in logs: that of the key, or the subject of the token behind {@code jwt:}
 * @param key hash of the key behind it, which must still be valid for whatever comes later; null if there is none
 * @param until time up to which the caller is known; null means no end
 */
public record Caller(
        String name,
        Kind kind,
        Rights rights,
        @Nullable SecretHash key,
        @Nullable Instant until) {

    /** Ways in which a caller is known. */
    public enum Kind {
        /** Not at all, and nobody is: there are no access rules. */
        ANYBODY,
        /** Not at all: the caller showed nothing. */
        ANONYMOUS,
        /** By an API key. */
        KEY,
        /** By a signed token of somebody else. */
        TOKEN,
        /** By a ticket that a caller asked for. */
        TICKET
    }

    /** Stands for everybody where there are no access rules. */
    static final Caller ANYBODY = new Caller("anybody", Kind.ANYBODY, Rights.all(), null, null);

    private static final String ANONYMOUS = "anonymous";

    /** Creates a caller who showed nothing. */
    static Caller anonymous(Rights rights) {
        return new Caller(ANONYMOUS, Kind.ANONYMOUS, rights, null, null);
    }

    /** Returns the caller of a request from its Reactor context, where it stands under this class. */
    public static Caller in(ContextView context) {
        return Objects.requireNonNullElseGet(context.getOrDefault(Caller.class, null), Caller::unknown);
    }

    /** Returns a caller without any right, for a request that nobody has looked at. */
    static Caller unknown() {
        return anonymous(Rights.NONE);
    }

    /** Tells whether it is known who calls. */
    public boolean isNamed() {
        return kind != Kind.ANYBODY && kind != Kind.ANONYMOUS;
    }

    /** Tells whether the caller, or whoever asked for its ticket, showed nothing. */
    boolean isNobody() {
        return key == null && name.equals(ANONYMOUS);
    }

    Caller withTicket(Rights lesser, Instant newUntil) {
        return new Caller(name, Kind.TICKET, lesser, key, newUntil);
    }
}
