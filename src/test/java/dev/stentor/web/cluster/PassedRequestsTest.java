package dev.stentor.web.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.cluster.ClusterNode;
import dev.stentor.web.edge.ProblemException;
import dev.stentor.web.edge.RemoteCommands;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpStatus;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** Requests that one server passes on to another one, over real sockets. */
class PassedRequestsTest {

    private static final PeerSecret SECRET = new PeerSecret("a secret of sixteen bytes or more");

    private final PeerClient client = new PeerClient(SECRET, 1);
    private final CompletableFuture<Boolean> cancelled = new CompletableFuture<>();
    private final DisposableServer owner = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .route(routes -> routes.post(
                            "/v1/channels/{channel}/utterances",
                            (request, response) -> response.status(201)
                                    .header(
                                            "Seen",
                                            String.join(
                                                    " ",
                                                    request.uri(),
                                                    String.valueOf(request.requestHeaders()
                                                            .get("Authorization")),
                                                    String.valueOf(request.requestHeaders()
                                                            .get(PeerHeaders.SECRET)),
                                                    String.valueOf(request.requestHeaders()
                                                            .get(PeerHeaders.CLIENT)),
                                                    String.valueOf(request.requestHeaders()
                                                            .get(PeerHeaders.CALLER)),
                                                    String.valueOf(request.requestHeaders()
                                                            .get("Upgrade"))))
                                    .send(request.receive().retain()))
                    .get(
                            "/v1/channels/{channel}/events",
                            (_, response) -> response.sse()
                                    .sendString(Flux.just("data: one\n\n").concatWith(Flux.never()))
                                    .then()
                                    .doOnCancel(() -> cancelled.complete(true))))
            .bindNow();
    private final DisposableServer entrance = HttpServer.create()
            .host("127.0.0.1")
            .port(0)
            .handle(new ReactorHttpHandlerAdapter(WebHttpHandlerBuilder.webHandler(exchange -> client.pass(
                                    exchange,
                                    node(owner.port()),
                                    exchange.getRequest().getHeaders().getFirst("Test-Vouched"))
                            .onErrorResume(ProblemException.class, away -> {
                                exchange.getResponse()
                                        .setStatusCode(HttpStatus.valueOf(
                                                away.problem().status()));
                                return exchange.getResponse().setComplete();
                            }))
                    .codecConfigurer(ServerCodecConfigurer.create())
                    .build()))
            .bindNow();
    private final HttpClient http = HttpClient.newHttpClient();

    @AfterEach
    void end() {
        client.close();
        entrance.disposeNow();
        owner.disposeNow();
    }

    private static ClusterNode node(int port) {
        return new ClusterNode("owner", "http://127.0.0.1:" + port);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + entrance.port() + path))
                .timeout(Duration.ofSeconds(20));
    }

    @Test
    void aRequestIsPassedOnAsItIs() throws Exception {
        String body = "x".repeat(300_000);
        HttpResponse<String> answer = http.send(
                request("/v1/channels/lobby/utterances?create=never&q=%20a")
                        .header("Authorization", "Bearer k")
                        .header(PeerHeaders.CLIENT, "8.8.8.8")
                        .header(PeerHeaders.CALLER, "somebody else")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo(body);
        assertThat(answer.headers().firstValue("Seen"))
                .as("its credential, the secret, the address that is true, and nothing of the connection")
                .contains("/v1/channels/lobby/utterances?create=never&q=%20a Bearer k " + SECRET.shown()
                        + " 127.0.0.1 null null");
    }

    @Test
    void thisNodeVouchesForWhomItHasAdmitted() throws Exception {
        HttpResponse<String> answer = http.send(
                request("/v1/channels/lobby/utterances")
                        .header(PeerHeaders.CALLER, "somebody else")
                        .header("Test-Vouched", "the holder")
                        .POST(BodyPublishers.ofString("{}"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.headers().firstValue("Seen").orElseThrow()).endsWith(" 127.0.0.1 the holder null");
    }

    @Test
    void anEndlessAnswerComesAsItIsGivenAndEndsWithItsReader() throws Exception {
        var lines = http.send(request("/v1/channels/lobby/events").build(), BodyHandlers.ofInputStream());
        byte[] first = lines.body().readNBytes("data: one\n\n".length());
        assertThat(first).asString().isEqualTo("data: one\n\n");
        lines.body().close();
        assertThat(cancelled.get(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void aCommandGetsThroughHoweverManyRequestsArePassedOn() throws Exception {
        var lines = http.send(request("/v1/channels/lobby/events").build(), BodyHandlers.ofInputStream());
        assertThat(lines.body().readNBytes(6)).asString().isEqualTo("data: ");
        HttpResponse<String> second =
                http.send(request("/v1/channels/lobby/events").build(), BodyHandlers.ofString());
        assertThat(second.statusCode()).as("no more are passed on").isEqualTo(503);
        var command = client.post(
                node(owner.port()),
                "/v1/channels/lobby/utterances",
                new RemoteCommands.Sender(null, null, null),
                "{}".getBytes(StandardCharsets.UTF_8));
        assertThat(command.map(PeerClient.Answer::status).block(Duration.ofSeconds(20)))
                .isEqualTo(201);
        lines.body().close();
    }

    @Test
    void whereNobodyAnswersTheRequestIsRefusedForNow() throws Exception {
        int unused;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            unused = free.getLocalPort();
        }
        owner.disposeNow();
        HttpResponse<String> answer =
                http.send(request("/v1/channels/lobby/events").build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).isEqualTo(503);
        Mono<PeerClient.Answer> command = client.post(
                node(unused), "/v1/channels/lobby/clear", new RemoteCommands.Sender(null, null, null), new byte[0]);
        assertThat(command.map(_ -> 0)
                        .onErrorResume(
                                ProblemException.class,
                                away -> Mono.just(away.problem().status()))
                        .block(Duration.ofSeconds(20)))
                .isEqualTo(503);
        assertThat(Objects.requireNonNull(PeerClient.away().retryAfter())).isPositive();
    }
}
