package dev.stentor.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stentor.speech.SpeechEngine;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.speech.billing.BilledEngine;
import dev.stentor.speech.billing.ReservingEngine;
import dev.stentor.speech.billing.SettlingEngine;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import dev.stentor.usage.Account;
import dev.stentor.usage.Characters;
import dev.stentor.usage.Charge;
import dev.stentor.usage.Limits;
import dev.stentor.usage.LocalQuotas;
import dev.stentor.usage.UsageQuery;
import dev.stentor.usage.UsageRow;
import dev.stentor.usage.UsageStats;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

/** Tests of what the utterances of a channel cost, and of what is given back. */
class ChargedUtterancesTest {

    private final LocalQuotas quotas =
            new LocalQuotas(InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z")), () -> 0, null, UsageStats.NONE);
    private final Account account = new Account("studio", new Limits(0, 1, 1_000, 0, 0, 0), quotas);
    private final Booth booth = new Booth(billed(ScriptedEngine.speaking(Signals.selfIndexing(24_000), 4_800)));

    @Test
    void whatNobodyListenedToIsPaidAndUnheard() {
        speak(booth, "one", null);
        booth.clock.advance(Duration.ofSeconds(3));
        assertThat(counted()).isEqualTo(new Characters(3, 0, 3));
        assertThat(reserved()).isZero();
    }

    @Test
    void whatSomebodyListenedToIsNotUnheard() {
        booth.output.listening = true;
        speak(booth, "one", null);
        booth.clock.advance(Duration.ofSeconds(3));
        assertThat(counted()).isEqualTo(new Characters(3, 0, 0));
    }

    @Test
    void whatSomebodyJoinedInItsMidstIsNotUnheard() {
        speak(booth, "one", null);
        booth.clock.advance(Duration.ofMillis(500));
        booth.output.listening = true;
        booth.clock.advance(Duration.ofSeconds(3));
        assertThat(counted()).isEqualTo(new Characters(3, 0, 0));
    }

    @Test
    void whatWaitsIsReservedAndGivenBackWhenItIsCleared() {
        Booth silent = new Booth(billed(ScriptedEngine.of(_ -> Flux.never())));
        speak(silent, "one", null);
        speak(silent, "three", null);
        assertThat(reserved()).isEqualTo(8);
        silent.clear(ClearRequest.all("test"));
        assertThat(reserved()).isZero();
        assertThat(counted().paid()).as("the call that had begun").isEqualTo(3);
    }

    @Test
    void whatWaitsIsGivenBackWhenTheChannelIsClosed() {
        Booth silent = new Booth(billed(ScriptedEngine.of(_ -> Flux.never())));
        speak(silent, "one", null);
        speak(silent, "three", null);
        silent.clock.execute(silent.channel::close);
        silent.clock.settle();
        assertThat(reserved()).isZero();
    }

    @Test
    void aRepeatedRequestCostsNothing() {
        speak(booth, "one", "key");
        speak(booth, "one", "key");
        booth.clock.advance(Duration.ofSeconds(3));
        assertThat(counted().paid()).isEqualTo(3);
        assertThat(reserved()).isZero();
        assertThatThrownBy(() -> speak(booth, "other", "key")).isInstanceOf(ChannelException.class);
    }

    private void speak(Booth on, String text, @Nullable String key) {
        Charge charge = account.charge();
        var _ = charge.reserve(text.length()).block();
        var request = new UtteranceRequest(SpeechRequest.of(text), UtteranceRequest.Mode.ENQUEUE, null, key);
        on.answer(on.channel.speak(request.chargedTo(charge)));
    }

    private static SpeechEngine billed(SpeechEngine service) {
        return ReservingEngine.ofCalls(new SettlingEngine(new BilledEngine(service, "cloud", "m")), "m");
    }

    private long reserved() {
        return quotas.reserved();
    }

    private Characters counted() {
        LocalDate day = LocalDate.of(2026, 3, 1);
        return Objects.requireNonNull(
                        quotas.usage(new UsageQuery(day, day, null, null, null)).block())
                .stream()
                .map(UsageRow::characters)
                .reduce(Characters.ZERO, Characters::plus);
    }
}
