package dev.stentor.web.openai;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/** A client that reads only as much as a test asks for, and may disconnect at any time. Confined to one thread. */
final class Caller implements AutoCloseable {

    private final Socket socket = new Socket();

    /** Sends a valid request and reads nothing yet. */
    Caller(int port, String version, String body) throws IOException {
        socket.setReceiveBufferSize(4_096);
        socket.setSoTimeout(30_000);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        byte[] bytes = body.getBytes(UTF_8);
        String head = "POST " + OpenAiApi.PATH + " " + version + "\r\nHost: localhost\r\n"
                + "Content-Type: application/json\r\nContent-Length: " + bytes.length + "\r\n\r\n";
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

    /** Reads to the end of the connection, which must be closed without a reset. */
    String readToEnd() throws IOException {
        return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
