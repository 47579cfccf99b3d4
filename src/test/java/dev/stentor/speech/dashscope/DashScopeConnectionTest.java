package dev.stentor.speech.dashscope;

import static dev.stentor.speech.SpeechEngineContract.all;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.speech.SpeechException;
import dev.stentor.speech.SpeechFailure;
import dev.stentor.speech.SpeechRequest;
import dev.stentor.testing.Heard;
import dev.stentor.testing.ScriptedServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class DashScopeConnectionTest {

    private static final SpeechRequest REQUEST = SpeechRequest.of("Five buffers of a twentieth of a second.");

    @Test
    void oneConnectionServesManyRequests() throws IOException {
        String answer = Wire.fiveBuffers();
        try (var server = ScriptedServer.playing(connection -> {
            while (true) {
                connection.readRequest();
                connection.write(answer);
            }
        })) {
            try (var narrow = Stage.engineWithOneConnection(server.baseUrl(), Duration.ofSeconds(5))) {
                for (int i = 0; i < 5; i++) {
                    var _ = all(narrow.speak(REQUEST));
                }
            }
            assertThat(server.requests()).hasSize(5);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void nobodyAtTheAddress() throws IOException {
        int port;
        try (var closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        unreachable("http://127.0.0.1:" + port + "/api/v1", "No connection to the speech service.");
    }

    @Test
    void noTlsAtTheAddress() throws IOException {
        try (var plain = ScriptedServer.playing(connection -> connection.write("HTTP/1.1 400 Bad Request\r\n\r\n"))) {
            unreachable(
                    "https://127.0.0.1:" + plain.baseUrl().getPort(), "No trusted connection to the speech service.");
        }
    }

    @Test
    void moreRequestsThanConnectionsAndPlacesToWait() throws IOException, InterruptedException {
        try (var slow = ScriptedServer.playing(connection -> {
                    connection.readRequest();
                    connection.awaitClosed();
                });
                var other = Stage.engineWithOneConnection(slow.baseUrl(), Duration.ofMillis(100))) {
            Disposable first = other.speak(REQUEST).audio().subscribe();
            StepVerifier.create(other.speak(REQUEST).audio())
                    .expectErrorSatisfies(error -> assertThat(error)
                            .isInstanceOfSatisfying(
                                    SpeechException.class,
                                    failed -> assertThat(failed.failure()).isInstanceOf(SpeechFailure.Throttled.class)))
                    .verify(Duration.ofSeconds(10));
            first.dispose();
            assertThat(slow.clientLeft()).isTrue();
        }
    }

    @Test
    void cancellingClosesTheConnectionBeforeAndAfterTheAnswerBegan() throws IOException, InterruptedException {
        String begun = Wire.chunked() + Wire.chunk(Wire.result(Wire.sound(Wire.SOUND)));
        for (String answer : List.of("", begun)) {
            var asked = new CompletableFuture<Boolean>();
            try (var endless = ScriptedServer.playing(connection -> {
                        connection.readRequest();
                        connection.write(answer);
                        asked.complete(true);
                        connection.awaitClosed();
                    });
                    var other = Stage.engine(endless.baseUrl(), Schedulers.parallel())) {
                var heard = new CompletableFuture<ByteBuffer>();
                Disposable listening = other.speak(REQUEST).audio().subscribe(heard::complete);
                assertThat(asked.orTimeout(10, TimeUnit.SECONDS).join()).isTrue();
                if (!answer.isEmpty()) {
                    assertThat(heard.orTimeout(10, TimeUnit.SECONDS).join().remaining())
                            .isEqualTo(960);
                }
                listening.dispose();
                assertThat(endless.clientLeft()).isTrue();
            }
        }
    }

    private static void unreachable(String baseUrl, String message) {
        try (var engine = Stage.engine(URI.create(baseUrl), Schedulers.parallel())) {
            assertThat(Heard.of(engine.speak(SpeechRequest.of("Speak up.")), () -> {})
                            .failure())
                    .isEqualTo(new SpeechFailure.Unreachable(message));
        }
    }
}
