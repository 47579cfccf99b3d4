package dev.stentor.web.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.stentor.usage.Account;
import dev.stentor.usage.Characters;
import dev.stentor.usage.DayUse;
import dev.stentor.usage.UsageQuery;
import dev.stentor.usage.UsageRow;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer about usage.
 *
 * @param today characters of the one who asks, on the current day
 * @param total sum of all rows
 * @param nodes whose counts these are; null if there is no cluster
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record UsageView(
        String from,
        String to,
        Today today,
        Counts total,
        List<Row> usage,
        @Nullable Nodes nodes) {

    /**
     * The nodes whose counts are in an answer.
     *
     * @param counted how many
     * @param missing how many are there and did not answer
     * @param note the same in words; null if none is missing
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Nodes(int counted, int missing, @Nullable String note) {

        private static @Nullable Nodes of(UsageSum sum) {
            if (sum.nodes() == 0) {
                return null;
            }
            String note = "The counts of " + sum.missing() + " of " + (sum.nodes() + sum.missing())
                    + " gateways are missing, since they did not answer.";
            return new Nodes(sum.nodes(), sum.missing(), sum.missing() == 0 ? null : note);
        }
    }

    /**
     * The current day of one caller.
     *
     * @param limit characters that it may use in a day; null if there is no limit
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Today(
            String key,
            long paid,
            long reserved,
            @JsonProperty("characters_per_day") @Nullable Long limit,
            @JsonProperty("resets_at") String resetsAt) {}

    /** Characters, by what became of them. */
    record Counts(long paid, long shared, long unheard) {
        static Counts of(Characters characters) {
            return new Counts(characters.paid(), characters.shared(), characters.unheard());
        }
    }

    /** Characters of one key, model and upstream on one day. */
    record Row(String day, String key, String model, String upstream, Counts characters) {
        static Row of(UsageRow row) {
            return new Row(
                    row.day().toString(),
                    row.account(),
                    row.service().model(),
                    row.service().upstream(),
                    Counts.of(row.characters()));
        }
    }

    static UsageView of(UsageQuery query, Account asking, DayUse today, UsageSum sum) {
        List<UsageRow> rows = sum.rows();
        long limit = asking.limits().charactersPerDay();
        return new UsageView(
                query.from().toString(),
                query.to().toString(),
                new Today(
                        asking.name(),
                        today.paid(),
                        today.reserved(),
                        limit == 0 ? null : limit,
                        today.resetAt().toString()),
                Counts.of(rows.stream().map(UsageRow::characters).reduce(Characters.ZERO, Characters::plus)),
                rows.stream().map(Row::of).toList(),
                Nodes.of(sum));
    }
}
