package dev.stentor.web.access;

import dev.stentor.access.Access;
import dev.stentor.access.Action;
import dev.stentor.access.Caller;
import dev.stentor.access.Reach;
import dev.stentor.usage.Account;
import dev.stentor.usage.OtherUsage;
import dev.stentor.usage.Quotas;
import dev.stentor.usage.UsageQuery;
import dev.stentor.usage.UsageRow;
import dev.stentor.web.edge.Filters;
import dev.stentor.web.edge.Problem;
import dev.stentor.web.edge.ProblemFilter;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The API that tells what callers have used: everybody what is its own, and those that may manage everything what all have. */
public final class UsageApi {

    private static final int MOST_ROWS = 10_000;

    private final Access access;
    private final Quotas quotas;
    private final @Nullable OtherUsage others;
    private final InstantSource time;
    private final Scheduler work;

    /**
     * Creates the API.
     *
     * @param quotas what this node counts
     * @param others what other nodes count; null if there are none
     * @param work scheduler on which the counts are looked through
     */
    public UsageApi(Access access, Quotas quotas, @Nullable OtherUsage others, InstantSource time, Scheduler work) {
        this.access = access;
        this.quotas = quotas;
        this.others = others;
        this.time = time;
        this.work = work;
    }

    /** Returns its route. */
    public RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route()
                .GET("/v1/usage", this::usage)
                .filter(new ProblemFilter(error -> error))
                .build();
    }

    private Mono<ServerResponse> usage(ServerRequest request) {
        return Mono.deferContextual(context -> {
            if (access.isOpen()) {
                throw Problem.of(
                                HttpStatus.NOT_FOUND,
                                "UsageNotCounted",
                                "Usage is counted only if the gateway has keys; see gateway.access.")
                        .exception();
            }
            UsageQuery query = query(request, Caller.in(context));
            Account asking = Account.in(context);
            return Mono.zip(counted(query), asking.today())
                    .map(found -> UsageView.of(query, asking, found.getT2(), found.getT1()))
                    .subscribeOn(work)
                    .flatMap(view -> ServerResponse.ok()
                            .contentType(MediaType.APPLICATION_JSON)
                            .header(HttpHeaders.CACHE_CONTROL, "no-store")
                            .bodyValue(view));
        });
    }

    /** Emits what all nodes have counted that answer. */
    private Mono<UsageSum> counted(UsageQuery query) {
        Mono<UsageSum> sum = others == null
                ? quotas.usage(query).map(UsageSum::ofOneNode)
                : Mono.zip(quotas.usage(query), others.usage(query), UsageSum::of);
        return sum.doOnNext(found -> requireFew(found.rows()));
    }

    private UsageQuery query(ServerRequest request, Caller caller) {
        Filters filters = Filters.of(request, List.of("from", "to", "key", "model", "upstream"));
        LocalDate today = LocalDate.ofInstant(time.instant(), ZoneOffset.UTC);
        LocalDate to = day(filters, "to").orElse(today);
        LocalDate from = day(filters, "from").orElse(to);
        if (from.isAfter(to)) {
            throw Problem.invalid("from", "The first day is not after the last one, which is today if it is not given.")
                    .exception();
        }
        String key = filters.text("key").orElse(null);
        return new UsageQuery(
                from,
                to,
                mayManage(caller) ? key : own(key, caller),
                filters.text("model").orElse(null),
                filters.text("upstream").orElse(null));
    }

    private boolean mayManage(Caller caller) {
        return access.permits(caller, Action.MANAGE, new Reach.AllChannels());
    }

    private static String own(@Nullable String asked, Caller caller) {
        if (asked != null && !asked.equals(caller.name())) {
            throw AccessRefusal.FORBIDDEN.problem();
        }
        return caller.name();
    }

    private static Optional<LocalDate> day(Filters filters, String name) {
        return filters.text(name).map(text -> {
            try {
                return LocalDate.parse(text);
            } catch (DateTimeException _) {
                throw Problem.invalid(name, "A day is written as 2026-01-31, and begins at midnight UTC.")
                        .exception();
            }
        });
    }

    private static void requireFew(List<UsageRow> rows) {
        if (rows.size() > MOST_ROWS) {
            throw Problem.invalid(
                            "from", "That is more than " + MOST_ROWS + " rows; ask for fewer days, or for one key.")
                    .exception();
        }
    }
}
