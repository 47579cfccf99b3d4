package dev.stentor.web.access;

import dev.stentor.usage.Characters;
import dev.stentor.usage.OtherUsage;
import dev.stentor.usage.Service;
import dev.stentor.usage.UsageRow;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Usage that nodes have counted, added up.
 *
 * @param rows the latest days first, each by account, model and service
 * @param nodes how many nodes have counted it; 0 if there is no cluster
 * @param missing how many nodes are there and did not answer
 */
record UsageSum(List<UsageRow> rows, int nodes, int missing) {

    /** Names what is added up. */
    private record Place(LocalDate day, String account, Service service) {}

    private static final Comparator<UsageRow> ORDER = Comparator.comparing(UsageRow::day)
            .reversed()
            .thenComparing(UsageRow::account)
            .thenComparing(row -> row.service().model())
            .thenComparing(row -> row.service().upstream());

    /** Returns what a gateway without others has counted, whose rows are in order. */
    static UsageSum ofOneNode(List<UsageRow> rows) {
        return new UsageSum(rows, 0, 0);
    }

    /** Adds up what this node and the others have counted. */
    static UsageSum of(List<UsageRow> here, OtherUsage.Answers others) {
        Map<Place, Characters> sums = Stream.concat(here.stream(), others.rows().stream())
                .collect(Collectors.toMap(
                        row -> new Place(row.day(), row.account(), row.service()),
                        UsageRow::characters,
                        Characters::plus));
        List<UsageRow> rows = sums.entrySet().stream()
                .map(sum -> new UsageRow(
                        sum.getKey().day(), sum.getKey().account(), sum.getKey().service(), sum.getValue()))
                .sorted(ORDER)
                .toList();
        return new UsageSum(rows, 1 + others.answered(), others.missing());
    }
}
