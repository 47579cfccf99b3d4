package dev.stentor.web.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stentor.access.FailedAttempts;
import dev.stentor.audio.SpeechTime;
import dev.stentor.speech.SpeechEngine;
import dev.stentor.testing.ScriptedEngine;
import dev.stentor.web.TestGateway;
import dev.stentor.web.edge.ProblemException;
import dev.stentor.web.edge.Vouching;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.server.MockServerWebExchange;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Tests of whom the gateway takes for another node, and of what that one is believed. */
class PeerFilterTest {

    private static final String SECRET = "a secret of sixteen bytes or more";
    private static final InetSocketAddress PEER = new InetSocketAddress("10.0.0.7", 4_711);

    private final SpeechEngine engine =
            ScriptedEngine.speaking(new byte[SpeechTime.FRAME_BYTES], SpeechTime.FRAME_BYTES);
    private final TestGateway gateway = new TestGateway(engine);
    private final AtomicLong micros = new AtomicLong();
    private final PeerFilter filter = new PeerFilter(
            new PeerSecret(SECRET),
            new FailedAttempts(3, micros::get),
            gateway.broadcasts(),
            gateway.channels(),
            List.of(),
            Schedulers.parallel());
    private final AtomicReference<@Nullable ServerWebExchange> passed = new AtomicReference<>();

    @AfterEach
    void end() {
        gateway.close();
    }

    private MockServerWebExchange send(MockServerHttpRequest.BaseBuilder<?> request) {
        var exchange = MockServerWebExchange.from(request.remoteAddress(PEER));
        filter.filter(exchange, next -> Mono.fromRunnable(() -> passed.set(next)))
                .block(Duration.ofSeconds(10));
        return exchange;
    }

    private ServerWebExchange passed() {
        return Objects.requireNonNull(passed.get());
    }

    @Test
    void aNodeIsBelievedForWhomItAsksAndItsSecretGoesNoFurther() {
        var _ = send(MockServerHttpRequest.get("/v1/channels/lobby")
                .header(PeerHeaders.SECRET, SECRET)
                .header(PeerHeaders.CLIENT, "203.0.113.9"));
        assertThat(Vouching.isFromNode(passed())).isTrue();
        assertThat(Objects.requireNonNull(passed().getRequest().getRemoteAddress())
                        .getAddress()
                        .getHostAddress())
                .isEqualTo("203.0.113.9");
        assertThat(passed().getRequest().getHeaders().headerNames())
                .doesNotContain(PeerHeaders.SECRET, PeerHeaders.CLIENT);
    }

    @Test
    void aNodeVouchesForTheHolderOfATicket() {
        var _ = send(MockServerHttpRequest.post("/v1/channels/lobby/utterances")
                .header(PeerHeaders.SECRET, SECRET)
                .header(PeerHeaders.CALLER, "the holder"));
        assertThat(Vouching.in(passed())).contains("the holder");
        assertThat(passed().getRequest().getHeaders().headerNames()).doesNotContain(PeerHeaders.CALLER);
    }

    @Test
    void nobodyElseIsBelievedAnything() {
        var _ = send(MockServerHttpRequest.get("/v1/channels/lobby")
                .header(PeerHeaders.CLIENT, "203.0.113.9")
                .header(PeerHeaders.CALLER, "the holder"));
        assertThat(Vouching.in(passed())).isEmpty();
        assertThat(Vouching.isFromNode(passed())).isFalse();
        assertThat(passed().getRequest().getRemoteAddress()).isEqualTo(PEER);
    }

    @Test
    void aGuessedSecretIsRefused() {
        assertThatThrownBy(() ->
                        send(MockServerHttpRequest.get("/v1/channels/lobby").header(PeerHeaders.SECRET, SECRET + "x")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().status()).isEqualTo(403));
        assertThat(passed.get()).isNull();
    }

    private ProblemException refusal(InetSocketAddress from) {
        var guess = MockServerHttpRequest.get("/v1/channels/lobby")
                .header(PeerHeaders.SECRET, SECRET + "x")
                .remoteAddress(from);
        var refused = new AtomicReference<ProblemException>();
        filter.filter(MockServerWebExchange.from(guess), _ -> Mono.empty())
                .onErrorResume(ProblemException.class, error -> Mono.fromRunnable(() -> refused.set(error)))
                .block(Duration.ofSeconds(10));
        return Objects.requireNonNull(refused.get());
    }

    @Test
    void whoGuessesTooOftenIsToldToWaitAndNodesAtTheSameAddressGetThrough() {
        for (int i = 0; i < 3; i++) {
            assertThat(refusal(PEER).problem().status()).isEqualTo(403);
        }
        ProblemException slowed = refusal(PEER);
        assertThat(slowed.problem().status()).isEqualTo(429);
        assertThat(slowed.problem().code()).isEqualTo("TooManyAttempts");
        assertThat(slowed.retryAfter()).isEqualTo(Duration.ofSeconds(20));
        assertThat(refusal(new InetSocketAddress("10.0.0.8", 4_711)).problem().status())
                .isEqualTo(403);
        var _ = send(MockServerHttpRequest.get("/v1/channels/lobby").header(PeerHeaders.SECRET, SECRET));
        assertThat(Vouching.isFromNode(passed())).isTrue();
        micros.addAndGet(20_000_000);
        assertThat(refusal(PEER).problem().status()).isEqualTo(403);
    }

    @Test
    void aNodeIsToldWhatTheClockOfAChannelShows() {
        gateway.channels()
                .open(new dev.stentor.channel.ChannelName("lobby"), true, dev.stentor.usage.Account.NONE)
                .block(Duration.ofSeconds(10));
        long before = gateway.broadcasts().micros().getAsLong();
        var exchange =
                send(MockServerHttpRequest.get(PeerQuestions.CLOCK + "lobby").header(PeerHeaders.SECRET, SECRET));
        String told = exchange.getResponse().getBodyAsString().block(Duration.ofSeconds(10));
        assertThat(Long.parseLong(Objects.requireNonNull(told)))
                .isBetween(before, gateway.broadcasts().micros().getAsLong());
        var unknown =
                send(MockServerHttpRequest.get(PeerQuestions.CLOCK + "hall").header(PeerHeaders.SECRET, SECRET));
        assertThat(unknown.getResponse().getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
    }

    @Test
    void aSecretThatCouldBeGuessedIsNoSecret() {
        assertThatThrownBy(() -> new PeerSecret("fifteen bytes.."))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("fifteen bytes");
        assertThat(new PeerSecret(SECRET)).hasToString("PeerSecret[…]");
    }
}
