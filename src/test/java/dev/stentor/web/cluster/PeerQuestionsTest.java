package dev.stentor.web.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.access.FailedAttempts;
import dev.stentor.audio.SpeechTime;
import dev.stentor.broadcast.Broadcast;
import dev.stentor.broadcast.Format;
import dev.stentor.broadcast.JoinRequest;
import dev.stentor.broadcast.KnownControls;
import dev.stentor.broadcast.Listener;
import dev.stentor.broadcast.RecordingOutlet;
import dev.stentor.broadcast.ToldControl;
import dev.stentor.broadcast.socket.CloseReason;
import dev.stentor.channel.ChannelName;
import dev.stentor.channel.PlayerControl;
import dev.stentor.cluster.ClusterNode;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.usage.Account;
import dev.stentor.web.TestGateway;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Questions of one node to another about its players, over real sockets. */
class PeerQuestionsTest {

    private static final PeerSecret SECRET = new PeerSecret("a secret of sixteen bytes or more");
    private static final ChannelName LOBBY = new ChannelName("lobby");
    private static final ChannelName HALL = new ChannelName("hall");
    private static final PlayerControl QUIET = new PlayerControl(0.25, true);

    private final TestGateway gateway =
            new TestGateway(ScriptedEngine.speaking(new byte[SpeechTime.FRAME_BYTES], SpeechTime.FRAME_BYTES));
    private final PeerFilter filter = new PeerFilter(
            SECRET,
            new FailedAttempts(0, () -> 0),
            gateway.broadcasts(),
            gateway.channels(),
            List.of(),
            Schedulers.parallel());
    private final DisposableServer server = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle(new ReactorHttpHandlerAdapter(
                    WebHttpHandlerBuilder.webHandler(exchange -> filter.filter(exchange, _ -> Mono.empty()))
                            .build()))
            .bindNow();
    private final ClusterNode node = new ClusterNode("other", "http://127.0.0.1:" + server.port());
    private final PeerClient client = new PeerClient(SECRET);
    private final RecordingOutlet outlet = new RecordingOutlet();
    private final Broadcast broadcast = gateway.broadcasts()
            .of(Objects.requireNonNull(
                    gateway.channels().open(LOBBY, true, Account.NONE).block(Duration.ofSeconds(10))));
    private final Listener listener =
            new Listener(outlet, Runnable::run, gateway.broadcasts().micros(), Duration.ofSeconds(1));

    @AfterEach
    void end() {
        listener.leave();
        client.close();
        server.disposeNow();
        gateway.close();
    }

    private void join() {
        broadcast.join(listener, new JoinRequest("c1", "ann & bob", JoinRequest.Start.LIVE, null, Format.PCM, false));
        var _ = answer(
                broadcast.players().controls()); // what is asked on the clock's thread now is answered behind the join
    }

    private static <T> T answer(Mono<T> asked) {
        return Objects.requireNonNull(asked.block(Duration.ofSeconds(20)));
    }

    private static boolean isEmpty(Mono<?> asked) {
        return asked.blockOptional(Duration.ofSeconds(20)).isEmpty();
    }

    @Test
    void aListenerIsToldAloneHowLoudToPlay() {
        join();
        assertThat(answer(client.control(node, LOBBY, "ann & bob", QUIET)))
                .isEqualTo(new ToldControl("ann & bob", QUIET));
        assertThat(answer(client.controls(node, LOBBY)))
                .isEqualTo(new KnownControls(PlayerControl.NONE, Map.of("ann & bob", QUIET)));
        assertThat(isEmpty(client.control(node, LOBBY, "eve", QUIET))).isTrue();
        assertThat(isEmpty(client.control(node, HALL, "ann & bob", QUIET))).isTrue();
    }

    @Test
    void whatHoldsForListenersThatMayComeIsRemembered() {
        var known = new KnownControls(QUIET, Map.of("ann & bob", new PlayerControl(1.0, null)));
        assertThat(isEmpty(client.remember(node, LOBBY, known))).isTrue();
        assertThat(answer(client.controls(node, LOBBY))).isEqualTo(known);
        join();
        assertThat(outlet.text("control").path("volume").asDouble()).isEqualTo(1.0);
    }

    @Test
    void aListenerIsSentAway() {
        join();
        assertThat(answer(client.sendAway(node, LOBBY, "eve"))).isFalse();
        assertThat(answer(client.sendAway(node, LOBBY, "c1"))).isTrue();
        assertThat(outlet.closes).containsExactly(CloseReason.REMOVED);
    }

    @Test
    void whereNobodyPlaysAClearIsAnsweredAtOnce() {
        join();
        assertThat(isEmpty(client.silenced(node, LOBBY, 1))).isTrue();
    }

    @Test
    void theOwnerTellsHowLoudItsMixIs() {
        assertThat(answer(client.levels(node, LOBBY)).sources()).isEmpty();
        assertThat(isEmpty(client.levels(node, HALL))).isTrue();
    }

    @Test
    void whereNobodyAnswersTheQuestionFails() {
        server.disposeNow();
        assertThat(client.sendAway(node, LOBBY, "c1").onErrorComplete().blockOptional(Duration.ofSeconds(20)))
                .isEmpty();
    }
}
