package dev.stentor.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.broadcast.ListenerReport.Cut;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HeardLedgerTest {

    private final HeardLedger ledger = new HeardLedger(1_000_000);

    @Test
    void whoHasNotReportedIsNotKnownToHaveHeardAnything() {
        assertThat(ledger.snapshot().heard(1, 0, 48_000, 0)).isEqualTo(-1);
    }

    @Test
    void aPlayerThatPlaysGoesOnBetweenItsReports() {
        ledger.reported(report(24_000, 1, "playing", null), 5_000_000);
        assertThat(ledger.snapshot().heard(1, 0, 48_000, 5_500_000)).isEqualTo(36_000);
        assertThat(ledger.snapshot().heard(1, 0, 48_000, 60_000_000)).isEqualTo(48_000);
        ledger.reported(report(24_000, 1, "stalled", null), 5_000_000);
        assertThat(ledger.snapshot().heard(1, 0, 48_000, 5_500_000)).isEqualTo(24_000);
    }

    @Test
    void aPlayerThatReportsNoMoreIsNotTakenToPlayOn() {
        ledger.reported(report(24_000, 1, "playing", null), 5_000_000);
        assertThat(ledger.snapshot().heard(1, 0, 480_000, 6_500_000)).isEqualTo(24_000 + 36_000);
        assertThat(ledger.snapshot().heard(1, 0, 480_000, 60_000_000)).isEqualTo(24_000 + 36_000);
        assertThat(ledger.snapshot().behind(1_440_000, 60_000_000)).isEqualTo(1_440_000 - 60_000);
    }

    @Test
    void whatLiesBeforeAndBehindTheUtteranceDoesNotCount() {
        ledger.reported(report(30_000, 1, "idle", null), 0);
        assertThat(ledger.snapshot().heard(1, 24_000, 48_000, 0)).isEqualTo(6_000);
        assertThat(ledger.snapshot().heard(1, 48_000, 48_000, 0)).isZero();
        assertThat(ledger.snapshot().heard(1, 0, 24_000, 0)).isEqualTo(24_000);
    }

    @Test
    void whatWasLostIsTakenOff() {
        ledger.lost(12_000, 18_000);
        ledger.lost(40_000, 60_000);
        ledger.reported(report(48_000, 1, "idle", null), 0);
        assertThat(ledger.snapshot().heard(1, 0, 96_000, 0)).isEqualTo(48_000 - 6_000 - 8_000);
    }

    @Test
    void whereAClearCutItOffIsExact() {
        ledger.reported(report(48_000, 2, "playing", new Cut(1, 20_000)), 0);
        assertThat(ledger.snapshot().saysWhereItEnded(1)).isTrue();
        assertThat(ledger.snapshot().saysWhereItEnded(2)).isFalse();
        assertThat(ledger.snapshot().heard(1, 0, 48_000, 9_000_000)).isEqualTo(20_000);
    }

    @Test
    void whoseOutputDoesNotRunHearsNothing() {
        ledger.reported(report(12_000, 1, "locked", null), 0);
        ledger.reported(report(24_000, 1, "locked", null), 0);
        assertThat(ledger.snapshot().heard(1, 0, 96_000, 0)).isZero();
        ledger.reported(report(48_000, 1, "playing", null), 0);
        ledger.reported(report(72_000, 1, "idle", null), 0);
        assertThat(ledger.snapshot().heard(1, 0, 96_000, 0)).isEqualTo(24_000);
        assertThat(ledger.snapshot().lost()).hasSize(1);
    }

    @Test
    void whatIsLostTwiceCountsOnce() {
        ledger.lost(0, 24_000);
        ledger.lost(12_000, 36_000);
        ledger.reported(report(48_000, 1, "idle", null), 0);
        assertThat(ledger.snapshot().heard(1, 0, 96_000, 0)).isEqualTo(12_000);
    }

    private static ListenerReport report(long pos, int generation, String state, @Nullable Cut cut) {
        return new ListenerReport(pos, generation, 0, 0, state, null, null, cut);
    }
}
