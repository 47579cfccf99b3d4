package dev.stentor.channel;

import static dev.stentor.channel.Booth.SECOND;
import static dev.stentor.channel.Mixed.ALWAYS;
import static dev.stentor.channel.Mixed.FRAME;
import static dev.stentor.channel.Mixed.PLAIN;
import static dev.stentor.channel.Mixed.SPEECH;
import static dev.stentor.channel.Mixed.samples;
import static dev.stentor.channel.Mixed.tone;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelEvent.SpeechCleared;
import dev.stentor.channel.ChannelEvent.TimelineMoved;
import dev.stentor.channel.ChannelEvent.UtteranceStarted;
import dev.stentor.channel.Utterance.State;
import dev.stentor.channel.UtteranceRequest.Mode;
import dev.stentor.mix.Mixer;
import dev.stentor.mix.SilentInput;
import dev.stentor.mix.SoundClip;
import dev.stentor.mix.SourceSettings;
import dev.stentor.testing.ScriptedEngine;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules for clearing speech while a bed goes on. */
class MixedClearTest {

    private final Booth booth = new Booth(ScriptedEngine.speaking(SPEECH, 9_600));

    @Test
    void clearingEndsTheSpeechInOneFlushAndTheBedGoesOnFromBeforeWhatIsHeard() {
        booth.mix(PLAIN);
        booth.put("bed", tone(0.25, false));
        booth.speak("one");
        booth.clock.advance(Duration.ofMillis(1_510));
        long heard = booth.output.all(TimelineMoved.class).getFirst().pos()
                + (booth.clock.micros()
                                - booth.output
                                        .all(TimelineMoved.class)
                                        .getFirst()
                                        .playMicros())
                        * 24
                        / 1_000;
        int events = booth.output.events.size();
        int flushes = booth.output.flushes;
        ClearResult cleared = booth.clear(ClearRequest.all("interrupt"));

        assertThat(booth.output.flushes).isEqualTo(flushes + 1);
        List<ChannelEvent> after = booth.output.events.subList(events, booth.output.events.size());
        var told = (SpeechCleared) after.getFirst();
        long fromPos = Objects.requireNonNull(told.fromPos());
        assertThat(fromPos).isBetween(heard - 240L * 24, heard - 200L * 24);
        assertThat(told.pos()).isEqualTo(cleared.pos());
        var moved = (TimelineMoved) after.get(1);
        assertThat(moved.pos()).isEqualTo(cleared.pos());
        List<Audio> fresh = after.stream()
                .filter(Audio.class::isInstance)
                .map(Audio.class::cast)
                .toList();
        assertThat(fresh.getFirst().pos()).isEqualTo(cleared.pos());
        assertThat(fresh.getFirst().playMicros()).isEqualTo(frameAt(1, fromPos).playMicros());
        assertThat(fresh.getLast().playMicros())
                .isBetween(booth.clock.micros() + 80_000, booth.clock.micros() + 100_000);
        short[] bed = samples(fresh);
        for (int i = 0; i < bed.length; i++) { // the bed as it was, the speech gone
            double at = fromPos + i - Mixer.DELAY_SAMPLES;
            double expected = 32_768 * 0.25 * Math.sin(2 * Math.PI * 500 * at / SECOND);
            assertThat(bed[i]).isCloseTo((short) Math.round(expected), org.assertj.core.data.Offset.offset((short) 3));
        }
        long heardOfIt = cleared.utterances().getFirst().heard().samples();
        assertThat(heardOfIt).isBetween(heard - 2L * FRAME - 12L * FRAME, heard);
    }

    @Test
    void theBedGoesOnFromBeforeWhatIsHeardAlsoOnceTheLeadWasMadeMuchLonger() {
        booth.mix(PLAIN);
        booth.put("bed", tone(0.25, false));
        booth.clock.advance(Duration.ofSeconds(2));
        booth.answer(booth.channel.change(ChannelSettings.conversation().withLead(Duration.ofSeconds(5))));
        booth.clock.advance(Duration.ofSeconds(7));
        booth.speak("one");
        booth.clock.advance(Duration.ofSeconds(3));
        TimelineMoved began = booth.output.all(TimelineMoved.class).getFirst();
        long heard = began.pos() + (booth.clock.micros() - began.playMicros()) * 24 / 1_000;
        var _ = booth.clear(ClearRequest.all("interrupt"));
        SpeechCleared told = booth.output.all(SpeechCleared.class).getFirst();
        assertThat(Objects.requireNonNull(told.fromPos())).isBetween(heard - 240L * 24, heard - 200L * 24);
    }

