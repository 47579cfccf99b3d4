package dev.stentor.access;

import java.time.Duration;

/**
 * A wish for a ticket.
 *
 * @param channel the only channel that it opens
 * @param speak whether it also allows to speak; only if it is for one use
 * @param once whether it is for one use only
 */
public record TicketOrder(String channel, boolean speak, boolean once, Duration lifetime) {}
