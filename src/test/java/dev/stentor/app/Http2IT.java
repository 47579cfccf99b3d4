package dev.stentor.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stentor.testing.Http2Connection;
import dev.stentor.testing.Http2Peer;
import dev.stentor.testing.SecureLoopback;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.handler.codec.http2.Http2Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** The whole gateway with TLS: HTTP/2 for whoever can speak it, and its limits, by clients that keep no rules. */
@ExtendWith(OutputCaptureExtension.class)
class Http2IT {

    private static final String SPEECH = "{\"input\":\"Hello there.\",\"response_format\":\"wav\"}";

    /** Bytes of a feed that a client takes, which is hardly more than the head of a WAV. */
    private static final int SMALL_WINDOW = 100;

    @TempDir
    static Path folder;

    private static SecureLoopback secure;
    private static ConfigurableApplicationContext gateway;
    private static int port;
    private static HttpClient client;

    @BeforeAll
    static void start() throws Exception {
        Path keys = folder.resolve("keys.p12");
        secure = SecureLoopback.create(keys);
        gateway = WholeGateway.start(
                folder,
                "--gateway.engine=local",
                "--server.ssl.bundle=test",
                "--spring.ssl.bundle.jks.test.keystore.location=file:" + keys,
                "--spring.ssl.bundle.jks.test.keystore.password=" + SecureLoopback.PASSWORD,
                "--gateway.connections.header=500ms",
                "--gateway.connections.body=500ms",
                "--gateway.connections.max-streams=10");
        port = WholeGateway.port(gateway);
        client = HttpClient.newBuilder().sslContext(secure.client()).build();
    }

    @AfterAll
    static void stop() {
        client.close();
        gateway.close();
    }

