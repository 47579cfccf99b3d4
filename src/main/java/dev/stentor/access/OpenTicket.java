package dev.stentor.access;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A ticket that can still be used, without its secret.
 *
 * @param channel the only channel that it opens
 * @param name name of the caller who asked for it
 * @param key hash of that caller's key; null if there is none
 */
record OpenTicket(
        String channel,
        boolean speak,
        boolean once,
        Instant until,
        String name,
        @Nullable SecretHash key) {

    private static final String FORM = "1";
    private static final String NONE = "-";
    private static final int FIELDS = 7;

    static OpenTicket of(TicketOrder order, Instant until, Caller caller) {
        return new OpenTicket(order.channel(), order.speak(), order.once(), until, caller.name(), caller.key());
    }

    /** Reads what {@link #text} wrote; empty if it is something else, such as the text of a later version. */
    static Optional<OpenTicket> parse(String text) {
        String[] fields = text.split("\n", FIELDS);
        if (fields.length < FIELDS || !fields[0].equals(FORM)) {
            return Optional.empty();
        }
        SecretHash key = fields[4].equals(NONE) ? null : SecretHash.parse(fields[4]);
        Instant until = Instant.ofEpochMilli(Long.parseLong(fields[3]));
        return Optional.of(new OpenTicket(
                fields[5], Boolean.parseBoolean(fields[2]), Boolean.parseBoolean(fields[1]), until, fields[6], key));
    }

    /** Writes it as lines; the name is the last one, since it may hold anything. */
    String text() {
        String digits = key == null ? NONE : key.digits();
        return String.join(
                "\n",
                FORM,
                Boolean.toString(once),
                Boolean.toString(speak),
                Long.toString(until.toEpochMilli()),
                digits,
                channel,
                name);
    }

    boolean isOver(Instant now) {
        return !now.isBefore(until);
    }

    /** Tells whether it is for this. */
    boolean permits(Action action, Reach reach) {
        return rights().permits(action, reach);
    }

    /** Returns the caller that it stands for. */
    Caller caller() {
        return new Caller(name, Caller.Kind.TICKET, rights(), key, until);
    }

    private Rights rights() {
        List<String> only = List.of(channel);
        return Rights.of(only, speak ? only : List.of(), List.of());
    }

    /** Shows nothing of its caller. */
    @Override
    public String toString() {
        return "OpenTicket[until=" + until + "]";
    }
}
