package dev.stentor.channel;

import static dev.stentor.channel.Booth.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stentor.channel.ChannelEvent.Audio;
import dev.stentor.channel.ChannelEvent.Phase;
import dev.stentor.channel.ChannelEvent.PhaseChanged;
import dev.stentor.channel.ChannelEvent.Reason;
import dev.stentor.channel.ChannelEvent.SpeechCleared;
import dev.stentor.channel.ChannelEvent.TimelineMoved;
import dev.stentor.channel.ChannelEvent.UtteranceEnded;
import dev.stentor.channel.ChannelEvent.UtteranceStarted;
import dev.stentor.channel.ClearRequest.Scope;
import dev.stentor.channel.Utterance.State;
import dev.stentor.channel.UtteranceRequest.Mode;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class InterruptionTest {

    private static final byte[] FIVE_SECONDS = Signals.selfIndexing(5 * SECOND);

    private final ScriptedEngine engine = ScriptedEngine.speaking(FIVE_SECONDS, 9_600);
    private final Booth booth = new Booth(engine);

    @Test
    void clearingEndsTheEnginesWorkAndNothingOldFollows() {
        var endless = ScriptedEngine.speaking(Signals.selfIndexing(100 * SECOND), 9_600);
        Booth booth = new Booth(endless);
        booth.speak("one");
        booth.speak("two");
        booth.clock.advance(Duration.ofMillis(500));
        int flushes = booth.output.flushes;
        ClearResult cleared = booth.clear(ClearRequest.all("interrupt"));
        assertThat(booth.output.flushes).isEqualTo(flushes + 1);
        assertThat(endless.cancellations()).isEqualTo(1);
        assertThat(cleared.generation()).isEqualTo(2);
        assertThat(cleared.utterances()).extracting(Utterance::state).containsExactly(State.CLEARED, State.CLEARED);
        booth.clock.advance(Duration.ofSeconds(10));
        int at = booth.output.events.indexOf(
                new SpeechCleared(2, cleared.pos(), new ClearRequest(Scope.ALL, 0, 5, "interrupt")));
        assertThat(booth.output.events.subList(at + 1, booth.output.events.size()))
                .containsExactly(
                        new UtteranceEnded("u1", 0, cleared.pos(), Reason.CLEARED, null),
                        new UtteranceEnded("u2", cleared.pos(), 0, Reason.CLEARED, null),
                        new PhaseChanged(Phase.IDLE));
    }

    @Test
    void theNextUtteranceBeginsWithItsFirstSampleInTheNewGeneration() {
        booth.speak("one");
        booth.clock.advance(Duration.ofMillis(510));
        ClearResult cleared = booth.clear(ClearRequest.all("interrupt"));
        booth.speak("two");
        booth.clock.advance(Duration.ofSeconds(6));
        List<Audio> fresh = booth.output.all(Audio.class).stream()
                .filter(frame -> frame.generation() == 2)
                .toList();
        assertThat(fresh.getFirst().pos()).isEqualTo(cleared.pos());
        assertThat(sound(fresh)).isEqualTo(FIVE_SECONDS);
        assertThat(booth.output.all(TimelineMoved.class)).hasSize(2);
        assertThat(booth.output.all(UtteranceStarted.class).getLast().generation())
                .isEqualTo(2);
    }

    @Test
    void interruptingIsClearingAndSpeakingInOneStep() {
        booth.speak("one");
        booth.speak("two");
        booth.clock.advance(Duration.ofMillis(500));
        booth.speak("now", Mode.INTERRUPT);
        booth.clock.settle();
        assertThat(booth.output.all(UtteranceStarted.class))
                .extracting(UtteranceStarted::text)
                .containsExactly("one", "now");
        assertThat(booth.utterance("u2").state()).isEqualTo(State.CLEARED);
        assertThat(booth.utterance("u3").state()).isEqualTo(State.PLAYING);
    }

    @Test
    void whatWasHeardIsSaidAtOnce() {
        booth.speak("0123456789");
        booth.clock.advance(Duration.ofSeconds(2));
        ClearResult cleared = booth.clear(ClearRequest.all("interrupt"));
        Utterance one = cleared.utterances().getFirst();
        assertThat(one.heard().samples()).isBetween(2L * SECOND - 960, 2L * SECOND);
        assertThat(one.samples())
                .isBetween(one.heard().samples() + 2_400 - 480, one.heard().samples() + 2_880);
        assertThat(one.heard().estimated()).isTrue();
        booth.speak("two");
        booth.clock.advance(Duration.ofSeconds(3));
        assertThat(booth.utterance("u1").heard()).isEqualTo(one.heard());
    }

    @Test
    void aDrainIsHeardAsWell() {
        Booth ahead = new Booth(engine, ChannelSettings.of(Preset.NARRATION));
        ahead.speak("one");
        ahead.clock.advance(Duration.ofSeconds(2));
        ClearResult cleared = ahead.clear(new ClearRequest(Scope.ALL, 400, 20, "interrupt"));
        assertThat(cleared.utterances().getFirst().heard().samples())
                .isBetween(2L * SECOND + 400 * 24 - 960, 2L * SECOND + 400 * 24);
    }

    @Test
    void clearingTheCurrentOneKeepsTheQueue() {
        booth.speak("one");
        booth.speak("two");
        booth.clock.advance(Duration.ofMillis(500));
        ClearResult cleared = booth.clear(ClearRequest.current("skip"));
        assertThat(cleared.utterances()).extracting(Utterance::id).containsExactly("u1");
        booth.clock.advance(Duration.ofSeconds(7));
        assertThat(sound(booth.output.all(Audio.class).stream()
                        .filter(frame -> frame.generation() == 2)
                        .toList()))
                .isEqualTo(FIVE_SECONDS);
        assertThat(booth.utterance("u2").state()).isEqualTo(State.DONE);
    }

    @Test
    void whatWasReleasedOfOthersIsReleasedAgain() {
        byte[] sound = Signals.selfIndexing(SECOND + 77);
        Booth ahead = new Booth(
                ScriptedEngine.speaking(sound, 4_800),
                ChannelSettings.conversation().withLead(Duration.ofSeconds(5)));
        ahead.speak("one");
        ahead.speak("two");
        ahead.speak("three");
        ahead.clock.advance(Duration.ofMillis(500));
        assertThat(ahead.output.all(UtteranceEnded.class)).hasSize(3);
        ClearResult cleared = ahead.clear(ClearRequest.current("skip"));
        assertThat(cleared.utterances()).extracting(Utterance::id).containsExactly("u1");
        ahead.clock.advance(Duration.ofSeconds(5));
        List<Audio> fresh = ahead.output.all(Audio.class).stream()
                .filter(frame -> frame.generation() == 2)
                .toList();
        var both = new ByteArrayOutputStream();
        both.writeBytes(sound);
        both.writeBytes(sound);
        assertThat(sound(fresh)).isEqualTo(both.toByteArray());
        assertThat(fresh.stream().filter(Audio::first)).hasSize(2);
        assertThat(ahead.utterance("u1").state()).isEqualTo(State.CLEARED);
        assertThat(ahead.utterance("u3").state()).isEqualTo(State.DONE);
    }

    @Test
    void theTailOfAnUtteranceThatWasAllReleasedCanStillBeCleared() {
        Booth ahead = new Booth(engine, ChannelSettings.conversation().withLead(Duration.ofSeconds(10)));
        ahead.speak("one");
        ahead.clock.advance(Duration.ofSeconds(1));
        assertThat(ahead.utterance("u1").state()).isEqualTo(State.DONE);
        ClearResult cleared = ahead.clear(ClearRequest.all("interrupt"));
        assertThat(cleared.utterances()).extracting(Utterance::state).containsExactly(State.CLEARED);
        assertThat(ahead.utterance("u1").heard().samples()).isBetween((long) SECOND - 960, (long) SECOND);
    }

    @Test
    void aChannelThatWasGivenUpSaysSoAndNothingElse() {
        booth.channel.close();
        List<Mono<?>> commands = List.of(
                booth.channel.clear(ClearRequest.all("interrupt")), booth.channel.pause(), booth.channel.resume());
        for (Mono<?> command : commands) {
            assertThatThrownBy(() -> booth.answer(command))
                    .isInstanceOfSatisfying(
                            ChannelException.class,
                            refused -> assertThat(refused.refusal().kind()).isEqualTo(ChannelRefusal.Kind.GONE));
        }
        booth.clock.advance(Duration.ofMinutes(11));
        assertThat(booth.output.events).isEmpty();
    }

    @Test
    void theDrainOfOneEndsWhereTheNextOneBegins() {
        Booth ahead = Booth.ahead();
        ahead.clock.advance(Duration.ofMillis(500));
        ahead.clear(new ClearRequest(Scope.CURRENT, 2_000, 20, "skip"));
        ClearRequest told = ahead.output.all(SpeechCleared.class).getFirst().clear();
        assertThat(told.drainMillis()).isBetween(480, 500);
        assertThat(told.fadeMillis()).isEqualTo(20);
        assertThat(ahead.utterance("u1").heard().samples()).isBetween(SECOND - 24L, (long) SECOND);
    }

    @Test
    void generationsGoRoundAfter65536() {
        for (int i = 0; i < 65_536; i++) {
            booth.clear(ClearRequest.all("again"));
        }
        List<SpeechCleared> clears = booth.output.all(SpeechCleared.class);
        assertThat(clears.get(65_534).generation()).isZero();
        assertThat(clears.getLast().generation()).isEqualTo(1);
    }

    private static byte[] sound(List<Audio> frames) {
        var bytes = new ByteArrayOutputStream();
        for (Audio frame : frames) {
            byte[] own = new byte[frame.samples() * 2];
            frame.audio().duplicate().get(own);
            bytes.writeBytes(own);
        }
        return bytes.toByteArray();
    }
}
