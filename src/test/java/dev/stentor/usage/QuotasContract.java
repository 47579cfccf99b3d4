package dev.stentor.usage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** The contract that everything that counts usage must keep. The test of each adapter extends it. */
public abstract class QuotasContract {

    protected static final Instant EVENING = Instant.parse("2026-03-01T23:00:00Z");
    static final Instant MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z");
    static final Service CLOUD = new Service("qwen3-tts-flash", "dashscope");

    /** Returns the quotas under test, the same for every call within a test. */
    protected abstract Quotas quotas();

    /** Sets the time of the day, and lets what is due by then happen. */
    protected abstract void setTime(Instant time);

    @Test
    public void requestsBeyondTheRateAreToldToWait() {
        var account = new Account("studio", new Limits(0.5, 2, 0, 0, 0, 0), quotas());
        assertThat(answer(account.request())).isEqualTo(Duration.ZERO);
        assertThat(answer(account.request())).isEqualTo(Duration.ZERO);
        assertThat(answer(account.request())).isEqualTo(Duration.ofSeconds(2));
        assertThat(answer(new Account("stage", account.limits(), quotas()).request()))
                .isEqualTo(Duration.ZERO);
    }

    @Test
    public void charactersAreReservedUpToTheLimitAndNoFurther() {
        Account account = speaking("studio", 100);
        reserve(account, 60);
        refuses(account, 41);
        reserve(account, 40);
        refuses(account, 1);
        reserve(speaking("stage", 100), 100);
    }

    @Test
    public void reservationsAtTheSameTimeNeverExceedTheLimit() throws Exception {
        Account account = speaking("studio", 1_000);
        List<Callable<Boolean>> callers = IntStream.range(0, 500)
                .<Callable<Boolean>>mapToObj(_ -> () -> isReserved(account, 7))
                .toList();
        try (var threads = Executors.newFixedThreadPool(8)) {
            long granted = 0;
            for (var caller : threads.invokeAll(callers)) {
                granted += caller.get() ? 1 : 0;
            }
            assertThat(granted).isEqualTo(1_000 / 7);
        }
    }

    @Test
    public void whatIsGivenBackCanBeReservedAgainAndWhatWasPaidCannot() {
        Account account = speaking("studio", 100);
        reserve(account, 100);
        settle(account, 100, CLOUD, new Characters(30, 0, 0));
        refuses(account, 71);
        reserve(account, 70);
        assertThat(answer(account.today())).isEqualTo(new DayUse(30, 70, MIDNIGHT));
    }

    @Test
    public void whatWasNotPaidForDoesNotCountAgainstTheLimit() {
        Account account = speaking("studio", 100);
        settle(account, 0, CLOUD, new Characters(0, 1_000, 0));
        reserve(account, 100);
    }

    @Test
    public void aRefusalTellsWhenTheDayEnds() {
        Account account = speaking("studio", 100);
        settle(account, 0, CLOUD, new Characters(100, 0, 0));
        QuotaException refused = refuses(account, 1);
        assertThat(refused.retryAfter()).isEqualTo(Duration.ofHours(1));
        assertThat(refused.resetAt()).isEqualTo(MIDNIGHT);
    }

