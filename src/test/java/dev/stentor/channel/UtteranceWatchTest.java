package dev.stentor.channel;

import static dev.stentor.channel.Booth.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.channel.ChannelEvent.Reason;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UtteranceWatchTest {

    private final Booth booth = new Booth(ScriptedEngine.speaking(Signals.selfIndexing(SECOND), 4_800));

    @Test
    void anUtteranceIsMeasuredFromItsRequestQueueIncluded() {
        booth.speak("one");
        booth.speak("four");
        booth.clock.advance(Duration.ofSeconds(5));
        assertThat(booth.stats.spoken).hasSize(2);
        SpokenUtterance second = booth.stats.spoken.getLast();
        assertThat(second.id()).isEqualTo("u2");
        assertThat(second.reason()).isEqualTo(Reason.DONE);
        assertThat(second.failure()).isNull();
        assertThat(second.characters()).isEqualTo(4);
        assertThat(second.sound()).isEqualTo(Duration.ofSeconds(1));
        assertThat(second.untilSound()).isBetween(Duration.ofMillis(860), Duration.ofMillis(1_000));
        assertThat(second.lifetime()).isBetween(Duration.ofMillis(1_860), Duration.ofMillis(2_000));
        assertThat(booth.stats.frames).as("each once").isEqualTo(100);
    }

    @Test
    void anUtteranceTellsWhenTheEngineWasAskedWhenItsSoundCameAndWhenItWasReleased() {
        booth.clock.advance(Duration.ofSeconds(3));
        booth.speak("one");
        booth.speak("two");
        assertThat(booth.utterance("u1").times()).isEqualTo(new Utterance.Times(0, 0L, 0L, 0L));
        assertThat(booth.utterance("u2").times().releasedMicros()).isNull();
        booth.clock.advance(Duration.ofSeconds(5));
        Utterance.Times second = booth.utterance("u2").times();
        assertThat(second.ageMicros()).isEqualTo(5_000_000);
        assertThat(second.begunMicros()).isNotNull();
        assertThat(second.firstSoundMicros()).isBetween(second.begunMicros(), 900_000L);
        assertThat(second.releasedMicros()).isBetween(860_000L, 1_000_000L);
    }

    @Test
    void aSecondStartAfterAClearChangesNoTimes() {
        var ahead = Booth.ahead();
        Utterance.Times before = ahead.utterance("u2").times();
        ahead.clock.advance(Duration.ofMillis(500));
        ahead.clear(new ClearRequest(ClearRequest.Scope.CURRENT, 0, 5, "request"));
        ahead.clock.advance(Duration.ofMillis(500));
        assertThat(ahead.utterance("u2").times())
                .isEqualTo(new Utterance.Times(
                        1_000_000, before.begunMicros(), before.firstSoundMicros(), before.releasedMicros()));
    }

    @Test
    void theLatestUtterancesAreListedInTheOrderInWhichTheyWereAskedFor() {
        booth.speak("one");
        booth.speak("two");
        booth.speak("three");
        assertThat(booth.latest(2)).extracting(Utterance::id).containsExactly("u2", "u3");
        assertThat(booth.latest(9)).extracting(Utterance::id).containsExactly("u1", "u2", "u3");
    }

    @Test
    void oneThatIsClearedBeforeItsFirstSoundHasNone() {
        booth.speak("one");
        booth.speak("two");
        booth.clock.advance(Duration.ofMillis(500));
        booth.clear(ClearRequest.all("interrupt"));
        assertThat(booth.stats.spoken)
                .extracting(SpokenUtterance::reason)
                .containsExactly(Reason.CLEARED, Reason.CLEARED);
        assertThat(booth.stats.spoken.getLast().untilSound()).isNull();
    }
}
