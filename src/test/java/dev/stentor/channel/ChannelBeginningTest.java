package dev.stentor.channel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.clock.VirtualClock;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import dev.stentor.usage.Account;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/** A channel whose life is granted by others, after a while, and which several ask for meanwhile. */
class ChannelBeginningTest implements ChannelLives {

    private static final ChannelName LOBBY = new ChannelName("lobby");

    private final List<Sinks.One<ChannelLife>> asked = new ArrayList<>();
    private final List<Channel> made = new ArrayList<>();
    private final List<Throwable> refused = new ArrayList<>();
    private final Channels channels = new Channels(
            new VirtualClock(),
            ScriptedEngine.speaking(Signals.selfIndexing(480), 960),
            Schedulers.immediate(),
            ChannelSettings.conversation(),
            new Channels.Limits(10, Duration.ofSeconds(60)),
            (_, _, _) -> new RecordingOutput(),
            () -> "u",
            this,
            ChannelStats.NONE);

    @Override
    public Mono<ChannelLife> begin(ChannelName name) {
        return Mono.defer(() -> {
            Sinks.One<ChannelLife> answer = Sinks.one();
            asked.add(answer);
            return answer.asMono();
        });
    }

    @Override
    public void abandon(ChannelName name, long epoch) {}

    @Override
    public ChannelKeeper keeper(ChannelName name, long epoch) {
        return ChannelKeeper.NONE;
    }

    private void askedBy(Mono<Channel> somebody) {
        var _ = somebody.subscribe(made::add, refused::add);
    }

    @Test
    void aLifeIsBegunOnceHoweverManyAskForTheChannelMeanwhile() {
        askedBy(channels.takeOver(LOBBY));
        askedBy(channels.open(LOBBY, true, Account.NONE));
        askedBy(channels.open(LOBBY, true, Account.NONE));
        assertThat(asked).hasSize(1);
        asked.getFirst().tryEmitValue(new ChannelLife(7, null)).orThrow();
        assertThat(asked).hasSize(1);
        assertThat(made).hasSize(3);
        assertThat(made.stream().distinct()).hasSize(1);
    }

    @Test
    void whoWaitedForABeginningThatFailedAsksAgain() {
        askedBy(channels.takeOver(LOBBY));
        askedBy(channels.open(LOBBY, true, Account.NONE));
        asked.getFirst().tryEmitError(ChannelException.elsewhere()).orThrow();
        assertThat(refused).hasSize(1);
        assertThat(asked).hasSize(2);
        asked.getLast().tryEmitValue(new ChannelLife(8, null)).orThrow();
        assertThat(made).hasSize(1);
    }
}
