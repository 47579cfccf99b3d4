package dev.stentor.cluster.redis;

import static dev.stentor.cluster.redis.Script.argument;

import dev.stentor.cluster.BusException;
import dev.stentor.cluster.redis.OwnUse.Holding;
import dev.stentor.usage.Account;
import dev.stentor.usage.Characters;
import dev.stentor.usage.DayUse;
import dev.stentor.usage.Limits;
import dev.stentor.usage.Quota;
import dev.stentor.usage.QuotaException;
import dev.stentor.usage.Quotas;
import dev.stentor.usage.Service;
import dev.stentor.usage.UsageQuery;
import dev.stentor.usage.UsageRow;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Quotas of callers on all nodes together: characters of the day, what is held at once, and rates of requests. This node counts too, and alone while
 * Redis is away. The rows of usage are those of this node. Thread-safe.
 */
final class RedisQuotas implements Quotas {

    /** Time after which something that others hold may be free. */
    private static final Duration SOON = Duration.ofSeconds(10);

    private static final double MICROS = 1e6;
    private static final Duration DAYS = Duration.ofDays(2);

    private final RedisLink<StatefulRedisConnection<String, byte[]>> link;
    private final Keys keys;
    private final Quotas here;
    private final InstantSource time;
    private final byte[] ttlMillis;
    private final OwnUse own = new OwnUse();
    private final String process = UUID.randomUUID().toString();

    /** Use of a kind by all nodes, and whether more of it was granted. */
    private record Total(boolean granted, long paid, long held) {}

    /** @param ttl time after which Redis forgets what this node holds, unless it is told again */
    RedisQuotas(
            RedisLink<StatefulRedisConnection<String, byte[]>> link,
            RedisSettings settings,
            Quotas here,
            InstantSource time,
            Duration ttl) {
        this.link = link;
        this.keys = new Keys(settings.prefix());
        this.here = here;
        this.time = time;
        this.ttlMillis = argument(ttl.toMillis());
    }

    @Override
    public Mono<Duration> request(Account account) {
        // What this node alone has too much of, all nodes have too much of; so a flood stays here.
        return here.request(account).flatMap(wait -> wait.isZero() ? requestOfAll(account) : Mono.just(wait));
    }

    private Mono<Duration> requestOfAll(Account account) {
        Limits limits = account.limits();
        if (limits.requestsPerSecond() == 0) {
            return Mono.just(Duration.ZERO);
        }
        long intervalMicros = Math.max(1, Math.round(MICROS / limits.requestsPerSecond()));
        List<byte[]> arguments = List.of(argument(intervalMicros), argument(limits.requestBurst()));
        return Scripts.RATE
                .<Long>run(link, List.of(keys.rate(account.name())), arguments)
                .map(micros -> Duration.of(micros, ChronoUnit.MICROS))
                .onErrorReturn(BusException.class, Duration.ZERO);
    }

    @Override
    public Mono<Void> reserve(Account account, long characters) {
        var what = new Holding(account.name(), Quota.CHARACTERS);
        return hold(account, what, characters)
                .then(here.reserve(account, characters).onErrorResume(refused -> giveBack(what, characters, refused)));
    }

    @Override
    public Mono<Void> settle(Account account, long released, Service service, Characters characters) {
        var what = new Holding(account.name(), Quota.CHARACTERS);
        return here.settle(account, released, service, characters).then(give(what, released, characters.paid()));
    }

    @Override
    public Mono<Void> enter(Account account, Quota kind) {
        var what = new Holding(account.name(), kind);
        return hold(account, what, 1)
                .then(here.enter(account, kind).onErrorResume(refused -> giveBack(what, 1, refused)));
    }

    @Override
    public Mono<Void> leave(Account account, Quota kind) {
        return here.leave(account, kind).then(give(new Holding(account.name(), kind), 1, 0));
    }

    @Override
    public Mono<DayUse> today(Account account) {
        return ask(new Holding(account.name(), Quota.CHARACTERS), 0, 0)
                .map(total -> new DayUse(total.paid(), total.held(), reset()))
                .onErrorResume(BusException.class, _ -> here.today(account));
    }

