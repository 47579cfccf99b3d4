package dev.stentor.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.function.Predicate;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A connection to a server of HTTP/2 over TLS, on the loopback, by a client that keeps no rules. Confined to a thread. */
public final class Http2Connection implements AutoCloseable {

    private static final String HTTP2 = "h2";
    private static final int READ_BYTES = 8_192;
    private static final int TIMEOUT_MILLIS = 30_000;

    private final Http2Peer frames = new Http2Peer();
    private final SSLSocket socket;

    private Http2Connection(SSLSocket socket) {
        this.socket = socket;
    }

    /** Connects. Throws {@link IOException} if the server does not choose HTTP/2. */
    public static Http2Connection open(SecureLoopback secure, int port) throws IOException {
        var socket =
                (SSLSocket) secure.client().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {HTTP2});
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(TIMEOUT_MILLIS);
        socket.startHandshake();
        if (!socket.getApplicationProtocol().equals(HTTP2)) {
            socket.close();
            throw new IOException("The server chose another protocol");
        }
        return new Http2Connection(socket);
    }

    /** Returns the frames: to be sent, and those that came. */
    public Http2Peer frames() {
        return frames;
    }

    /** Sends frames, or parts of them. */
    public void send(byte[]... parts) throws IOException {
        for (byte[] part : parts) {
            socket.getOutputStream().write(part);
        }
    }

    /** Sends frames, which the server may answer by closing the connection. */
    public void sendUnlessClosed(byte[] bytes) {
        try {
            send(bytes);
        } catch (IOException e) {
            assertThat(e).hasMessageMatching("(?i).*(reset|closed|broken pipe|abort).*");
        }
    }

    /** Reads until a frame has come, and fails if the connection ends before. */
    public void readUntil(Predicate<String> found) throws IOException {
        while (frames.seen().stream().noneMatch(found)) {
            assertThat(read()).as("not seen before the end: %s", frames.seen()).isTrue();
        }
    }

    /** Reads until the server closes the connection; false if it does not. */
    public boolean isClosed() {
        try {
            while (read()) {
                // whatever it says
            }
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        frames.close();
        socket.close();
    }

    private boolean read() throws IOException {
        byte[] buffer = new byte[READ_BYTES];
        int count = socket.getInputStream().read(buffer);
        if (count > 0) {
            frames.read(Arrays.copyOf(buffer, count));
        }
        return count > 0;
    }
}