    private Audio frameAt(int generation, long pos) {
        return booth.audio().stream()
                .filter(frame -> frame.generation() == generation && frame.pos() == pos)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theBedGoesOnThroughTwentyInterruptionsWithoutAHole() {
        booth.put("bed", tone(0.25, false));
        booth.mix(PLAIN);
        for (int i = 0; i < 20; i++) {
            booth.speak("now " + i, Mode.INTERRUPT);
            booth.clock.advance(Duration.ofMillis(130 + 37 * i));
        }
        booth.clock.advance(Duration.ofSeconds(6));
        List<SpeechCleared> clears = booth.output.all(SpeechCleared.class);
        assertThat(clears).hasSize(20).allMatch(cleared -> cleared.fromPos() != null);
        List<Audio> all = booth.audio();
        for (int i = 1; i < all.size(); i++) {
            assertThat(all.get(i).pos()).isEqualTo(all.get(i - 1).pos() + FRAME);
            if (all.get(i).generation() == all.get(i - 1).generation()) {
                assertThat(all.get(i).playMicros()).isEqualTo(all.get(i - 1).playMicros() + 20_000);
            }
        }
        assertThat(booth.utterance("u20").state()).isEqualTo(State.DONE);
        assertThat(booth.utterance("u20").samples()).isEqualTo(5 * SECOND);
    }

    @Test
    void anEarconThatEndedBeforeTheMixBeganAnewDoesNotSoundAgainAtAClear() {
        booth.mix(ALWAYS);
        float[] ping = new float[SECOND / 2];
        Arrays.fill(ping, 0.1f);
        SoundClip sound = SoundClip.of(ping);
        booth.put("ping", Source.now(sound::once, SourceSettings.UNITY));
        booth.clock.advance(Duration.ofSeconds(2));
        booth.put("silence", Source.now(() -> new SilentInput(), SourceSettings.UNITY));
        booth.clock.advance(Duration.ofMillis(60));
        long began = booth.output.all(TimelineMoved.class).getLast().pos();
        var _ = booth.clear(ClearRequest.all("interrupt"));
        SpeechCleared cleared = booth.output.all(SpeechCleared.class).getLast();
        assertThat(Objects.requireNonNull(cleared.fromPos())).isGreaterThanOrEqualTo(began);
        booth.clock.advance(Duration.ofSeconds(1));
        assertThat(samples(ofGeneration(2))).containsOnly(0);
    }

    private List<Audio> ofGeneration(int generation) {
        return booth.audio().stream()
                .filter(frame -> frame.generation() == generation)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 300})
    void whatIsSpokenNextBeginsWhereItIsStillToBeHeard(int drainMillis) {
        Booth ahead = new Booth(
                ScriptedEngine.speaking(SPEECH, 9_600),
                ChannelSettings.conversation().withLead(Duration.ofMillis(500)));
        ahead.answer(ahead.channel.mix(_ -> PLAIN));
        ahead.answer(ahead.channel.put("bed", tone(0.25, false), UnaryOperator.identity()));
        ahead.speak("one");
        ahead.speak("two");
        ahead.clock.advance(Duration.ofSeconds(2));
        var _ = ahead.clear(new ClearRequest(ClearRequest.Scope.CURRENT, drainMillis, 5, "next"));
        long now = ahead.clock.micros();
        ahead.clock.advance(Duration.ofSeconds(8));
        UtteranceStarted second = ahead.output.all(UtteranceStarted.class).getLast();
        assertThat(second.id()).isEqualTo("u2");
        TimelineMoved moved = ahead.output.all(TimelineMoved.class).getLast();
        long due = moved.playMicros() + (second.pos() - moved.pos()) * 1_000 / 24;
        assertThat(due).isBetween(now + drainMillis * 1_000L, now + drainMillis * 1_000L + 40_000);
        assertThat(ahead.utterance("u2").samples()).isEqualTo(5 * SECOND);
    }
}
