package dev.stentor.access;

/** The proof that a request shows of who sends it. */
public sealed interface Credential {

    /** Shows nothing. */
    record Absent() implements Credential {}

    /**
     * Shows a key or a token, from the header {@code Authorization} or the subprotocol {@code bearer.}.
     *
     * @param token the secret; never logged
     */
    record Bearer(String token) implements Credential {
        /** Returns no part of the token. */
        @Override
        public String toString() {
            return "Bearer[…]";
        }
    }

    /**
     * Shows a ticket, from the address.
     *
     * @param token the secret; never logged
     */
    record Ticket(String token) implements Credential {
        /** Returns no part of the ticket. */
        @Override
        public String toString() {
            return "Ticket[…]";
        }
    }

    /** Belongs to a connection whose caller was admitted before, and who asks for something more. */
    record Admitted(Caller caller) implements Credential {}
}
