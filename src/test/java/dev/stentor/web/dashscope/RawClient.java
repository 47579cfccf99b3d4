package dev.stentor.web.dashscope;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A client that reads only as much as a test asks for, and may disconnect at any time. Confined to one thread. */
final class RawClient implements AutoCloseable {

    private final Socket socket = new Socket();

    /** Sends a valid request for a stream and reads nothing yet. */
    RawClient(int port, String body) throws IOException {
        this(port, body, "X-DashScope-SSE: enable\r\n");
    }

    /** Sends a valid request for a whole answer and reads nothing yet. */
    static RawClient forTheWhole(int port, String body) throws IOException {
        return new RawClient(port, body, "");
    }

    private RawClient(int port, String body, String header) throws IOException {
        socket.setReceiveBufferSize(4_096);
        socket.setSoTimeout(30_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        byte[] bytes = body.getBytes(UTF_8);
        String head = "POST " + DashScopeApi.PATH + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer sk-any\r\n"
                + header + "Content-Type: application/json\r\nContent-Length: " + bytes.length
                + "\r\n\r\n";
        socket.getOutputStream().write(head.getBytes(ISO_8859_1));
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** Reads up to and including the words; returns the bytes as they came, chunk sizes included. */
    String readUntil(String words) throws IOException {
        var read = new StringBuilder();
        while (read.indexOf(words, Math.max(0, read.length() - words.length())) < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new AssertionError("The server hung up after: " + read);
            }
            read.append((char) next);
        }
        return read.toString();
    }

    /** Reads until the server closes the connection in any way; returns the number of bytes. */
    long readToEnd() {
        try {
            return socket.getInputStream().readAllBytes().length;
        } catch (IOException _) {
            return 0;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
