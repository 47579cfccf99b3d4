package dev.stentor.channel;

import static dev.stentor.channel.Booth.SECOND;
import static dev.stentor.channel.Mixed.ALWAYS;
import static dev.stentor.channel.Mixed.FRAME;
import static dev.stentor.channel.Mixed.PLAIN;
import static dev.stentor.channel.Mixed.SPEECH;
import static dev.stentor.channel.Mixed.samples;
import static dev.stentor.channel.Mixed.shorts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelEvent.TimelineMoved;
import dev.stentor.mix.Mixer;
import dev.stentor.testing.ScriptedEngine;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules for a clock that stands still for a while, in a mix and with speech alone. */
class MixedStallTest {

    private final Booth booth = new Booth(ScriptedEngine.speaking(SPEECH, 9_600));

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aStallWithinTheLeadIsMadeUpInOneTickAndMovesNothing(boolean mixed) {
        Booth ahead = new Booth(
                ScriptedEngine.speaking(SPEECH, 9_600),
                ChannelSettings.conversation().withLead(Duration.ofMillis(200)));
        stallTest(ahead, mixed, Duration.ofMillis(150));
        assertThat(ahead.stats.stalls).isZero();
        assertThat(ahead.output.all(TimelineMoved.class)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLongStallMovesTheTimelineAndLosesNoSpeech(boolean mixed) {
        Booth ahead = new Booth(
                ScriptedEngine.speaking(SPEECH, 9_600),
                ChannelSettings.conversation().withLead(Duration.ofMillis(200)));
        stallTest(ahead, mixed, Duration.ofSeconds(2));
        assertThat(ahead.stats.stalls).isEqualTo(1);
        assertThat(ahead.output.all(TimelineMoved.class)).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void utterancesWithSilenceBetweenThemAreNoStall(boolean mixed) {
        booth.mix(mixed ? ALWAYS : PLAIN);
        for (int i = 0; i < 3; i++) {
            booth.speak("one");
            booth.clock.advance(Duration.ofSeconds(8));
        }
        booth.speak("one more");
        booth.clock.advance(Duration.ofSeconds(1));
        var _ = booth.clear(ClearRequest.all("enough"));
        booth.speak("the last");
        booth.clock.advance(Duration.ofSeconds(8));
        assertThat(booth.output.all(TimelineMoved.class)).hasSize(5);
        assertThat(booth.stats.stalls).isZero();
    }

    private void stallTest(Booth ahead, boolean mixed, Duration stall) {
        if (mixed) {
            ahead.answer(ahead.channel.mix(_ -> ALWAYS));
        }
        ahead.speak("one");
        ahead.clock.advance(Duration.ofSeconds(2));
        int before = ahead.output.frames();
        ahead.clock.pause(stall);
        ahead.clock.settle();
        assertThat(ahead.output.frames() - before).isBetween(7, 11); // the lead and one at most
        ahead.clock.advance(Duration.ofSeconds(6));
        long delay = mixed ? Mixer.DELAY_SAMPLES : 0;
        short[] heard = samples(ahead.output.all(Audio.class));
        assertThat(Arrays.mismatch(heard, (int) delay, (int) delay + 5 * SECOND, shorts(SPEECH), 0, 5 * SECOND))
                .isEqualTo(-1);
        List<Audio> all = ahead.output.all(Audio.class);
        for (int i = 1; i < all.size(); i++) {
            assertThat(all.get(i).pos()).isEqualTo(all.get(i - 1).pos() + FRAME);
        }
    }
}
