package dev.stentor.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stentor.clock.VirtualClock;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
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
        Channel lobby = channels.open(LOBBY);
        assertThat(channels.open(LOBBY)).isSameAs(lobby);
        assertThat(channels.find(LOBBY)).contains(lobby);
    }

    @Test
    void tooManyAreRefusedAndTheOthersStay() {
        Channels channels = channels(2);
        var _ = channels.open(LOBBY);
        var _ = channels.open(new ChannelName("hall"));
        assertThatThrownBy(() -> channels.open(new ChannelName("roof")))
                .isInstanceOfSatisfying(
                        ChannelException.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(new ChannelRefusal.TooManyChannels(2)));
        assertThat(channels.open(LOBBY)).isNotNull();
    }

    @Test
    void anUnusedChannelIsGivenUpAfterAMinute() {
        Channels channels = channels(10);
        var _ = channels.open(LOBBY);
        clock.advance(Duration.ofSeconds(50));
        assertThat(channels.all()).hasSize(1);
        clock.advance(Duration.ofSeconds(21));
        assertThat(channels.all()).isEmpty();
        assertThat(outputs.getFirst().closed).isTrue();
        var _ = channels.open(LOBBY);
        clock.advance(Duration.ofSeconds(71));
        assertThat(channels.all()).isEmpty();
    }

    @Test
    void aChannelWithListenersOrSpeechStays() {
        Channels channels = channels(10);
        var _ = channels.open(LOBBY);
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
        var spoken = channels.open(LOBBY).speak(SpeechRequest.of("one")).toFuture();
        clock.settle();
        assertThat(spoken).isCompleted();
        channels.close();
        clock.settle();
        assertThat(engine.cancellations()).isEqualTo(1);
        assertThat(channels.all()).isEmpty();
    }

    private Channels channels(int limit) {
        return new Channels(
                clock,
                engine,
                Schedulers.immediate(),
                ChannelSettings.conversation(),
                new Channels.Limits(limit, Duration.ofSeconds(60)),
                (name, epoch, settings) -> {
                    outputs.add(new RecordingOutput());
                    return outputs.getLast();
                },
                () -> "u",
                () -> 1);
    }
}