    @Test
    void aClientThatCanSpeakItGetsEveryAnswerOverHttp2() throws Exception {
        HttpResponse<String> voices = client.send(get("/v1/voices"), BodyHandlers.ofString());
        assertThat(voices.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(voices.statusCode()).isEqualTo(200);
        HttpResponse<byte[]> speech = client.send(
                request("/v1/audio/speech")
                        .POST(HttpRequest.BodyPublishers.ofString(SPEECH))
                        .header("content-type", "application/json")
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(speech.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(speech.body()).startsWith("RIFF".getBytes(UTF_8)).hasSizeGreaterThan(20_000);
    }

    @Test
    void anOlderClientGetsTheSameOverHttp11() throws Exception {
        HttpResponse<String> voices = client.send(
                request("/v1/voices").version(HttpClient.Version.HTTP_1_1).build(), BodyHandlers.ofString());
        assertThat(voices.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
        assertThat(voices.statusCode()).isEqualTo(200);
    }

    @Test
    void aListenerHearsAChannelOverHttp2WhileItsTextIsSentLineByLine() throws Exception {
        HttpResponse<InputStream> feed = client.send(get("/v1/channels/lines/audio.wav"), BodyHandlers.ofInputStream());
        assertThat(feed.version()).isEqualTo(HttpClient.Version.HTTP_2);
        HttpResponse<String> said = client.send(
                request("/v1/channels/lines/utterances")
                        .POST(HttpRequest.BodyPublishers.ofString(
                                "{\"text\":\"One line. \"}\n{\"text\":\"And one more.\"}\n"))
                        .header("content-type", "application/x-ndjson")
                        .build(),
                BodyHandlers.ofString());
        assertThat(said.statusCode()).as(said.body()).isLessThan(300);
        try (InputStream sound = feed.body()) {
            assertThat(sound.readNBytes(48_000)).hasSize(48_000);
        }
    }

    @Test
    void aWebSocketBesideItIsOpenedOverHttp11() throws Exception {
        var opened = new CompletableFuture<String>();
        WebSocket socket = client.newWebSocketBuilder()
                .subprotocols("stentor.v1")
                .buildAsync(
                        URI.create("wss://localhost:" + port + "/v1/channels/lobby/listen"), new WebSocket.Listener() {
                            @Override
                            public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
                                opened.complete(data.toString());
                                return new CompletableFuture<>();
                            }
                        })
                .get(20, TimeUnit.SECONDS);
        socket.sendText("{\"t\":\"hello\",\"v\":1}", true).get(20, TimeUnit.SECONDS);
        assertThat(opened.get(20, TimeUnit.SECONDS)).contains("\"welcome\"");
        socket.abort();
    }

    @Test
    void halfAHeadCostsTheConnection() throws Exception {
        try (var peer = Http2Connection.open(secure, port)) {
            byte[] head = peer.frames().head(1, true, "GET", "/v1/voices");
            peer.send(peer.frames().preface(), Arrays.copyOf(head, 12));
            assertThat(peer.isClosed()).isTrue();
        }
    }

    @Test
    void halfABodyIsAnswered408AndTheNextRequestOfTheConnectionIsServed() throws Exception {
        try (var peer = Http2Connection.open(secure, port)) {
            peer.send(
                    peer.frames().preface(),
                    peer.frames().head(1, false, "POST", "/v1/audio/speech", "content-type", "application/json"),
                    peer.frames().body(1, false, "{\"input\":"));
            peer.readUntil("RST_STREAM 1 0"::equals);
            assertThat(peer.frames().seen()).startsWith("HEADERS 1 :status=408 end");
            peer.send(peer.frames().head(3, true, "GET", "/v1/models"));
            peer.readUntil("HEADERS 3 :status=200"::equals);
        }
    }

    @Test
    void aRequestOfAWrongFormIsAnsweredInTheShapeOfItsApi() throws Exception {
        try (var peer = Http2Connection.open(secure, port)) {
            peer.send(peer.frames().preface(), peer.frames().head(1, true, "GET", "/v1/channels/%zz"));
            peer.readUntil(line -> line.startsWith("DATA 1") && line.endsWith("end"));
            assertThat(peer.frames().seen()).startsWith("HEADERS 1 :status=400");
            assertThat(peer.frames().bodies()).contains("InvalidAddress");
        }
    }

    @Test
    void streamsBeyondTheLimitAreRefusedAndTheOthersGoOn() throws Exception {
        try (var peer = Http2Connection.open(secure, port)) {
            peer.send(peer.frames().preface());
            for (int stream = 1; stream <= 21; stream += 2) {
                peer.send(peer.frames().head(stream, true, "GET", "/v1/channels/many/audio.wav"));
            }
            peer.readUntil("RST_STREAM 21 7"::equals); // REFUSED_STREAM
            assertThat(peer.frames().seen())
                    .contains("HEADERS 1 :status=200")
                    .noneMatch(line -> line.startsWith("GOAWAY"));
        }
    }

    @Test
    void aFloodOfResetsEndsTheConnectionAndIsNoErrorOfOurs(CapturedOutput log) throws Exception {
        try (var peer = Http2Connection.open(secure, port)) {
            peer.send(peer.frames().preface());
            var flood = new ByteArrayOutputStream();
            for (int stream = 1; stream < 2_000; stream += 2) {
                flood.writeBytes(peer.frames().head(stream, true, "GET", "/v1/voices"));
                flood.writeBytes(peer.frames().reset(stream));
            }
            peer.sendUnlessClosed(flood.toByteArray());
            assertThat(peer.isClosed()).isTrue();
        }
        assertThat(log.getAll()).doesNotContain(" ERROR ").doesNotContain(" WARN ");
        assertThat(client.send(get("/v1/models"), BodyHandlers.ofString()).statusCode())
                .isEqualTo(200);
    }

    @Test
    void whoTakesNothingOfAFeedHoldsNoMoreThanABound() throws Exception {
        try (var peer = Http2Connection.open(secure, port)) {
            peer.send(
                    peer.frames().preface(new Http2Settings().initialWindowSize(SMALL_WINDOW)),
                    peer.frames().head(1, true, "GET", "/v1/channels/shut/audio.wav"));
            peer.readUntil("HEADERS 1 :status=200"::equals);
            MeterRegistry meters = gateway.getBean(MeterRegistry.class);
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> lostMillis(meters) > 0);
            assertThat(peer.frames().bodies()).hasSizeLessThanOrEqualTo(SMALL_WINDOW);
        }
    }

    @Test
    void noTlsAtAllIsNoWarningAndHasNoTrace(CapturedOutput log) throws Exception {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));
            assertThat(socket.getInputStream().readAllBytes()).hasSizeLessThan(100);
        }
        assertThat(log.getAll()).doesNotContain(" WARN ").doesNotContain("Exception");
    }

    @Test
    void withoutTlsThereIsNoHttp2() throws Exception {
        try (ConfigurableApplicationContext plain =
                        WholeGateway.start(folder.resolve("plain"), "--gateway.engine=local");
                var peer = new Http2Peer();
                var socket = new Socket(InetAddress.getLoopbackAddress(), WholeGateway.port(plain))) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write(peer.preface());
            assertThat(new String(socket.getInputStream().readAllBytes(), UTF_8))
                    .startsWith("HTTP/1.1 505 ");
        }
    }

    @Test
    void theManagementPortSpeaksHttp11Only() {
        assertThatThrownBy(() -> {
                    int management =
                            gateway.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
                    Http2Connection.open(secure, management).close();
                })
                .isInstanceOf(IOException.class);
    }

    private static double lostMillis(MeterRegistry meters) {
        return meters.find("stentor.listeners.skipped").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private static HttpRequest get(String path) {
        return request(path).build();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("https://localhost:" + port + path))
                .timeout(Duration.ofSeconds(60));
    }
}
