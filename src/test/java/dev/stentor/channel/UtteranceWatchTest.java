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
