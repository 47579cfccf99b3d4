package dev.stentor.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** An upload that has begun, whose body never comes. It holds its place until it is closed. */
record HeldUpload(Socket connection) implements AutoCloseable {

    private static final String ASKED_FOR = "HTTP/1.1 100";

    /** Begins an upload as soon as an earlier one has given its place back. */
    static HeldUpload begin(int port, String key) {
        return Awaitility.await()
                .atMost(60, TimeUnit.SECONDS)
                .until(() -> tryTo(port, key), Optional::isPresent)
                .orElseThrow();
    }

    /** Sends the head, and keeps the connection if the server asks for the body. */
    private static Optional<HeldUpload> tryTo(int port, String key) throws IOException {
        var connection = new Socket(InetAddress.getLoopbackAddress(), port);
        String head = "PUT /v1/sounds/horn HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + key
                + "\r\nContent-Type: audio/wav\r\nExpect: 100-continue\r\nContent-Length: 1000\r\n\r\n";
        connection.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        byte[] answer = connection.getInputStream().readNBytes(ASKED_FOR.length());
        if (new String(answer, StandardCharsets.US_ASCII).equals(ASKED_FOR)) {
            return Optional.of(new HeldUpload(connection));
        }
        connection.close();
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
