package dev.stentor.relay;

import static dev.stentor.relay.RelayNode.LOBBY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.channel.Channel;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.Preset;
import dev.stentor.channel.Utterance;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.usage.Account;
import dev.stentor.web.cluster.OwnerFilter;
import dev.stentor.web.cluster.PeerClient;
import dev.stentor.web.cluster.PeerSecret;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import reactor.core.publisher.Mono;

/** A channel that no node has any more, though it has not ended: who asks for it finds it. */
class LeftChannelTest {

    private final RelayNodes nodes = new RelayNodes();
    private final RelayNode owner = nodes.add("a", 0);
    private final RelayNode heir = nodes.add("b", 0);

    @AfterEach
    void allMemoryGoesBack() {
        nodes.close();
    }

    private void pinned() {
        var _ = owner.channels
                .put(LOBBY, owner.channels.settings().withPreset(Preset.NARRATION), Account.NONE)
                .subscribe();
        nodes.pass(100);
    }

    /** Sends a request about the channel through the heir's filter; returns how often it reached what serves it. */
    private int ask() {
        var served = new AtomicInteger();
        try (var client = new PeerClient(new PeerSecret("a secret of sixteen bytes or more"))) {
            var exchange = MockServerWebExchange.from(MockServerHttpRequest.get("/v1/channels/" + LOBBY));
            var _ = new OwnerFilter(heir.shared, client)
                    .filter(exchange, _ -> Mono.fromRunnable(served::incrementAndGet))
                    .subscribe();
            nodes.pass(200);
        }
        return served.get();
    }

    @Test
    void aRequestFindsAPinnedChannelWhoseNodeStoppedWithItsSettings() {
        pinned();
        owner.close();
        nodes.pass(1_000);
        assertThat(ask()).isEqualTo(1);
        Channel channel = heir.channels.find(LOBBY).orElseThrow();
        assertThat(channel.isPinned()).isTrue();
        assertThat(channel.settings().preset()).isEqualTo(Preset.NARRATION);
    }

    @Test
    void aChannelThatWasFoundAgainCanBeRemovedForGood() {
        pinned();
        owner.close();
        nodes.pass(1_000);
        assertThat(ask()).isEqualTo(1);
        var _ = heir.channels.remove(LOBBY).subscribe();
        nodes.pass(1_000);
        assertThat(ask()).isEqualTo(1);
        assertThat(heir.channels.find(LOBBY)).isEmpty();
        assertThat(nodes.cluster.kept(LOBBY.value()).block(Duration.ZERO)).isEmpty();
    }

    @Test
    void aRequestMakesNoChannelWhereNothingWasLeft() {
        assertThat(ask()).isEqualTo(1);
        assertThat(heir.channels.find(LOBBY)).isEmpty();
        assertThat(nodes.cluster.owner(LOBBY.value()).blockOptional(Duration.ZERO))
                .isEmpty();
        assertThat(heir.shared.resume(new ChannelName("other")).blockOptional(Duration.ZERO))
                .isEmpty();
    }

    @Test
    void theTextsThatWaitedAreSpokenBeforeAnotherUseOfTheName() {
        var _ = owner.open().speak(SpeechRequest.of("one")).subscribe();
        var _ = owner.channels
                .find(LOBBY)
                .orElseThrow()
                .speak(SpeechRequest.of("two"))
                .subscribe();
        nodes.pass(500);
        owner.close();
        nodes.pass(1_000);
        assertThat(ask()).isEqualTo(1);
        var known = heir.channels.find(LOBBY).orElseThrow().utterances(10).toFuture();
        nodes.clock.settle();
        assertThat(known.getNow(List.of()))
                .extracting(Utterance::state)
                .as("that in mid-sentence, and the one that waited")
                .containsExactly(Utterance.State.FAILED, Utterance.State.PLAYING);
    }
}
