package dev.stentor.cluster.redis;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stentor.cluster.BusState;
import dev.stentor.usage.Account;
import dev.stentor.usage.Characters;
import dev.stentor.usage.Limits;
import dev.stentor.usage.LocalQuotas;
import dev.stentor.usage.Quota;
import dev.stentor.usage.QuotaException;
import dev.stentor.usage.Quotas;
import dev.stentor.usage.QuotasContract;
import dev.stentor.usage.Service;
import dev.stentor.usage.UsageStats;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/** The contract of quotas, counted in a real Redis, and quotas of two nodes. */
class RedisQuotasIT extends QuotasContract {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Service CLOUD = new Service("qwen3-tts-flash", "dashscope");

    private final AtomicReference<Instant> now = new AtomicReference<>(EVENING);
    private final RealRedis redis;
    private final RedisNode one;
    private final RedisNode two;
    private final Quotas here;
    private final Quotas there;

    RedisQuotasIT() throws IOException {
        redis = new RealRedis();
        one = new RedisNode("one", redis.uri());
        two = new RedisNode("two", redis.uri());
        here = one.cluster.quotas(local(), now::get);
        there = two.cluster.quotas(local(), now::get);
    }

    @AfterEach
    void end() {
        one.close();
        two.close();
        redis.close();
    }

    @Override
    protected Quotas quotas() {
        return here;
    }

    @Override
    protected void setTime(Instant time) {
        now.set(time);
    }

    @Test
    void theCharactersOfADayAreThoseOfAllNodes() {
        done(here.reserve(speaking(here), 60));
        assertThatThrownBy(() -> done(there.reserve(speaking(there), 41))).isInstanceOf(QuotaException.class);
        done(there.reserve(speaking(there), 40));
        done(here.settle(speaking(here), 60, CLOUD, new Characters(50, 0, 0)));
        done(there.settle(speaking(there), 40, CLOUD, new Characters(40, 0, 0)));
        assertThatThrownBy(() -> done(here.reserve(speaking(here), 11))).isInstanceOf(QuotaException.class);
        assertThat(requireNonNull(there.today(speaking(there)).block(LIMIT)).paid())
                .isEqualTo(90);
    }

    @Test
    void whatIsHeldAtOnceIsHeldOnAllNodes() {
        done(here.enter(listening(here), Quota.LISTENERS));
        done(there.enter(listening(there), Quota.LISTENERS));
        assertThatThrownBy(() -> done(here.enter(listening(here), Quota.LISTENERS)))
                .isInstanceOf(QuotaException.class);
        done(there.leave(listening(there), Quota.LISTENERS));
        done(here.enter(listening(here), Quota.LISTENERS));
    }

    @Test
    void withoutRedisEachNodeCountsAloneAndTellsItAfterwards() throws IOException {
        redis.kill();
        one.awaitState(BusState.DEGRADED);
        two.awaitState(BusState.DEGRADED);
        done(here.reserve(speaking(here), 100));
        done(here.settle(speaking(here), 40, CLOUD, new Characters(40, 0, 0)));
        assertThatThrownBy(() -> done(here.reserve(speaking(here), 1))).isInstanceOf(QuotaException.class);
        redis.restart();
        one.awaitState(BusState.CONNECTED);
        two.awaitState(BusState.CONNECTED);
        done(((RedisQuotas) here).refresh());
        assertThatThrownBy(() -> done(there.reserve(speaking(there), 1))).isInstanceOf(QuotaException.class);
        done(here.settle(speaking(here), 60, CLOUD, new Characters(0, 0, 0)));
        done(there.reserve(speaking(there), 60));
    }

    @Test
    void aRateIsThatOfAllNodes() {
        assertThat(here.request(asking(here)).block(LIMIT)).isEqualTo(Duration.ZERO);
        assertThat(there.request(asking(there)).block(LIMIT)).isEqualTo(Duration.ZERO);
        assertThat(requireNonNull(there.request(asking(there)).block(LIMIT)))
                .isBetween(Duration.ofSeconds(900), Duration.ofSeconds(1_000));
    }

    @Test
    void withoutRedisARateIsThatOfANode() {
        redis.kill();
        two.awaitState(BusState.DEGRADED);
        one.awaitState(BusState.DEGRADED);
        for (Quotas node : List.of(here, there)) {
            assertThat(node.request(asking(node)).block(LIMIT)).isEqualTo(Duration.ZERO);
            assertThat(node.request(asking(node)).block(LIMIT)).isEqualTo(Duration.ZERO);
            assertThat(node.request(asking(node)).block(LIMIT)).isPositive();
        }
    }

    private static Account asking(Quotas quotas) {
        return new Account("studio", new Limits(0.001, 2, 0, 0, 0, 0), quotas);
    }

    private static Account speaking(Quotas quotas) {
        return new Account("studio", new Limits(0, 1, 100, 0, 0, 0), quotas);
    }

    private static Account listening(Quotas quotas) {
        return new Account("studio", new Limits(0, 1, 0, 0, 2, 0), quotas);
    }

    private LocalQuotas local() {
        return new LocalQuotas(now::get, () -> 0, null, UsageStats.NONE);
    }

    private static void done(Mono<Void> answer) {
        var _ = answer.blockOptional(LIMIT);
    }
}
