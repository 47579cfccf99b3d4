package dev.stentor.web.access;

import dev.stentor.access.Access;
import dev.stentor.access.Action;
import dev.stentor.access.Caller;
import dev.stentor.access.IssuedTicket;
import dev.stentor.access.Reach;
import dev.stentor.access.TicketOrder;
import dev.stentor.access.Tickets;
import dev.stentor.web.edge.JsonBody;
import dev.stentor.web.edge.Problem;
import dev.stentor.web.edge.ProblemException;
import dev.stentor.web.edge.ProblemFilter;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The API for tickets: whoever may do something on a channel can make a ticket that allows as much, or less. */
public final class TicketsApi {

    private static final Duration LATER = Duration.ofSeconds(30);

    private final Access access;
    private final Tickets tickets;
    private final JsonBody bodies;
    private final Scheduler blocking;

    /**
     * Creates the API.
     *
     * @param blocking the scheduler on which random bits are read, which is access to a file
     */
    public TicketsApi(Access access, Tickets tickets, JsonBody bodies, Scheduler blocking) {
        this.access = access;
        this.tickets = tickets;
        this.bodies = bodies;
        this.blocking = blocking;
    }

    /** Returns its route. */
    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .POST("/v1/tickets", this::issue)
                .filter(new ProblemFilter(error -> error))
                .build();
    }

    private Mono<ServerResponse> issue(ServerRequest request) {
        return Mono.deferContextual(context -> {
            Caller caller = Caller.in(context);
            return bodies.read(request, TicketBody.class)
                    .map(body -> body.toOrder(tickets.settings()))
                    .flatMap(order -> mayOrder(caller, order)
                            ? answer(order, caller)
                            : Mono.error(AccessRefusal.FORBIDDEN.problem()));
        });
    }

    private boolean mayOrder(Caller caller, TicketOrder order) {
        Reach channel = new Reach.OneChannel(order.channel());
        return caller.kind() != Caller.Kind.TICKET
                && access.permits(caller, Action.LISTEN, channel)
                && (!order.speak() || access.permits(caller, Action.SPEAK, channel));
    }

    private Mono<ServerResponse> answer(TicketOrder order, Caller caller) {
        return tickets.issue(order, caller)
                .subscribeOn(blocking)
                .flatMap(issued -> answer(issued, order))
                .switchIfEmpty(Mono.defer(this::tooMany));
    }

    private static Mono<ServerResponse> answer(IssuedTicket issued, TicketOrder order) {
        return ServerResponse.status(HttpStatus.CREATED)
                .contentType(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .bodyValue(TicketView.of(issued, order));
    }

    private Mono<ServerResponse> tooMany() {
        return Mono.error(new ProblemException(
                Problem.of(
                        HttpStatus.TOO_MANY_REQUESTS,
                        "TooManyTickets",
                        "There are " + tickets.settings().max() + " open tickets already."),
                LATER));
    }
}
