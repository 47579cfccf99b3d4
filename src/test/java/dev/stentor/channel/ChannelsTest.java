package dev.stentor.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.stentor.channel.ChannelEvent.LeadChanged;
import dev.stentor.channel.ChannelEvent.UtteranceStarted;
import dev.stentor.clock.VirtualClock;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import dev.stentor.usage.Account;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class ChannelsTest {

    private static final ChannelName LOBBY = new ChannelName("lobby");

    private final VirtualClock clock = new VirtualClock();
    private final List<RecordingOutput> outputs = new ArrayList<>();
    private ScriptedEngine engine = ScriptedEngine.speaking(Signals.selfIndexing(24_000), 4_800);

    @Test
    void aChannelIsMadeOnFirstUseAndFoundAgain() {
        Channels channels = channels(10);
        assertThat(channels.find(LOBBY)).isEmpty();
        Channel lobby = open(channels, LOBBY);
        assertThat(open(channels, LOBBY)).isSameAs(lobby);
        assertThat(channels.find(LOBBY)).contains(lobby);
    }

    @Test
    void tooManyAreRefusedAndTheOthersStay() {
        Channels channels = channels(2);
        var _ = open(channels, LOBBY);
        var _ = open(channels, new ChannelName("hall"));
        assertThatThrownBy(() -> open(channels, new ChannelName("roof")))
                .isInstanceOfSatisfying(
                        ChannelException.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(ChannelRefusal.tooManyChannels(2)));
        assertThat(open(channels, LOBBY)).isNotNull();
    }

    @Test
    void anUnusedChannelIsGivenUpAfterAMinute() {
        Channels channels = channels(10);
        var _ = open(channels, LOBBY);
        clock.advance(Duration.ofSeconds(50));
        assertThat(channels.all()).hasSize(1);
        clock.advance(Duration.ofSeconds(21));
        assertThat(channels.all()).isEmpty();
        assertThat(outputs.getFirst().closed).isTrue();
        var _ = open(channels, LOBBY);
        clock.advance(Duration.ofSeconds(71));
        assertThat(channels.all()).isEmpty();
    }

    @Test
    void aChannelWithListenersOrSpeechStays() {
        Channels channels = channels(10);
        var _ = open(channels, LOBBY);
        outputs.getFirst().listening = true;
        engine = ScriptedEngine.of(request -> Flux.never());
        clock.advance(Duration.ofMinutes(5));
        assertThat(channels.all()).hasSize(1);
        outputs.getFirst().listening = false;
        clock.advance(Duration.ofSeconds(11));
        assertThat(channels.all()).isEmpty();
    }

    @Test
    void closingEndsTheEnginesWork() {
        engine = ScriptedEngine.of(request -> Flux.never());
        Channels channels = channels(10);
        var spoken = open(channels, LOBBY).speak(SpeechRequest.of("one")).toFuture();
        clock.settle();
        assertThat(spoken).isCompleted();
        channels.close();
        clock.settle();
        assertThat(engine.cancellations()).isEqualTo(1);
        assertThat(channels.all()).isEmpty();
    }

    @Test
    void aChannelThatWasMadeByRequestStaysUntilItIsRemoved() {
        Channels channels = channels(1);
        answer(channels.put(LOBBY, ChannelSettings.conversation(), Account.NONE));
        clock.advance(Duration.ofMinutes(5));
        assertThat(channels.find(LOBBY))
                .get()
                .satisfies(channel -> assertThat(channel.isPinned()).isTrue());
        assertThatThrownBy(() -> open(channels, new ChannelName("hall"))).isInstanceOf(ChannelException.class);
        assertThat(answer(channels.remove(LOBBY))).isTrue();
        assertThat(answer(channels.remove(LOBBY))).isFalse();
        assertThat(outputs.getFirst().closed).isTrue();
        assertThat(open(channels, new ChannelName("hall"))).isNotNull();
    }

    @Test
    void removingAChannelEndsItsSpeech() {
        engine = ScriptedEngine.of(request -> Flux.never());
        Channels channels = channels(10);
        answer(channels.put(LOBBY, ChannelSettings.conversation(), Account.NONE));
        var _ = answer(open(channels, LOBBY).speak(SpeechRequest.of("one")));
        var _ = answer(channels.remove(LOBBY));
        assertThat(engine.cancellations()).isEqualTo(1);
    }

    @Test
    void anotherLeadAndPresetHoldFromTheNextUtteranceOn() {
        Channels channels = channels(10);
        engine = ScriptedEngine.speaking(Signals.selfIndexing(24_000), 4_800);
        Channel lobby = open(channels, LOBBY);
        RecordingOutput output = outputs.getFirst();
        var _ = answer(lobby.speak(SpeechRequest.of("one")));
        var _ = answer(lobby.speak(SpeechRequest.of("two")));
        clock.advance(Duration.ofMillis(100));
        answer(channels.put(LOBBY, ChannelSettings.of(Preset.NARRATION), Account.NONE));
        assertThat(lobby.settings().preset()).isEqualTo(Preset.NARRATION);
        assertThat(output.all(LeadChanged.class)).isEmpty();
        clock.advance(Duration.ofMillis(700));
        assertThat(output.frames())
                .as("the first keeps the lead that it began with")
                .isEqualTo(46);
        clock.advance(Duration.ofMillis(400));
        assertThat(output.all(LeadChanged.class)).containsExactly(new LeadChanged(1, 1_000));
        assertThat(output.frames()).isEqualTo(100);
        int change = output.events.indexOf(new LeadChanged(1, 1_000));
        assertThat(output.events.subList(change, output.events.size()))
                .filteredOn(UtteranceStarted.class::isInstance)
                .hasSize(1);
    }

    @Test
    void whileChannelsAreNotMadeOnUseOnlyARequestMakesOne() {
        Channels channels = channels(new Channels.Limits(10, Duration.ofSeconds(60), false, Duration.ofMinutes(20)));
        assertThatThrownBy(() -> open(channels, LOBBY))
                .isInstanceOfSatisfying(
                        ChannelException.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(ChannelRefusal.noSuchChannel()));
        answer(channels.put(LOBBY, ChannelSettings.conversation(), Account.NONE));
        assertThat(open(channels, LOBBY)).isNotNull();
        assertThat(channels.open(LOBBY, false, Account.NONE).block()).isNotNull();
    }

    @CanIgnoreReturnValue
    private static Channel open(Channels channels, ChannelName name) {
        return Objects.requireNonNull(channels.open(name, true, Account.NONE).block());
    }

    @CanIgnoreReturnValue
    private <T> T answer(Mono<T> question) {
        var future = question.toFuture();
        clock.settle();
        return Objects.requireNonNull(future.getNow(null));
    }

    private Channels channels(int limit) {
        return channels(new Channels.Limits(limit, Duration.ofSeconds(60)));
    }

    private Channels channels(Channels.Limits limits) {
        return new Channels(
                clock,
                engine,
                Schedulers.immediate(),
                ChannelSettings.conversation(),
                limits,
                (name, epoch, settings) -> {
                    outputs.add(new RecordingOutput());
                    return outputs.getLast();
                },
                () -> "u",
                () -> 1,
                ChannelStats.NONE);
    }
}