    @Override
    public Mono<List<UsageRow>> usage(UsageQuery query) {
        return here.usage(query);
    }

    /** Tells Redis again what this node holds, and what it could not tell before. Never fails. */
    Mono<Void> refresh() {
        Mono<Void> held = Flux.fromIterable(own.held().entrySet())
                .concatMap(holding -> say(holding.getKey(), holding.getValue()))
                .then();
        Mono<Void> paid = Flux.fromIterable(own.debtors())
                .concatMap(caller -> give(new Holding(caller, Quota.CHARACTERS), 0, 0))
                .then();
        return held.then(paid).onErrorComplete();
    }

    /** Takes more of a kind, if all nodes together may have it. Leaves the decision to this node while Redis is away. */
    private Mono<Void> hold(Account account, Holding what, long more) {
        long limit = account.limits().of(what.kind());
        if (limit == 0) {
            return Mono.empty();
        }
        return Mono.defer(() -> {
            own.hold(what, more);
            return ask(what, more, limit)
                    .flatMap(total -> total.granted() ? Mono.<Void>empty() : refuse(what, total, more, limit))
                    .onErrorResume(BusException.class, _ -> Mono.empty());
        });
    }

    private Mono<Void> refuse(Holding what, Total total, long more, long limit) {
        var _ = own.give(what, more);
        return Mono.error(refusal(what, total, more, limit));
    }

    private Mono<Void> giveBack(Holding what, long less, Throwable refused) {
        return give(what, less, 0).then(Mono.error(refused));
    }

    private QuotaException refusal(Holding what, Total total, long more, long limit) {
        if (what.kind() != Quota.CHARACTERS) {
            return new QuotaException(what.kind(), SOON, null);
        }
        Instant reset = reset();
        Duration wait = total.paid() + more <= limit ? SOON : Duration.between(time.instant(), reset);
        return new QuotaException(what.kind(), wait, reset);
    }

    /** Gives back what is held, and adds what was paid. Never fails: what Redis did not hear it is told later. */
    private Mono<Void> give(Holding what, long less, long paid) {
        return Mono.defer(() -> {
            long given = own.give(what, less);
            long due = paid + (what.kind() == Quota.CHARACTERS ? own.owed(what.caller()) : 0);
            if (given == 0 && due == 0) {
                return Mono.empty();
            }
            List<byte[]> arguments =
                    List.of(argument(field(what)), argument(given), argument(due), argument(DAYS.toMillis()));
            return Scripts.GIVE
                    .run(link, keys.usage(what.caller(), today()), arguments)
                    .doOnError(_ -> own.owe(what.caller(), due))
                    .onErrorComplete()
                    .then();
        });
    }

    private Mono<Total> ask(Holding what, long more, long limit) {
        List<byte[]> arguments =
                List.of(argument(field(what)), argument(beginning(what)), argument(more), argument(limit), ttlMillis);
        List<String> both = keys.usage(what.caller(), today());
        // Only characters are paid for: what else is held has nothing in the second key.
        List<String> used =
                what.kind() == Quota.CHARACTERS ? both : List.of(both.getFirst(), both.getFirst() + ":none");
        return Scripts.HOLD
                .<List<Object>>run(link, used, arguments)
                .map(total -> new Total((Long) total.get(0) == 1, (Long) total.get(1), (Long) total.get(2)));
    }

    private Mono<Void> say(Holding what, long amount) {
        List<byte[]> arguments = List.of(argument(field(what)), argument(amount), ttlMillis);
        return Scripts.SAY
                .run(link, List.of(keys.usage(what.caller(), today()).getFirst()), arguments)
                .then();
    }

    private String field(Holding what) {
        return beginning(what) + process;
    }

    private static String beginning(Holding what) {
        return what.kind() + " ";
    }

    private LocalDate today() {
        return LocalDate.ofInstant(time.instant(), ZoneOffset.UTC);
    }

    private Instant reset() {
        return today().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
