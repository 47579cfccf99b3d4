package dev.stentor.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The form in which a node of a cluster vouches for the holder of a ticket that it has admitted, since a ticket may be used up by then. It says
 * who asked for the ticket and the one channel on which the holder may speak, and holds no credential. Whoever reads it must know that it comes
 * from a node.
 */
public final class VouchedCaller {

    private static final String FORM = "1";
    private static final String NONE = "-";
    private static final int FIELDS = 5;

    private VouchedCaller() {}

    /** Writes a holder of a ticket; empty for callers that are known otherwise, who show their own credential everywhere. */
    public static Optional<String> text(Caller caller, String channel) {
        Instant until = caller.until();
        if (caller.kind() != Caller.Kind.TICKET
                || until == null
                || !caller.rights().permits(Action.SPEAK, new Reach.OneChannel(channel))) {
            return Optional.empty();
        }
        String key = caller.key() == null ? NONE : caller.key().digits();
        // The name is the last one, since it may hold anything.
        String lines = String.join("\n", FORM, channel, Long.toString(until.toEpochMilli()), key, caller.name());
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
                    fields[4],
                    Caller.Kind.TICKET,
                    Rights.of(only, only, List.of()),
                    fields[3].equals(NONE) ? null : SecretHash.parse(fields[3]),
                    Instant.ofEpochMilli(Long.parseLong(fields[2]))));
        } catch (IllegalArgumentException _) { // also of numbers
            return Optional.empty();
        }
    }
}
