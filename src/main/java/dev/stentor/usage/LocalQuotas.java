package dev.stentor.usage;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Quotas that this process counts alone. What was counted outlives it in a file, if there is one. Thread-safe. */
public final class LocalQuotas implements Quotas, AutoCloseable {

    /** Time after which something that others hold may be free. */
    private static final Duration SOON = Duration.ofSeconds(10);

    private final ConcurrentMap<Rate, RateByName> rates = new ConcurrentHashMap<>();
    private final ConcurrentMap<Held, Integer> held = new ConcurrentHashMap<>();
    private final Ledger ledger = new Ledger();
    private final DayQuotas days = new DayQuotas(name -> ledger.paid(today(), name));
    private final InstantSource time;
    private final LongSupplier micros;
    private final UsageStats stats;
    private final @Nullable Journal journal;

    private record Rate(double perSecond, int burst) {}

    private record Held(String name, Quota kind) {}

    /**
     * Creates quotas of which nothing is used, besides what a file tells. Blocks while it reads the file.
     *
     * @param time the time of the day
     * @param micros time that only goes forward
     * @param file settings of the file; null if counts are kept in memory alone, then those of today only
     */
    public LocalQuotas(InstantSource time, LongSupplier micros, @Nullable JournalSettings file, UsageStats stats) {
        this.time = time;
        this.micros = micros;
        this.stats = stats;
        this.journal = file == null ? null : new Journal(file, this::load, ledger::forgetBefore, stats);
    }

    @Override
    public Mono<Duration> request(Account account) {
        return Mono.fromSupplier(() -> {
            Limits limits = account.limits();
            if (limits.requestsPerSecond() == 0) {
                return Duration.ZERO;
            }
            return rates.computeIfAbsent(new Rate(limits.requestsPerSecond(), limits.requestBurst()), this::rate)
                    .count(account.name());
        });
    }

    @Override
    public Mono<Void> reserve(Account account, long characters) {
        long limit = account.limits().charactersPerDay();
        return Mono.fromRunnable(() -> {
            if (limit > 0 && !days.reserve(account.name(), limit, characters, today())) {
                stats.refused(Quota.CHARACTERS);
                Instant reset = reset();
                boolean mayFit = ledger.paid(today(), account.name()) + characters <= limit;
                Duration wait = mayFit ? SOON : Duration.between(time.instant(), reset);
                throw new QuotaException(Quota.CHARACTERS, wait, reset);
            }
        });
    }

    @Override
    public Mono<Void> settle(Account account, long released, Service service, Characters characters) {
        return Mono.fromRunnable(() -> {
            LocalDate today = today();
            var more = new UsageRow(today, account.name(), service, characters);
            days.settle(account.name(), released, characters.paid(), today, () -> count(more));
        });
    }

    @Override
    public Mono<Void> enter(Account account, Quota kind) {
        long limit = account.limits().of(kind);
        return Mono.fromRunnable(() -> {
            var refused = new boolean[1];
            var _ = held.compute(new Held(account.name(), kind), (_, known) -> {
                int count = known == null ? 0 : known;
                refused[0] = limit > 0 && count >= limit;
                return refused[0] ? known : Integer.valueOf(count + 1);
            });
            if (refused[0]) {
                stats.refused(kind);
                throw new QuotaException(kind, SOON, null);
            }
        });
    }

    @Override
    public Mono<Void> leave(Account account, Quota kind) {
        return Mono.fromRunnable(() -> held.computeIfPresent(
                new Held(account.name(), kind), (_, count) -> count == 1 ? null : Integer.valueOf(count - 1)));
    }

    @Override
    public Mono<DayUse> today(Account account) {
        return Mono.fromSupplier(
                () -> new DayUse(ledger.paid(today(), account.name()), days.reserved(account.name()), reset()));
    }

    @Override
    public Mono<List<UsageRow>> usage(UsageQuery query) {
        return Mono.fromSupplier(() -> ledger.rows(query));
    }

    /** Returns the characters that are reserved now, of all accounts that have a limit. */
    public long reserved() {
        return days.reserved();
    }

    /** Tells whether counts are kept in memory alone, since their file cannot be used. */
    public boolean isJournalFailing() {
        return journal != null && journal.isFailing();
    }

    /** Writes down what is left. Blocks. */
    @Override
    public void close() {
        if (journal != null) {
            journal.close();
        }
    }

    private void count(UsageRow more) {
        if (more.characters().isZero()) {
            return;
        }
        if (journal == null) {
            ledger.forgetBefore(more.day());
        }
        UsageRow added = ledger.add(more);
        if (journal != null) {
            journal.add(added);
        }
        stats.counted(more.characters());
    }

    private void load(List<UsageRow> rows) {
        ledger.addAll(rows);
        days.recount(today());
    }

    private RateByName rate(Rate rate) {
        return new RateByName(Duration.ofNanos(Math.round(1e9 / rate.perSecond())), rate.burst(), micros);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(time.instant(), ZoneOffset.UTC);
    }

    private Instant reset() {
        return today().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
