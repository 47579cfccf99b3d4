package dev.stentor.usage;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** What was counted, in memory: by day, account and service. A day has a bounded number of rows; the rest share one. Thread-safe. */
final class Ledger {

    static final int MOST_ROWS_OF_A_DAY = 10_000;

    private static final Entry ALL_OTHERS = new Entry("(others)", new Service("(others)", "(others)"));
    private static final int LONGEST_NAME = 128;

    private final ConcurrentMap<LocalDate, ConcurrentMap<Entry, Characters>> days = new ConcurrentHashMap<>();

    /** What a row of one day is about. */
    private record Entry(String account, Service service) {}

    /** Adds to the row, and returns what was added as it was filed. */
    UsageRow add(UsageRow more) {
        ConcurrentMap<Entry, Characters> day = days.computeIfAbsent(more.day(), _ -> new ConcurrentHashMap<>());
        var wanted = new Entry(
                printable(more.account()),
                new Service(
                        printable(more.service().model()),
                        printable(more.service().upstream())));
        Entry entry = day.containsKey(wanted) || day.size() < MOST_ROWS_OF_A_DAY ? wanted : ALL_OTHERS;
        var _ = day.merge(entry, more.characters(), Characters::plus);
        return new UsageRow(more.day(), entry.account(), entry.service(), more.characters());
    }

    /** Adds all of these rows. */
    void addAll(Collection<UsageRow> rows) {
        for (UsageRow row : rows) {
            var _ = add(row);
        }
    }

    /** Returns what an account has paid for on a day. Looks at each row of the day. */
    long paid(LocalDate day, String account) {
        String name = printable(account);
        return days.getOrDefault(day, new ConcurrentHashMap<>()).entrySet().stream()
                .filter(row -> row.getKey().account().equals(name))
                .mapToLong(row -> row.getValue().paid())
                .sum();
    }

    /** Returns the rows that fit, the latest days first, each by account, model and service. */
    List<UsageRow> rows(UsageQuery query) {
        var found = new ArrayList<UsageRow>();
        days.forEach((day, rows) -> {
            if (query.fits(day)) {
                rows.forEach((entry, characters) -> {
                    if (query.fits(entry.account(), entry.service())) {
                        found.add(new UsageRow(day, entry.account(), entry.service(), characters));
                    }
                });
            }
        });
        found.sort(Comparator.comparing(UsageRow::day)
                .reversed()
                .thenComparing(UsageRow::account)
                .thenComparing(row -> row.service().model())
                .thenComparing(row -> row.service().upstream()));
        return found;
    }

    /** Forgets all days before this one. */
    void forgetBefore(LocalDate day) {
        days.keySet().removeIf(kept -> kept.isBefore(day));
    }

    /** Returns a name that fits into a line of a file. */
    private static String printable(String name) {
        String clean = name.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "_");
        return clean.length() <= LONGEST_NAME ? clean : clean.substring(0, LONGEST_NAME);
    }
}
