package dev.stentor.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stentor.testing.ChildJvm;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A real SIGTERM to a gateway with the embedded voice: answers that have begun are given to their end, listeners are told. */
class ShutdownIT {

    /** Some twenty seconds of speech: more than is made or sent ahead. */
    private static final String TEXT = "This sentence is one of many, and each of them is heard. ".repeat(6);

    private static final int BEGINNING = 50_000;
    private static final int SIGTERM_EXIT = 143;

    @Test
    void answersThatHaveBegunAreGivenToTheirEndAndListenersAreTold() throws Exception {
        try (var gateway = new ChildJvm(
                List.of("-Dgateway.warm-up=false"),
                ChildGateway.class,
                "--server.port=0",
                "--management.server.port=0",
                "--gateway.engine=local",
                "--gateway.archive.max-size=0",
                "--gateway.overload.lateness=0s", // a busy machine refuses no work
                "--spring.lifecycle.timeout-per-shutdown-phase=60s")) {
            String ready = gateway.await(line -> line.startsWith("ready on"));
            int port = Integer.parseInt(ready.substring("ready on ".length()));
            try (var client = HttpClient.newHttpClient();
                    var socket = new Socket()) {
                CompletableFuture<Integer> closed = bareListener(client, port);
                socket.setReceiveBufferSize(16_384);
                socket.setSoTimeout(60_000);
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                socket.getOutputStream().write(request().getBytes(ISO_8859_1));
                InputStream answer = socket.getInputStream();
                var all = new ByteArrayOutputStream();
                all.writeBytes(answer.readNBytes(BEGINNING));
                gateway.terminate();
                assertThat(closed.get(60, TimeUnit.SECONDS))
                        .as("close code of the bare listener")
                        .isEqualTo(4000);
                all.writeBytes(answer.readAllBytes());
                String text = all.toString(ISO_8859_1);
                assertThat(text).startsWith("HTTP/1.1 200 OK");
                assertThat(text.endsWith("\r\n0\r\n\r\n"))
                        .as("the last chunk came, after %s bytes; log:%n%s", all.size(), gateway.log())
                        .isTrue();
            }
            assertThat(gateway.exitCode()).isEqualTo(SIGTERM_EXIT);
            assertThat(gateway.log()).noneMatch(line -> line.contains("ERROR"));
        }
    }

    private static String request() {
        String body = "{\"input\":\"" + TEXT + "\",\"response_format\":\"pcm\"}";
        return "POST /v1/audio/speech HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length() + "\r\nConnection: close\r\n\r\n" + body;
    }

    /** Listens without the protocol; returns the code of its end. */
    private static CompletableFuture<Integer> bareListener(HttpClient client, int port) {
        var closed = new CompletableFuture<Integer>();
        var _ = client.newWebSocketBuilder()
                .buildAsync(
                        URI.create("ws://127.0.0.1:" + port + "/v1/channels/lobby/listen"), new WebSocket.Listener() {
                            @Override
                            public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                                closed.complete(code);
                                return CompletableFuture.completedFuture(null);
                            }

                            @Override
                            public void onError(WebSocket socket, Throwable error) {
                                closed.completeExceptionally(error);
                            }
                        })
                .join();
        return closed;
    }
}
