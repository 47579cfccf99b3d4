package dev.stentor.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The form in which a node of a cluster vouches for the holder of a ticket that it has admitted, since a ticket may be used up by then. It says
 * who asked for the ticket, the one channel, and whether the holder may speak there, and holds no credential. Whoever reads it must know that it comes
 * from a node.
 */
public final class VouchedCaller {

    private static final String FORM = "2";
    private static final String NONE = "-";
    private static final String SPEAKS = "speak";
    private static final String LISTENS = "listen";
    private static final int FIELDS = 6;

    private VouchedCaller() {}

    /** Writes a holder of a ticket; empty for callers that are known otherwise, who show their own credential everywhere. */
    public static Optional<String> text(Caller caller, String channel) {
        Instant until = caller.until();
        var reach = new Reach.OneChannel(channel);
        if (caller.kind() != Caller.Kind.TICKET
                || until == null
                || !caller.rights().permits(Action.LISTEN, reach)) {
            return Optional.empty();
        }
        String does = caller.rights().permits(Action.SPEAK, reach) ? SPEAKS : LISTENS;
        String key = caller.key() == null ? NONE : caller.key().digits();
        // The name is the last one, since it may hold anything.
        String lines = String.join("\n", FORM, channel, does, Long.toString(until.toEpochMilli()), key, caller.name());
        return Optional.of(Base64.getUrlEncoder().withoutPadding().encodeToString(lines.getBytes(UTF_8)));
    }

    /** Reads what {@link #text} wrote; empty if it is something else. */
    public static Optional<Caller> read(String text) {
        try {
            String[] fields = new String(Base64.getUrlDecoder().decode(text), UTF_8).split("\n", FIELDS);
            if (fields.length < FIELDS || !fields[0].equals(FORM)) {
                return Optional.empty();
            }
            List<String> only = List.of(fields[1]);
            return Optional.of(new Caller(
                    fields[5],
                    Caller.Kind.TICKET,
                    Rights.of(only, fields[2].equals(SPEAKS) ? only : List.of(), List.of()),
                    fields[4].equals(NONE) ? null : SecretHash.parse(fields[4]),
                    Instant.ofEpochMilli(Long.parseLong(fields[3]))));
        } catch (IllegalArgumentException _) { // also of numbers
            return Optional.empty();
        }
    }
}
