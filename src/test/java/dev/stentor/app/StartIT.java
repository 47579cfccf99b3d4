package dev.stentor.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.testing.ScriptedServer;
import dev.stentor.testing.Signals;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.web.server.WebFilter;

/** Tests of the whole application context, as a user starts it, with a scripted cloud service. */
class StartIT {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final byte[] SOUND = Signals.selfIndexing(480);

    private final ScriptedServer cloud = ScriptedServer.answering(CloudAnswer.of(SOUND));

    /** Names of the threads on which requests arrived. */
    private final Queue<String> threads = new ConcurrentLinkedQueue<>();

    @TempDir
    private Path folder;

    private ConfigurableApplicationContext gateway;

    @BeforeEach
    void start() {
        WebFilter witness = (exchange, chain) -> {
            threads.add(Thread.currentThread().getName());
            return chain.filter(exchange);
        };
        var application = new SpringApplication(GatewayApplication.class);
        application.addInitializers(context ->
                ((GenericApplicationContext) context).registerBean("witness", WebFilter.class, () -> witness));
        gateway = application.run(
                "--server.port=0",
                "--gateway.overload.lateness=0",
                "--gateway.engine=dashscope",
                "--gateway.dashscope.base-url=" + cloud.baseUrl(),
                "--gateway.dashscope.api-key=sk-start",
                "--gateway.archive.directory=" + folder,
                "--gateway.connections.header=300ms");
    }

    @AfterEach
    void end() throws Exception {
        gateway.close();
        cloud.close();
    }

    @Test
    void theGatewayStartsAndIsReady() throws Exception {
        var answer = send(HttpRequest.newBuilder(at("/readyz")));
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void connectionsAreCarriedByTheLoopsThatTheStartSpeaksOf() throws Exception {
        var _ = send(HttpRequest.newBuilder(at("/readyz")));
        assertThat(threads).isNotEmpty().allMatch(name -> name.startsWith("stentor-loop-"));
    }

    @Test
    void equalTextsOverTheOpenAiApiAreSpokenOnce() throws Exception {
        for (int i = 0; i < 2; i++) {
            var answer = send(HttpRequest.newBuilder(at("/v1/audio/speech"))
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(
                            "{\"input\":\"The same again.\",\"response_format\":\"pcm\"}")));
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(SOUND);
        }
        assertThat(cloud.requests()).hasSize(1);
    }

    @Test
    void theAddressOfTheOpenAiApiIsNoRecording() throws Exception {
        var answer = send(HttpRequest.newBuilder(at("/v1/audio/speech")));
        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(new String(answer.body(), UTF_8)).contains("method_not_allowed");
    }

    @Test
    void aForeignPageCannotSilenceAChannelOfALocalGateway() throws Exception {
        var answer = send(HttpRequest.newBuilder(at("/v1/channels/lobby/clear"))
                .header("Origin", "https://evil.example")
                .POST(HttpRequest.BodyPublishers.noBody()));
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(new String(answer.body(), UTF_8)).contains("OriginNotAllowed");
    }

    @Test
    void aClientThatSendsHalfARequestIsNotWaitedForForEver() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), at("/").getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: loc".getBytes(UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 408 ");
        }
    }

    @Test
    void anImpossibleHostIsTheClientsFault() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), at("/").getPort())) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write("GET /v1/channels HTTP/1.1\r\nHost: localhost:99999\r\nConnection: close\r\n\r\n"
                            .getBytes(UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 400 ");
        }
    }

    /** Sends messages before the answer to the handshake: Reactor Netty would drop their bytes without releasing them. */
    @Test
    void aClientThatDoesNotWaitForTheHandshakeIsCutAndLeaksNothing() throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), at("/").getPort())) {
            socket.setSoTimeout(5_000);
            String handshake = """
                    GET /v1/channels/lobby/listen HTTP/1.1\r
                    Host: localhost\r
                    Upgrade: websocket\r
                    Connection: Upgrade\r
                    Sec-WebSocket-Version: 13\r
                    Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r
                    \r
                    """;
            socket.getOutputStream().write((handshake + "\u0009\0".repeat(500)).getBytes(UTF_8));
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 101 ");
        }
    }

    private URI at(String path) {
        return URI.create(
                "http://127.0.0.1:" + gateway.getEnvironment().getRequiredProperty("local.server.port") + path);
    }

    private static HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
