package dev.stentor.access;

import java.time.Duration;

/**
 * Bounds of tickets.
 *
 * @param max tickets that may be open at the same time
 * @param once lifetime of a ticket for one use
 * @param longest longest lifetime of a ticket for many uses
 */
public record TicketSettings(int max, Duration once, Duration longest) {

    public TicketSettings {
        if (max < 1 || !once.isPositive() || !longest.isPositive()) {
            throw new IllegalArgumentException(
                    "tickets need a number and times above zero, were " + max + ", " + once + " and " + longest);
        }
    }
}
