package dev.stentor.web.access;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.stentor.access.IssuedTicket;
import dev.stentor.access.TicketOrder;

/**
 * A ticket in the answer to the request for it, the only place where it is ever shown.
 *
 * @param ticket value of the parameter {@code ticket}
 * @param use once or many
 * @param expiresAt time after which it opens nothing, by ISO 8601
 */
record TicketView(
        String ticket,
        String channel,
        String use,
        boolean speak,
        @JsonProperty("expires_at") String expiresAt) {

    static TicketView of(IssuedTicket issued, TicketOrder order) {
        return new TicketView(
                issued.ticket(),
                order.channel(),
                order.once() ? "once" : "many",
                order.speak(),
                issued.expiresAt().toString());
    }

    /** Returns no part of the ticket. */
    @Override
    public String toString() {
        return "TicketView[channel=" + channel + "]";
    }
}
