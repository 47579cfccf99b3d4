package dev.stentor.web.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.usage.Account;
import dev.stentor.usage.Characters;
import dev.stentor.usage.DayUse;
import dev.stentor.usage.OtherUsage;
import dev.stentor.usage.Service;
import dev.stentor.usage.UsageQuery;
import dev.stentor.usage.UsageRow;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Counts of several nodes in one answer. */
class UsageSumTest {

    private static final LocalDate FIRST = LocalDate.of(2026, 11, 1);
    private static final LocalDate SECOND = LocalDate.of(2026, 11, 2);

    private static UsageRow row(LocalDate day, String account, long paid) {
        return new UsageRow(day, account, new Service("model", "cloud"), new Characters(paid, 1, 0));
    }

    private static UsageView.@Nullable Nodes nodes(UsageSum sum) {
        var query = new UsageQuery(FIRST, SECOND, null, null, null);
        return UsageView.of(query, Account.NONE, new DayUse(0, 0, Instant.EPOCH), sum)
                .nodes();
    }

    @Test
    void equalRowsAreAddedUpAndTheLatestDayComesFirst() {
        var others = new OtherUsage.Answers(
                List.of(row(SECOND, "stage", 5), row(FIRST, "studio", 7), row(FIRST, "studio", 1)), 2, 0);
        UsageSum sum = UsageSum.of(List.of(row(FIRST, "studio", 2)), others);
        assertThat(sum.rows())
                .containsExactly(
                        row(SECOND, "stage", 5),
                        new UsageRow(FIRST, "studio", new Service("model", "cloud"), new Characters(10, 3, 0)));
        assertThat(nodes(sum)).isEqualTo(new UsageView.Nodes(3, 0, null));
    }

    @Test
    void aNodeThatDidNotAnswerIsToldInWords() {
        UsageSum sum = UsageSum.of(List.of(), new OtherUsage.Answers(List.of(), 1, 1));
        assertThat(nodes(sum))
                .isEqualTo(new UsageView.Nodes(
                        2, 1, "The counts of 1 of 3 gateways are missing, since they did not answer."));
    }

    @Test
    void withoutAClusterNothingIsSaidOfNodes() {
        List<UsageRow> rows = List.of(row(FIRST, "studio", 2));
        assertThat(UsageSum.ofOneNode(rows).rows()).isEqualTo(rows);
        assertThat(nodes(UsageSum.ofOneNode(rows))).isNull();
    }
}
