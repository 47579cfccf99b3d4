package dev.stentor.access;

import java.time.Instant;

/** A ticket as its caller gets it, once. */
public record IssuedTicket(String ticket, Instant expiresAt) {

    /** Returns no part of the ticket. */
    @Override
    public String toString() {
        return "IssuedTicket[expiresAt=" + expiresAt + "]";
    }
}
