package dev.stentor.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Charges of texts that another process accepted and did not speak to the end. */
class AcceptedChargeTest {

    private static final Service CLOUD = new Service("model", "cloud");
    private static final LocalDate TODAY = LocalDate.of(2026, 3, 1);

    private final LocalQuotas quotas =
            new LocalQuotas(() -> Instant.parse("2026-03-01T12:00:00Z"), () -> 0, null, UsageStats.NONE);

    private Characters counted() {
        List<UsageRow> rows = Objects.requireNonNull(
                quotas.usage(new UsageQuery(TODAY, TODAY, null, null, null)).block());
        assertThat(rows).allMatch(row -> row.account().equals("studio"));
        return rows.stream().map(UsageRow::characters).reduce(Characters.ZERO, Characters::plus);
    }

    @Test
    void itIsCountedUnderTheNameOfItsCaller() {
        Charge charge = Charge.accepted("studio", quotas, 0);
        assertThat(charge.payer()).contains("studio");
        Charge part = charge.part();
        assertThat(part.reserve(20).blockOptional()).isEmpty();
        part.paid(CLOUD, 20);
        part.end();
        charge.sent();
        charge.close();
        assertThat(counted()).isEqualTo(new Characters(20, 0, 0));
        assertThat(charge.paidSoFar()).isEqualTo(20);
    }

    @Test
    void whatWasPaidBeforeIsNotCountedAgain() {
        Charge charge = Charge.accepted("studio", quotas, 30);
        List<Long> told = new ArrayList<>();
        charge.onPaid(told::add);
        charge.part().paid(CLOUD, 20);
        assertThat(counted()).isEqualTo(Characters.ZERO);
        charge.part().paid(CLOUD, 25);
        assertThat(counted()).isEqualTo(new Characters(15, 0, 0));
        assertThat(told).containsExactly(30L, 45L);
    }

    @Test
    void nobodyIsChargedForATextOfNobody() {
        assertThat(Charge.NONE.payer()).isEmpty();
        Charge.NONE.onPaid(_ -> {
            throw new AssertionError("nobody pays");
        });
        Charge.NONE.paid(CLOUD, 5);
    }
}
