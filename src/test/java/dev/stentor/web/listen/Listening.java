package dev.stentor.web.listen;

import dev.stentor.testing.ScriptedEngine;
import dev.stentor.testing.Signals;
import dev.stentor.web.TestGateway;
import dev.stentor.web.TestListener;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;

/** A gateway whose engine speaks half a second, and ways to reach it. */
abstract class Listening {

    static final byte[] SOUND = Signals.selfIndexing(12_000);

    TestGateway gateway = new TestGateway(ScriptedEngine.speaking(SOUND, 4_800));

    @AfterEach
    void end() {
        gateway.close();
    }

    void awaitListeners(String channel, int count) throws Exception {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> get("/v1/channels/" + channel).body().contains("\"listeners\":" + count));
    }

    URI listen(String channel) {
        return gateway.webSocket("/v1/channels/" + channel + "/listen");
    }

    HttpResponse<String> speak(String channel, String body) throws Exception {
        return TestListener.HTTP.send(
                HttpRequest.newBuilder(gateway.http("/v1/channels/" + channel + "/utterances"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    HttpResponse<String> get(String path) throws Exception {
        return TestListener.HTTP.send(
                HttpRequest.newBuilder(gateway.http(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Returns the HTTP status of a handshake written by hand. */
    int handshake(String path, String subprotocol, String moreHeaders) throws Exception {
        return handshakeWith(
                path,
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                        + (subprotocol.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + subprotocol + "\r\n")
                        + moreHeaders);
    }

    /** Returns the HTTP status of a request with these headers besides its host. */
    int handshakeWith(String path, String headers) throws Exception {
        URI address = gateway.http("/");
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
            String request =
                    "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + address.getPort() + "\r\n" + headers + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            byte[] start = socket.getInputStream().readNBytes(12);
            return Integer.parseInt(new String(start, 9, 3, StandardCharsets.US_ASCII));
        }
    }

    /** The answer to a handshake that was upgraded and closed at once. */
    record Refused(String head, int code, String reason) {}

    /** Sends a handshake by hand, reads to the end, and returns the close; the client itself answers nothing. */
    Refused refused(String path, String subprotocol, String moreHeaders) throws Exception {
        URI address = gateway.http("/");
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort())) {
            socket.setSoTimeout(60_000);
            String request = "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + address.getPort()
                    + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                    + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
                    + (subprotocol.isEmpty() ? "" : "Sec-WebSocket-Protocol: " + subprotocol + "\r\n")
                    + moreHeaders + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            byte[] all = socket.getInputStream().readAllBytes();
            String text = new String(all, StandardCharsets.ISO_8859_1);
            int end = text.indexOf("\r\n\r\n") + 4;
            if (end < 4 || all.length < end + 4) {
                return new Refused(text, -1, "");
            }
            int code = ((all[end + 2] & 0xFF) << 8) + (all[end + 3] & 0xFF);
            return new Refused(text.substring(0, end), code, text.substring(end + 4));
        }
    }
}