    @Test
    public void whereOnlyReservationsStandInTheWayItIsWorthAskingSoon() {
        Account account = speaking("studio", 100);
        reserve(account, 100);
        assertThat(refuses(account, 1).retryAfter()).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    public void aDayBeginsAtMidnightWithNothingButWhatIsStillReserved() {
        Account account = speaking("studio", 100);
        settle(account, 0, CLOUD, new Characters(60, 0, 0));
        reserve(account, 40);
        setTime(MIDNIGHT.minusMillis(1));
        refuses(account, 1);
        setTime(MIDNIGHT);
        refuses(account, 61);
        reserve(account, 60);
        settle(account, 40, CLOUD, new Characters(40, 0, 0));
        refuses(account, 1);
        assertThat(rows(null))
                .containsExactly(new UsageRow(LocalDate.of(2026, 3, 2), "studio", CLOUD, new Characters(40, 0, 0)));
    }

    @Test
    public void anAccountHasOnlySoManyOfAKindAtOnce() {
        var account = new Account("studio", new Limits(0, 1, 0, 2, 1, 0), quotas());
        enter(account, Quota.CHANNELS);
        enter(account, Quota.CHANNELS);
        enter(account, Quota.LISTENERS);
        assertThatThrownBy(() -> enter(account, Quota.CHANNELS))
                .isInstanceOfSatisfying(
                        QuotaException.class,
                        refused -> assertThat(refused.quota()).isEqualTo(Quota.CHANNELS));
        var _ = quotas().leave(account, Quota.CHANNELS).block();
        enter(account, Quota.CHANNELS);
        enter(new Account("stage", account.limits(), quotas()), Quota.CHANNELS);
    }

    @Test
    public void usageIsSummedUpByAccountModelServiceAndDay() {
        Account studio = speaking("studio", 0);
        Account stage = speaking("stage", 0);
        var other = new Service("tts-1", "openai");
        settle(studio, 0, CLOUD, new Characters(10, 0, 0));
        settle(studio, 0, CLOUD, new Characters(5, 0, 2));
        settle(studio, 0, other, new Characters(1, 0, 0));
        settle(stage, 0, new Service("tts-1", Service.ARCHIVE), new Characters(0, 7, 0));
        LocalDate day = LocalDate.of(2026, 3, 1);
        assertThat(rows(null))
                .containsExactly(
                        new UsageRow(day, "stage", new Service("tts-1", Service.ARCHIVE), new Characters(0, 7, 0)),
                        new UsageRow(day, "studio", CLOUD, new Characters(15, 0, 2)),
                        new UsageRow(day, "studio", other, new Characters(1, 0, 0)));
        assertThat(rows("stage")).hasSize(1);
        assertThat(answer(quotas().usage(new UsageQuery(day, day, null, "tts-1", "openai"))))
                .hasSize(1);
        assertThat(answer(quotas().usage(new UsageQuery(day.plusDays(1), day.plusDays(2), null, null, null))))
                .isEmpty();
    }

    Account speaking(String name, long charactersPerDay) {
        return new Account(name, new Limits(0, 1, charactersPerDay, 0, 0, 0), quotas());
    }

    List<UsageRow> rows(@Nullable String account) {
        LocalDate first = LocalDate.of(2026, 1, 1);
        List<UsageRow> all = answer(quotas().usage(new UsageQuery(first, first.plusYears(1), account, null, null)));
        LocalDate last = all.isEmpty() ? first : all.getFirst().day();
        return all.stream().filter(row -> row.day().equals(last)).toList();
    }

    static void settle(Account account, long released, Service service, Characters characters) {
        var _ = account.quotas().settle(account, released, service, characters).block();
    }

    static void reserve(Account account, long characters) {
        assertThat(isReserved(account, characters)).isTrue();
    }

    @CanIgnoreReturnValue
    private static QuotaException refuses(Account account, long characters) {
        try {
            var _ = account.quotas().reserve(account, characters).block();
        } catch (QuotaException refused) {
            assertThat(refused.quota()).isEqualTo(Quota.CHARACTERS);
            return refused;
        }
        throw new AssertionError(characters + " characters were reserved");
    }

    private static boolean isReserved(Account account, long characters) {
        return Boolean.TRUE.equals(account.quotas()
                .reserve(account, characters)
                .thenReturn(true)
                .onErrorReturn(QuotaException.class, false)
                .block());
    }

    private static void enter(Account account, Quota kind) {
        var _ = account.quotas().enter(account, kind).block();
    }

    private static <T> T answer(Mono<T> question) {
        return Objects.requireNonNull(question.block());
    }
}
