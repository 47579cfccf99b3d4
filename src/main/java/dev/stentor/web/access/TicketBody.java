package dev.stentor.web.access;

import dev.stentor.access.TicketOrder;
import dev.stentor.access.TicketSettings;
import dev.stentor.web.edge.Problem;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /v1/tickets}. Null means that a field was not given.
 *
 * @param channel the only channel that the ticket opens
 * @param use {@code once}, which is the default, or {@code many}
 * @param speak whether the ticket also allows to speak; only if it is for one use
 * @param lifetimeSeconds lifetime of a ticket for many uses, in seconds; the longest if absent
 */
record TicketBody(
        @Nullable String channel,
        @Nullable String use,
        @Nullable Boolean speak,
        @Nullable Long lifetimeSeconds) {

    /** Matches the names of channels, none of which is a pattern. */
    private static final Pattern CHANNEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    TicketOrder toOrder(TicketSettings settings) {
        if (channel == null || !CHANNEL.matcher(channel).matches()) {
            throw Problem.invalid("channel", "A ticket is for one channel, which is named here.")
                    .exception();
        }
        boolean once = isOnce();
        boolean maySpeak = speak != null && speak;
        if (maySpeak && !once) {
            throw Problem.invalid("speak", "A ticket for many uses is for listening only.")
                    .exception();
        }
        return new TicketOrder(channel, maySpeak, once, lifetime(once, settings));
    }

    private boolean isOnce() {
        return switch (use) {
            case null -> true;
            case "once" -> true;
            case "many" -> false;
            default -> throw Problem.invalid("use", "The use is once or many.").exception();
        };
    }

    private Duration lifetime(boolean once, TicketSettings settings) {
        Duration longest = once ? settings.once() : settings.longest();
        if (lifetimeSeconds == null) {
            return longest;
        }
        if (lifetimeSeconds < 1 || lifetimeSeconds > longest.toSeconds()) {
            throw Problem.invalid("lifetime_seconds", "The value is 1 to " + longest.toSeconds() + ".")
                    .exception();
        }
        return Duration.ofSeconds(lifetimeSeconds);
    }
}
